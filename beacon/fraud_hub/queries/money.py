"""One fraud case: what was reported, what was lost, what was claimed and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.cases.terms import CrimeKind
from beacon.core import clock, scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.reference import CaseReference
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.fraud_hub import rules
from beacon.fraud_hub.models import BankClaim, FraudTriage, LedgerEntry, Loss
from beacon.fraud_hub.terms import EntryKind, Scheme
from beacon.people.models import Victim

T = TypeVar("T")


@dataclass(frozen=True)
class FraudCase:
    """A fraud case with the facts of its report, if the fraud list gave any."""

    case: CaseFile
    report: FraudReport | None


@dataclass(frozen=True, kw_only=True)
class LossRow:
    """One payment: what came back of it, what its scheme pays at most, by when to claim."""

    loss: Loss
    back_pence: int
    claim_by: date | None
    most_pence: int | None
    excess_pence: int

    @property
    def choice(self) -> rules.Choice:
        """Its scheme, why, and what must still be found out."""
        return rules.choice_for(self.loss.payment)

    @property
    def replies(self) -> rules.Replies | None:
        """When an answer would be expected, were it claimed today; None where it was, or no scheme
        has to answer."""
        if self.loss.claims or self.loss.scheme is Scheme.NONE:
            return None
        return rules.replies(self.loss.scheme, clock.today())

    @property
    def ways(self) -> Sequence[rules.Way]:
        """What can still be tried beside its scheme or after it."""
        answered = [one.final_response_on for one in self.loss.claims if one.final_response_on]
        return rules.ways_for(self.loss.payment, final_response_on=min(answered, default=None))

    @property
    def is_beside(self) -> bool:
        """Whether the day to claim by is that of another scheme: its own has none (RULE 4.5)."""
        return rules.claim_by(self.loss.scheme, self.loss.paid_on) is None

    @property
    def claim_soon(self) -> bool:
        """Whether the first warning of its deadline has come and nothing is claimed (RULE 4.5)."""
        if self.claim_by is None or self.loss.claims or not self.out_pence:
            return False
        return min(rules.warn_on(self.claim_by)) <= clock.today() <= self.claim_by

    @property
    def out_pence(self) -> int:
        """What is still out."""
        return self.loss.amount_pence - self.back_pence


@dataclass(frozen=True)
class EntryRow:
    """One row of the ledger, and whether a later one takes it back."""

    entry: LedgerEntry
    is_reversed: bool

    @property
    def may_be_reversed(self) -> bool:
        """Whether it stands and is no reversal itself."""
        return not self.is_reversed and not self.entry.is_reversal


@dataclass(frozen=True, kw_only=True)
class CaseMoney:
    """The money of one case, in pence, with the rows that make it up."""

    losses: Sequence[LossRow]
    entries: Sequence[EntryRow]
    reported_pence: int | None
    lost_pence: int
    claimed_pence: int
    recovered_pence: int
    through_beacon_pence: int
    prevented_pence: int
    estimated_pence: int
    interest_pence: int

    @property
    def standing(self) -> list[LossRow]:
        """The payments that were not taken back as mistakes."""
        return [row for row in self.losses if row.loss.stands]

    @property
    def over_the_cap_pence(self) -> int:
        """By how much the payments under the PSR's rules pass what one claim pays together."""
        together_pence = sum(
            row.loss.amount_pence for row in self.standing if row.loss.scheme is Scheme.PSR
        )
        return max(0, together_pence - (rules.TERMS[Scheme.PSR].most_pence or 0))

    @property
    def claims(self) -> list[BankClaim]:
        """Every claim for the payments that stand, in the order they were made."""
        return sorted(
            (claim for row in self.standing for claim in row.loss.claims), key=lambda one: one.id
        )


def get_fraud_case(viewer: Viewer, reference: str) -> FraudCase:
    """One fraud case in the viewer's scope, with its crime, victim and report."""
    try:
        normal = str(CaseReference.parse(reference))
    except ValueError as unreadable:
        raise NotFound from unreadable
    case = db.session.scalar(
        scope.visible(viewer, CaseFile)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(CaseFile.reference == normal, Crime.kind == CrimeKind.FRAUD)
        .options(contains_eager(CaseFile.crime), contains_eager(CaseFile.victim))
    )
    if case is None:
        raise NotFound
    return FraudCase(case, report_of(viewer, case))


def get_loss(viewer: Viewer, case: CaseFile, loss_id: int) -> Loss:
    """One loss of this case."""
    return _one(scope.visible(viewer, Loss).where(Loss.id == loss_id, Loss.case_id == case.id))


