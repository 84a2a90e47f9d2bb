"""Whom of one crime to tell of one milestone, and how each may be reached safely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.cases.queries.in_hand import must_say_why
from beacon.cases.queries.managers import names_of
from beacon.cases.queries.safety import cautions
from beacon.core import scope, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements import queries as entitlements
from beacon.entitlements.codes import Rule
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Body, Channel, DutyState, Milestone
from beacon.people import queries as people
from beacon.people.queries import ContactCard
from beacon.people.terms import Preferred

AT_MOST = 50
# What reaches somebody where they are, and may be seen or heard by others there.
AT_A_DISTANCE = (Channel.PHONE, Channel.VIDEO, Channel.EMAIL, Channel.TEXT, Channel.LETTER)
UNCONFIRMED = "nobody has confirmed how they may be reached."


@dataclass(frozen=True, kw_only=True)
class TellLine:
    """One victim to tell of one thing: the duty, and which ways to them are closed and why."""

    case: CaseFile
    duty: Duty
    rule: Rule
    told_by: str = ""
    card: ContactCard | None = None  # None: the person must first say why they open the case
    closed: Mapping[Channel, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The victim's name, as lists show it."""
        return self.case.victim.full_name

    @property
    def open_ways(self) -> list[Channel]:
        """The channels by which they may be told; nobody can be told on our own pages yet."""
        ways = [channel for channel in Channel if channel is not Channel.PORTAL]
        return [channel for channel in ways if channel not in self.closed]

    @property
    def closed_words(self) -> dict[str, list[str]]:
        """The closed channels by the reason they share, as a page says them."""
        found: dict[str, list[str]] = {}
        for channel in Channel:
            if channel in self.closed and channel is not Channel.PORTAL:
                found.setdefault(self.closed[channel], []).append(channel.label.lower())
        return found

    @property
    def may_be_ticked(self) -> bool:
        """Whether it can be recorded from the list that they were told."""
        return self.duty.is_open and self.card is not None and bool(self.open_ways)

    @property
    def why_not(self) -> str:
        """Why it cannot be recorded from the list; empty where it can."""
        if not self.duty.is_open or self.may_be_ticked:
            return ""
        if self.card is None:
            return "You must say why you open this case before you record anything in it."
        return next(iter(self.closed.values())).capitalize()


def tell_lines(viewer: Actor, case: CaseFile, milestone: CrimeMilestone) -> list[TellLine]:
    """Each victim of the crime whose case the viewer works in, with what they are owed by it.

    A case that they may not work in is not there, and nothing counts it.
    """
    query = (
        _of_crime(viewer, case)
        .add_columns(Duty)
        .join(Duty, Duty.case_id == CaseFile.id)
        .where(Duty.about == milestone.subject)
        .options(joinedload(CaseFile.victim))
        .order_by(Duty.state != DutyState.OPEN, CaseFile.id, Duty.id)
        .limit(AT_MOST)
    )
    rows = [row for row in db.session.execute(query) if _is_for_victim(row.Duty, milestone.kind)]
    names = names_of(row.Duty.told_by_id for row in rows)
    cards = _cards(viewer, [row.CaseFile for row in rows])
    return [
        TellLine(
            case=row.CaseFile,
            duty=row.Duty,
            rule=entitlements.rule_of(row.Duty),
            told_by=names.get(row.Duty.told_by_id, ""),
            card=cards[row.CaseFile.id],
            closed=closed_ways(cards[row.CaseFile.id]),
        )
        for row in rows
    ]


@asking
def told_together(viewer: Viewer, case: CaseFile) -> Asking[set[tuple[str, Milestone | None]]]:
    """What may be told to several victims at once: subject and kind of each such milestone.

    Nothing where the viewer works in one case of the crime alone.
    """
    query = (
        _of_crime(viewer, case)
        .add_columns(Duty)
        .outerjoin(Duty, sa.and_(Duty.case_id == CaseFile.id, Duty.state == DutyState.OPEN))
    )
    rows = yield from together.rows(query)
    if len({row.CaseFile.id for row in rows}) < 2:
        return set()
    owed = [row.Duty for row in rows if row.Duty is not None]
    return {(duty.about, entitlements.rule_of(duty).trigger) for duty in owed}


def closed_ways(card: ContactCard | None) -> dict[Channel, str]:
    """Why a victim may not be told by a channel, for each that is closed (domain.md RULE 7.1)."""
    if card is None:
        return {}
    found = cautions(card)
    if card.confirmed_at is None:
        found |= dict.fromkeys(AT_A_DISTANCE, UNCONFIRMED)
    if card.preferred is Preferred.NONE:
        found |= dict.fromkeys(Channel, "they asked not to be contacted.")
    return found


def _of_crime(viewer: Viewer, case: CaseFile) -> sa.Select[CaseFile]:
    return scope.visible(viewer, CaseFile).where(
        CaseFile.crime_id == case.crime_id, CaseFile.closed_at.is_(None)
    )


def _is_for_victim(duty: Duty, kind: Milestone) -> bool:
    """What the court tells Witness Care is told to no victim."""
    rule = entitlements.rule_of(duty)
    return rule.trigger is kind and rule.who != (Body.COURT,)


def _cards(viewer: Actor, cases: Sequence[CaseFile]) -> dict[int, ContactCard | None]:
    return {
        case.id: None if must_say_why(viewer, case) else people.contact_card(viewer, case.victim)
        for case in {case.id: case for case in cases}.values()
    }
