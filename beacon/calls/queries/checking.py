"""Whether a victim has a pass-phrase, what else a caller may be asked, and how checks went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from beacon.calls import rules
from beacon.calls.models import CallerCheck, PassPhrase
from beacon.calls.terms import CheckWay, Fact, Proof
from beacon.cases.models import CaseFile
from beacon.core import clock, scope, together
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking

SHOWN_AT_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Checking:
    """Where the check of a caller for one case stands, as the worker on the line sees it."""

    has_phrase: bool
    hint: str
    set_at: datetime | None
    version: int
    facts: tuple[Fact, ...]  # asked where there is no pass-phrase
    wrong_today: int
    stands: CheckWay | None  # this worker's own check of this call
    latest: tuple[CallerCheck, ...]

    @property
    def is_locked(self) -> bool:
        """Whether nobody is checked for this victim until tomorrow."""
        return self.wrong_today >= rules.WRONG_A_DAY

    @property
    def left(self) -> int:
        """How many answers may still be wrong today."""
        return max(0, rules.WRONG_A_DAY - self.wrong_today)

    @property
    def proof(self) -> Proof:
        """How far the caller of this call has shown who they are."""
        return Proof(self.stands.value) if self.stands else Proof.NONE


@asking
def checking(viewer: Viewer, case: CaseFile) -> Asking[Checking]:
    """The check of a caller for one case that this person may open."""
    checks = (
        scope.visible(viewer, CallerCheck)
        .where(CallerCheck.case_id == case.id)
        .order_by(CallerCheck.id.desc())
    )
    phrase, latest, wrong_today, stands = yield from together.at_once(
        phrase_of.ask(viewer, case),
        together.scalars(checks.limit(SHOWN_AT_MOST)),
        wrong_on.ask(case.victim_id, clock.today()),
        _stands(viewer, checks),
    )
    has_phrase = phrase is not None and bool(phrase.words)
    return Checking(
        has_phrase=has_phrase,
        hint=phrase.hint if phrase and has_phrase else "",
        set_at=phrase.set_at if phrase and has_phrase else None,
        version=phrase.version if phrase else 0,
        facts=() if has_phrase else rules.facts_to_ask(known_facts(case)),
        wrong_today=wrong_today,
        stands=stands,
        latest=tuple(latest),
    )


@asking
def phrase_of(viewer: Viewer, case: CaseFile) -> Asking[PassPhrase | None]:
    """The row of a victim's pass-phrase, if there ever was one."""
    query = scope.visible(viewer, PassPhrase).where(PassPhrase.victim_id == case.victim_id)
    return (yield from together.first(query.limit(1)))


@asking
def wrong_on(victim_id: int, day: date) -> Asking[int]:
    """How many answers were wrong for this victim on a day, whoever took the calls."""
    query = sa.select(sa.func.count()).where(
        CallerCheck.victim_id == victim_id,
        CallerCheck.on_day == day,
        CallerCheck.was_right.is_(False),
    )
    (number,) = yield from together.one(query)
    return int(number)


def known_facts(case: CaseFile) -> dict[Fact, str]:
    """What we hold that a caller may be asked, as it is compared."""
    victim = case.victim
    homes = [one for one in victim.addresses if one.retired_at is None and one.postcode]
    born = victim.date_of_birth
    return {
        Fact.CRIME_REFERENCE: case.crime.reference,
        Fact.MANAGER: case.manager.name if case.manager else "",
        Fact.OFFICER: case.crime.officer_name,
        Fact.BORN: born.isoformat() if born else "",
        Fact.POSTCODE: homes[-1].postcode if homes else "",
    }


def _stands(viewer: Viewer, checks: sa.Select[CallerCheck]) -> Asking[CheckWay | None]:
    """How this worker's caller was last known, as long as a call lasts."""
    own = checks.where(
        CallerCheck.by_id == viewer.id, CallerCheck.happened_at > clock.now() - rules.CHECK_STANDS
    )
    last = yield from together.first(own.limit(1))
    return last.way if last is not None and last.was_right else None
