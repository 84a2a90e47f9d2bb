"""Somebody who has all published tables, and tries to work out what was hidden.

It knows nothing of how cells were chosen: only the published numbers, that rows, columns, subtotals
and tables add up, that every table counts the same duties, and that no count falls under nought (or
under one, where a nought would have been shown). `second_value` finds another county in which every
published number is the same and a hidden one is not; `forced` narrows each hidden number between
what the sums leave, as far as that goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from beacon.reports.rules import Publication, Table, Tally
from beacon.reports.rules.figures import Group
from beacon.reports.rules.hiding import Line
from beacon.reports.terms import Cut, Outcome

DUE = "due"
Cuts = Mapping[Cut, Mapping[Group, Tally]]
Var = tuple[str, str, str, str]  # table, group, row, column; the total row is of table ""
MANY = 10**9
TRIES, BEGINNINGS = 150, 60  # a search that goes astray is begun anew, in another order


@dataclass
class System:
    """The hidden numbers, what is known of them, and the true ones to begin from."""

    true: dict[Var, int] = field(default_factory=dict)
    known: set[Var] = field(default_factory=set)
    least: dict[Var, int] = field(default_factory=dict)
    sums: list[dict[Var, int]] = field(default_factory=list)
    lots: Random | None = None
    of: dict[Var, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def hidden(self) -> list[Var]:
        return sorted(set(self.true) - self.known)

    def put(self, var: Var, number: int, shown: int | None, least: int) -> None:
        self.true[var] = number
        if shown is not None:
            assert shown == number
            self.known.add(var)
        self.least[var] = least

    def add(self, terms: dict[Var, int]) -> None:
        assert sum(sign * self.true[var] for var, sign in terms.items()) == 0
        for var in terms:
            self.of[var].append(len(self.sums))
        self.sums.append(terms)

    def forced(self) -> dict[Var, int]:
        """The hidden numbers that the sums leave one value, by narrowing bounds to the end."""
        low = {v: self.true[v] if v in self.known else self.least[v] for v in self.true}
        high = {v: self.true[v] if v in self.known else MANY for v in self.true}
        waiting = set(range(len(self.sums)))
        while waiting:
            number = waiting.pop()
            for var in self._narrow(self.sums[number], low, high):
                waiting.update(self.of[var])
        return {var: low[var] for var in self.hidden if low[var] == high[var]}

    def _narrow(self, terms: dict[Var, int], low: dict[Var, int], high: dict[Var, int]) -> set[Var]:
        ends = {
            var: (sign * low[var], sign * high[var]) if sign > 0 else (-high[var], -low[var])
            for var, sign in terms.items()
        }
        least, most = (sum(end[i] for end in ends.values()) for i in (0, 1))
        changed = set()
        for var, sign in terms.items():
            if var in self.known:
                continue
            a, b = -(most - ends[var][1]), -(least - ends[var][0])
            new_low, new_high = (a, b) if sign > 0 else (-b, -a)
            if new_low > low[var] or new_high < high[var]:
                low[var], high[var] = max(low[var], new_low), min(high[var], new_high)
                assert low[var] <= self.true[var] <= high[var]
                changed.add(var)
        return changed

    def second_value(self, var: Var) -> dict[Var, int] | None:
        """Another assignment that keeps every sum and every published number, unlike in `var`."""
        for beginning in range(BEGINNINGS):
            self.lots = Random(beginning) if beginning else None
            for step in (1, -1):
                if self.true[var] + step < self.least[var]:
                    continue
                found = self._mend({var: step}, [TRIES])
                if found is not None:
                    return {one: self.true[one] + found.get(one, 0) for one in self.true}
        return None

    def _mend(self, moved: dict[Var, int], tries: list[int]) -> dict[Var, int] | None:
        """Mend one broken sum after another by hidden numbers not moved yet, and go back."""
        tries[0] -= 1
        off = self._broken(moved)
        if not off or tries[0] < 0:
            return moved if not off else None
        ways = min((self._ways(number, off, moved) for number in off), key=len)
        for one, step in ways:
            found = self._mend(moved | {one: step}, tries)
            if found is not None:
                return found
        return None

    def _ways(
        self, number: int, off: Mapping[int, int], moved: Mapping[Var, int]
    ) -> list[tuple[Var, int]]:
        """By which moves one broken sum is mended, those first that break the least beside it."""
        found = []
        for one, sign in self.sums[number].items():
            step = -off[number] * sign
            if one in self.known or one in moved or self.true[one] + step < self.least[one]:
                continue
            harm = sum(
                abs(off.get(n, 0) + self.sums[n][one] * step) - abs(off.get(n, 0))
                for n in self.of[one]
            )
            next_ = self.lots.random() if self.lots else -self.true[one]
            found.append((harm, next_, one, step))
        return [(one, step) for _, _, one, step in sorted(found)]

    def _broken(self, moved: Mapping[Var, int]) -> dict[int, int]:
        """The sums that no longer hold, and by how much."""
        off: dict[int, int] = defaultdict(int)
        for var, step in moved.items():
            for number in self.of[var]:
                off[number] += self.sums[number][var] * step
        return {number: by for number, by in off.items() if by}

    def holds(self, values: Mapping[Var, int]) -> bool:
        """Whether these numbers could be the true ones, for all that is published."""
        return all(
            sum(sign * values[var] for var, sign in terms.items()) == 0 for terms in self.sums
        ) and all(
            values[var] == self.true[var] if var in self.known else values[var] >= self.least[var]
            for var in self.true
        )


def system_of(total: Tally, cuts: Cuts, out: Publication) -> System:
    """All that is published, as sums, with the true numbers behind it."""
    system = System()
    assert out.total is not None
    _row(system, "", out.total, total, out.together)
    for cut, table in out.tables.items():
        for line in table.lines:
            _row(system, cut.value, line, _true(cuts[cut], line), out.together)
        for terms in _sums(cut, table):
            system.add(terms)
    return system


def _true(rows: Mapping[Group, Tally], line: Line) -> Tally:
    """What stands behind a row or a subtotal."""
    tally = Tally()
    for (group, name), one in rows.items():
        if group == line.group and (line.is_subtotal or name == line.name):
            tally.counts.update(one.counts)
    return tally


def _sums(cut: Cut, table: Table) -> Iterator[dict[Var, int]]:
    """The columns of a table: rows add up to their subtotal, and all to the total row."""
    inner: dict[tuple[str, str], dict[Var, int]] = defaultdict(dict)
    outer: dict[str, dict[Var, int]] = defaultdict(dict)
    for line in table.lines:
        for column in (DUE, *map(str, Outcome)):
            var = (cut.value, line.group, line.name, column)
            if line.group:
                inner[line.group, column][var] = -1 if line.is_subtotal else 1
            if line.is_subtotal or not line.group:
                outer[column][var] = 1
    yield from inner.values()
    for column, terms in outer.items():
        yield terms | {("", "", "", column): -1}


def _row(
    system: System, table: str, line: Line, tally: Tally, together: frozenset[Outcome]
) -> None:
    where = (table, line.group, line.name)
    system.put((*where, DUE), tally.due, line.due, 1)
    for one in Outcome:
        # A nought is shown, but for the columns that are hidden together.
        least = 0 if one in together else 1
        system.put((*where, one.value), tally[one], line.counts[one], least)
    system.add({(*where, one.value): 1 for one in Outcome} | {(*where, DUE): -1})
