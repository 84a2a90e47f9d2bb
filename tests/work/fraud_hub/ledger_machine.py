"""Any order of entries, approvals, reversals, appeals and closed months, beside an own sum.

The sum is kept here in plain lists, and asked again of the tables in plain SQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import BankClaim, LedgerEntry, LedgerProposal, Loss
from beacon.fraud_hub.terms import ClaimStatus, Contribution, EntryKind, PaymentMethod, Route
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.fraud_hub.builders import a_claim, a_fraud_case, a_loss

BEGAN = datetime(2026, 9, 10, 10, 0, tzinfo=UTC)
EVER = (date(2026, 1, 1), date(2028, 12, 31))
ROUTES = (Route.BANK_GOODWILL, Route.BANK_RECALL, Route.COURT_COMPENSATION, Route.OTHER)
PLACES = st.integers(0, 999)
amounts = st.sampled_from((1, 99_99, 1_000_00, 2_500_00, 5_000_00, 5_000_01, 9_999_99))


def _one_of(data: st.DataObject, keys: Iterable[int]) -> int:
    """One of the keys, by its place: in a replay the keys are others."""
    listed = sorted(keys)
    return listed[data.draw(PLACES) % len(listed)]


class LedgerMachine(RuleBasedStateMachine):
    """Each step is an order that somebody might give; after each the sums are asked."""

    def __init__(self) -> None:
        super().__init__()
        self.at = BEGAN
        self.rows: dict[int, tuple[EntryKind, Contribution, int, int | None, date]] = {}
        self.reversed: set[int] = set()
        self.waiting: dict[int, tuple[str, int]] = {}  # with who proposed it
        self.frozen: dict[date, int] = {}
        self.papers = 0

    @initialize()
    def begin(self) -> None:
        """Two cases, three payments of which one is claimed, and three officers."""
        with clock.fixed(self.at):
            cases = [a_fraud_case(), a_fraud_case()]
            self.actors = [an_actor(a_member_of_staff(Role.FRAUD_OFFICER)) for _ in range(3)]
            known = {"paid_on": date(2026, 8, 3), "method": PaymentMethod.CARD_DEBIT}
            losses = [a_loss(cases[n], amount_pence=p, **known)
                      for n, p in ((0, 12_000_00), (0, 3_000_00), (1, 9_000_00))]  # fmt: skip
            claim = a_claim(cases[0], losses[0], made_on=date(2026, 8, 10))
            self.cases = [case.id for case in cases]
            self.losses = {loss.id: (loss.case_id, loss.amount_pence) for loss in losses}
            self.claim = claim.id

    def teardown(self) -> None:
        """Give the connection back, so that the next example has a database of its own."""
        db.session.remove()

    def _order(self, order: Any) -> Any:
        """Give an order at the moment it is; None where it was refused."""
        with clock.fixed(self.at):
            try:
                return order()
            except RuleBroken:
                db.session.rollback()
                return None

    def _noted(self, made: Any, actor: int) -> None:
        if isinstance(made, LedgerProposal):
            self.waiting.setdefault(made.id, (made.what.value, actor))
        elif made is not None:
            self.rows[made.id] = (
                made.kind, made.contribution, made.amount_pence, made.loss_id, made.counted_on,
            )  # fmt: skip
            if made.reverses_id:
                self.reversed.add(made.reverses_id)

    @rule(data=st.data(), pence=amounts, days=st.integers(0, 40), who=st.integers(0, 2),
          route=st.sampled_from((*ROUTES, Route.INTEREST_COMPENSATION)),
          did=st.sampled_from(Contribution), same_paper=st.booleans())  # fmt: skip
    def log_recovered(self, data, pence, days, who, route, did, same_paper) -> None:
        """Money is said to be back, now or of some weeks ago."""
        loss_id = _one_of(data, self.losses)
        self.papers += not same_paper
        facts = commands.RecoveredFacts(
            loss_id=loss_id, route=route, contribution=did, amount_pence=pence,
            received_on=(self.at - timedelta(days=days)).date(), evidence=f"P-{self.papers}",
        )  # fmt: skip
        case = db.session.get_one(CaseFile, self.losses[loss_id][0])
        self._noted(self._order(lambda: commands.record_recovered(
            case, facts, token=commands.new_token(), actor=self.actors[who])), who)  # fmt: skip

    @rule(pence=amounts, who=st.integers(0, 2), did=st.sampled_from(Contribution),
          route=st.sampled_from((Route.BANK_BLOCKED, Route.ESTIMATED_FUTURE)),
          which=st.integers(0, 1))  # fmt: skip
    def log_prevented(self, pence, who, did, route, which) -> None:
        """A loss is said to be prevented, or estimated."""
        facts = commands.PreventedFacts(
            route=route, contribution=did, amount_pence=pence, on=self.at.date(), method="So"
        )
        case = db.session.get_one(CaseFile, self.cases[which])
        self._noted(self._order(lambda: commands.record_prevented(
            case, facts, token=commands.new_token(), actor=self.actors[who])), who)  # fmt: skip

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), who=st.integers(0, 2))
    def reverse(self, data, who) -> None:
        """Somebody takes an entry back, whichever it is."""
        entry_id = _one_of(data, self.rows)
        made = self._order(lambda: commands.reverse(
            db.session.get_one(LedgerEntry, entry_id), reason="Wrong",
            token=commands.new_token(), actor=self.actors[who]))  # fmt: skip
        if entry_id in self.reversed:
            assert made is None
        self._noted(made, who)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), who=st.integers(0, 2), refuses=st.booleans())
    def decide(self, data, who, refuses) -> None:
        """Somebody decides what waits; never who logged it."""
        found = _one_of(data, self.waiting)
        row = db.session.get_one(LedgerProposal, found)
        actor = self.actors[who]
        if refuses:
            made = self._order(lambda: commands.refuse(row, because="No", actor=actor))
        else:
            made = self._order(lambda: commands.approve(row, actor=actor))
        if self.waiting[found][1] == who:
            assert made is None
        if made is not None:
            del self.waiting[found]
            if not refuses:
                assert made.approved_by_id == actor.id != made.verified_by_id
                self._noted(made, who)

    @rule(answer=st.sampled_from((ClaimStatus.AGREED, ClaimStatus.REFUSED, ClaimStatus.APPEALED)))
    def answer(self, answer) -> None:
        """The bank answers, or its answer is appealed: none of it is money."""
        claim = db.session.get_one(BankClaim, self.claim)
        facts = commands.ReplyFacts(answer=answer, on=self.at.date(), agreed_pence=100_00)
        self._order(lambda: commands.record_reply(claim, facts, actor=TEST))

    @rule(days=st.sampled_from((0, 1, 9, 31)))
    def wait(self, days) -> None:
        """Time passes."""
        self.at += timedelta(days=days, hours=1)

    @rule()
    def close_month(self) -> None:
        """The month that is next is closed, where it is over."""
        with clock.fixed(self.at):
            month = queries.next_month().month
        close = self._order(lambda: commands.close_month(month, actor=self.actors[0]))
        if close is not None:
            self.frozen[month] = sum(figure.amount_pence for figure in close.figures)

    @invariant()
    def totals_are_the_independent_sum(self) -> None:
        """By the hub, by the lists of this machine and by plain SQL."""
        if not self.rows:
            return
        db.session.rollback()
        sums: dict[EntryKind, int] = defaultdict(int)
        through = 0
        for kind, did, pence, _, _ in self.rows.values():
            sums[kind] += pence
            through += pence * (kind is EntryKind.RECOVERED and did is not Contribution.NONE)
        totals = queries.hub_totals(TEST, *EVER)
        said = (
            totals.recovered_pence, totals.prevented_pence, totals.estimated_pence,
            totals.interest_pence,
        )  # fmt: skip
        assert said == tuple(sums.get(kind, 0) for kind in EntryKind)
        assert totals.recovered_through_beacon_pence == through
        plain = db.session.execute(
            sa.text("SELECT kind, sum(amount_pence) FROM ledger_entry GROUP BY kind")
        )
        assert {kind: int(pence) for kind, pence in plain} == {
            kind.value: pence for kind, pence in sums.items()
        }
        listed = queries.LedgerEntries(viewer=TEST).sum()
        assert listed.entries == len(self.rows)
        assert listed.by_kind == dict(sums)

    @invariant()
    def recovered_never_exceeds_the_loss(self) -> None:
        """Of each payment, and never below nothing."""
        back: dict[int | None, int] = defaultdict(int)
        for kind, _, pence, loss_id, _ in self.rows.values():
            if kind is EntryKind.RECOVERED:
                back[loss_id] += pence
        for loss_id, (_, lost) in getattr(self, "losses", {}).items():
            assert 0 <= back[loss_id] <= lost

    @invariant()
    def closed_months_never_move(self) -> None:
        """What was frozen is what their entries come to, and nothing says otherwise."""
        for month, pence in self.frozen.items():
            after = (month + timedelta(days=32)).replace(day=1)
            of_month = [row[2] for row in self.rows.values() if month <= row[4] < after]
            assert sum(of_month) == pence
        if self.frozen:
            assert queries.moved_months() == []

    @invariant()
    def nothing_is_editable_by_sql(self) -> None:
        """Neither an amount nor a row, while the triggers stand."""
        if not self.rows:
            return
        db.session.rollback()
        for statement in (
            "UPDATE ledger_entry SET amount_pence = amount_pence + 1",
            "UPDATE ledger_entry SET counted_on = '2020-01-01'",
            "DELETE FROM ledger_entry",
        ):
            connection = db.engine.connect().execution_options(writing=True)
            try:
                connection.execute(sa.text(statement))
            except sa.exc.DBAPIError as refusal:
                said = str(refusal)
            else:
                said = "not refused"
            finally:
                connection.rollback()
                connection.close()
            assert "only grows" in said, statement
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Loss)) == len(self.losses)