def get_claim(viewer: Viewer, case: CaseFile, claim_id: int) -> BankClaim:
    """One claim of this case."""
    return _one(
        scope.visible(viewer, BankClaim).where(
            BankClaim.id == claim_id, BankClaim.case_id == case.id
        )
    )


def get_entry(viewer: Viewer, case: CaseFile, entry_id: int) -> LedgerEntry:
    """One row of this case's ledger."""
    return _one(
        scope.visible(viewer, LedgerEntry).where(
            LedgerEntry.id == entry_id, LedgerEntry.case_id == case.id
        )
    )


@asking
def report_of(viewer: Viewer, case: CaseFile) -> Asking[FraudReport | None]:
    """The facts of a case's report, if the fraud list gave any."""
    return together.first(
        scope.visible(viewer, FraudReport).where(FraudReport.crime_id == case.crime_id)
    )


@asking
def money_of(
    viewer: Viewer, case: CaseFile, report: FraudReport | None = None
) -> Asking[CaseMoney]:
    """The money of one case that the viewer may see, in one statement however much there is."""
    paid = scope.visible(viewer, Loss).where(Loss.case_id == case.id)
    losses, claims, entries, ticked = yield from together.at_once(
        together.scalars(paid.order_by(Loss.paid_on, Loss.id)),
        together.scalars(
            sa.select(BankClaim)
            .where(BankClaim.loss_id.in_(paid.with_only_columns(Loss.id)))
            .order_by(BankClaim.id)
        ),
        together.scalars(
            scope.visible(viewer, LedgerEntry)
            .where(LedgerEntry.case_id == case.id)
            .order_by(LedgerEntry.id)
        ),
        together.first(
            scope.visible(viewer, FraudTriage).where(
                FraudTriage.case_id == case.id, FraudTriage.replaced_at.is_(None)
            )
        ),
    )
    together.gather(losses, "claims", claims, by="loss_id")
    recovered = [entry for entry in entries if entry.kind is EntryKind.RECOVERED]
    taken_back = {entry.reverses_id for entry in entries}
    standing = [loss for loss in losses if loss.stands]
    return CaseMoney(
        losses=_loss_rows(losses, recovered, vulnerable=_is_vulnerable(report, ticked)),
        entries=[EntryRow(entry, entry.id in taken_back) for entry in entries],
        reported_pence=report.amount_lost_pence if report else None,
        lost_pence=sum(loss.amount_pence for loss in standing),
        claimed_pence=sum(claim.amount_pence for loss in standing for claim in loss.claims),
        recovered_pence=_total(recovered),
        through_beacon_pence=_total([one for one in recovered if one.contribution.counts]),
        prevented_pence=_of_kind(entries, EntryKind.PREVENTED),
        estimated_pence=_of_kind(entries, EntryKind.ESTIMATED),
        interest_pence=_of_kind(entries, EntryKind.INTEREST),
    )


@asking
def money_in(viewer: Viewer, case: CaseFile) -> Asking[CaseMoney]:
    """The same with the report of the case, for the page of the case."""
    report = yield from report_of.ask(viewer, case)
    return (yield from money_of.ask(viewer, case, report))


def _one(query: sa.Select[T]) -> T:
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def _is_vulnerable(report: FraudReport | None, ticked: FraudTriage | None) -> bool:
    """Whether the report says so, or the tick list that stands holds a factor (4.5, 4.8)."""
    return bool((report and report.vulnerable) or (ticked and ticked.factors))


def _loss_rows(
    losses: Sequence[Loss], recovered: Sequence[LedgerEntry], *, vulnerable: bool
) -> list[LossRow]:
    back: dict[int | None, int] = {}
    for entry in recovered:
        back[entry.loss_id] = back.get(entry.loss_id, 0) + entry.amount_pence
    last_paid: dict[Scheme, date] = {}
    for loss in losses:
        if loss.stands:
            last_paid[loss.scheme] = max(loss.paid_on, last_paid.get(loss.scheme, loss.paid_on))
    return [
        LossRow(
            loss=loss,
            back_pence=back.get(loss.id, 0),
            claim_by=rules.first_claim_by(
                loss.scheme, loss.paid_on, last_paid.get(loss.scheme, loss.paid_on)
            ),
            most_pence=rules.most_payable(loss.scheme, loss.amount_pence),
            excess_pence=rules.excess(loss.scheme, vulnerable=vulnerable),
        )
        for loss in losses
    ]


def _of_kind(entries: Sequence[LedgerEntry], kind: EntryKind) -> int:
    return _total([entry for entry in entries if entry.kind is kind])


def _total(entries: Sequence[LedgerEntry]) -> int:
    return sum(entry.amount_pence for entry in entries)
