"""The hub's board: every figure of a period, asked at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.core import clock, scope, settings, together
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.fraud_hub.models import (
    BankClaim,
    Loss,
)
from beacon.fraud_hub.queries.board_parts import (
    Outreach,
    Repeats,
    Stops,
    Support,
    cases_behind,
    opened_in,
    outreach_in,
    repeats_in,
    stops_in,
    support_now,
)
from beacon.fraud_hub.queries.cuts import LossCuts, loss_cuts
from beacon.fraud_hub.queries.lists import WaitingCounts, counts_waiting
from beacon.fraud_hub.queries.totals import HubTotals, hub_totals
from beacon.fraud_hub.rules import (
    Asked,
    ClaimAge,
    Contact,
    FirmLine,
    FirstContacts,
    age_of,
    by_firm,
    cases_of,
    compared,
    first_contacts,
)
from beacon.fraud_hub.terms import ClaimStatus

SINCE = date(2019, 4, 1)  # the hub began (domain.md 4.1)
OPEN = (ClaimStatus.CLAIMED, ClaimStatus.APPEALED, ClaimStatus.AGREED)  # money is still to come
STANDARDS = {
    False: "standards.first_contact_standard_days",
    True: "standards.first_contact_enhanced_days",
}


@dataclass(frozen=True, kw_only=True)
class OpenLine:
    """The open claims of one firm by age; a hidden count is None."""

    firm: str
    ages: tuple[int | None, ...]  # in the order of ClaimAge
    claims: int | None
    amount_pence: int | None
    cases: frozenset[int] = frozenset()  # those behind it, by their keys
    parts: tuple[int, ...] = ()  # how many cases are behind each age


@dataclass(frozen=True, kw_only=True)
class Board:
    """Every figure of the hub's board."""

    first: date
    last: date
    today: date
    totals: HubTotals
    ever: HubTotals
    waiting: WaitingCounts
    losses: LossCuts
    open_claims: Sequence[OpenLine]
    firms: Sequence[FirmLine]
    contacts: FirstContacts
    repeats: Repeats
    stops: Stops
    outreach: Outreach
    support: Support
    cases_behind: Mapping[str, int]  # of each sum of the period, by its name in the totals
    hidden_sums: frozenset[str] = frozenset()  # those of which too few cases are behind
    shows_ever: bool = True  # a sum of all time gives away the one year that is hidden

    @property
    def is_empty(self) -> bool:
        """Whether the hub has no case, no loss and no money yet."""
        held = (self.ever.lost_pence, self.ever.recovered_pence, self.ever.prevented_pence)
        return not any(held) and not self.repeats.cases and not any(vars(self.waiting).values())

    @property
    def is_few(self) -> bool:
        """Whether so few cases were opened that no figure of them may leave; hidden ones are."""
        return self.repeats.cases is None

    @property
    def without_firms(self) -> Board:
        """The board for those who may not see which firm was asked."""
        return replace(self, firms=(), open_claims=[_together(self.open_claims)])

    @property
    def open_by_age(self) -> tuple[tuple[ClaimAge, int], ...]:
        """The open claims of all firms by age."""
        return tuple(
            (age, sum(line.ages[at] or 0 for line in self.open_claims))
            for at, age in enumerate(ClaimAge)
        )


@asking
def board(viewer: Viewer, first: date, last: date, *, ever_to: date | None = None) -> Asking[Board]:
    """The board of a period, of the cases that the viewer may open (security.md Z-08).

    The sums of all time go up to ``ever_to``; up to today, if it is not given.
    """
    today = clock.today()
    found = yield from together.at_once(
        hub_totals.ask(viewer, first, last),
        hub_totals.ask(viewer, SINCE, ever_to or today),
        counts_waiting.ask(viewer),
        loss_cuts.ask(viewer, first, last),
        together.scalars(_claims(viewer, BankClaim.status.in_(OPEN))),
        together.scalars(_claims(viewer, BankClaim.made_on.between(first, last))),
        _contacts(viewer, first, last),
        repeats_in(viewer, first, last),
        stops_in(viewer, first, last),
        outreach_in(viewer, first, last),
        support_now(viewer, today),
        cases_behind(viewer, first, last),
    )
    totals, ever, waiting, losses, still_open, made, contacts, repeats, *rest = found
    stops, outreach, support, behind = rest
    return Board(
        first=first,
        last=last,
        today=today,
        totals=totals,
        ever=ever,
        waiting=waiting,
        losses=losses,
        open_claims=_open_lines([as_asked(one) for one in still_open], today),
        firms=compared(map(as_asked, made)),
        contacts=first_contacts(contacts, today),
        repeats=repeats,
        stops=stops,
        outreach=outreach,
        support=support,
        cases_behind=behind | {"lost_pence": sum(one.cases or 0 for one in losses.by_type)},
    )


def as_asked(claim: BankClaim) -> Asked:
    """A claim as the comparison of firms reads it."""
    return Asked(
        claim_id=claim.id,
        case_id=claim.case_id,
        firm=claim.firm,
        status=claim.status,
        made_on=claim.made_on,
        replied_on=claim.replied_on,
        amount_pence=claim.amount_pence,
    )


def _claims(viewer: Viewer, *where: sa.ColumnElement[bool]) -> sa.Select[BankClaim]:
    """Claims for payments that stand."""
    stands = sa.exists().where(Loss.id == BankClaim.loss_id, Loss.withdrawn_at.is_(None))
    return scope.visible(viewer, BankClaim).where(stands, *where).order_by(BankClaim.id)


def _open_lines(claims: Sequence[Asked], today: date) -> list[OpenLine]:
    lines = []
    for firm, some in by_firm(claims).items():
        aged = [[one for one in some if age_of(one.made_on, today) is age] for age in ClaimAge]
        lines.append(
            OpenLine(
                firm=firm,
                ages=tuple(map(len, aged)),
                cases=cases_of(some),
                parts=tuple(len(cases_of(part)) for part in aged),
                claims=len(some),
                amount_pence=sum(one.amount_pence for one in some),
            )
        )
    return sorted(lines, key=lambda one: (-(one.claims or 0), one.firm))


def _together(lines: Sequence[OpenLine]) -> OpenLine:
    """The open claims of all firms in one line."""
    return OpenLine(
        firm="All firms",
        ages=tuple(sum(line.ages[at] or 0 for line in lines) for at in range(len(ClaimAge))),
        claims=sum(line.claims or 0 for line in lines),
        amount_pence=sum(line.amount_pence or 0 for line in lines),
    )


def _contacts(viewer: Viewer, first: date, last: date) -> Asking[list[Contact]]:
    limits = {enhanced: settings.count(name) for enhanced, name in STANDARDS.items()}
    query = (
        sa.select(CaseFile.opened_at, CaseFile.first_contact_at, CaseFile.enhanced)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .where(*opened_in(viewer, first, last))
    )
    rows = yield from together.rows(query)
    return [
        Contact(
            clock.london_day(opened), reached and clock.london_day(reached), limits[bool(enhanced)]
        )
        for opened, reached, enhanced in rows
    ]
