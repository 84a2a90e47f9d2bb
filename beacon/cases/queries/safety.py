"""How safely the victims of some cases may be reached, for lists and before a word is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any  # a row of the database

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import together
from beacon.core.together import Asking, asking
from beacon.entitlements.terms import Channel
from beacon.people.access import same_people
from beacon.people.models import PersonLink, SafeContact
from beacon.people.queries import ContactCard
from beacon.people.rules import strictest
from beacon.people.terms import ContactKind, LinkState, Preferred, Safe


@dataclass(frozen=True)
class SafeState:
    """What one person said of being contacted, and how they would rather be."""

    overall: Safe = Safe.NOT_ASKED
    preferred: Preferred | None = None


@dataclass(frozen=True)
class Ways:
    """Which ways to a person they have called safe."""

    call: bool
    text: bool
    email: bool
    post: bool


def ways_to(card: ContactCard) -> Ways:
    """The ways that the person has agreed to; what was not asked is not agreed (RULE 7.1)."""
    may = card.overall is Safe.YES
    live = [point for point in card.points if point.is_open]
    return Ways(
        call=may and any(point.may_be_rung for point in live),
        text=may and any(point.text_ok is Safe.YES for point in live),
        email=may and any(point.kind is ContactKind.EMAIL for point in live),
        post=any(one.letter_ok is Safe.YES and not one.retired for one in card.addresses),
    )


def cautions(card: ContactCard) -> dict[Channel, str]:
    """Why a channel is not known to be safe for this person, for each that is not."""
    ways = ways_to(card)
    found = {
        Channel.PHONE: "" if ways.call else "no call is recorded as safe.",
        Channel.TEXT: "" if ways.text else "texts are not agreed.",
        Channel.EMAIL: "" if ways.email else "no email address is recorded as safe.",
        Channel.LETTER: "" if ways.post else "letters are not agreed.",
    }
    if card.overall is Safe.NO:
        found |= dict.fromkeys(Channel, "they said that contact is not safe.")
    return {channel: why for channel, why in found.items() if why}


@asking
def safe_states(case_ids: Sequence[int]) -> Asking[dict[int, SafeState]]:
    """What the victim of each case said; a caution on a linked record is heeded here too."""
    if not case_ids:
        return {}
    of_cases = CaseFile.id.in_(case_ids)
    rows, pairs, said = yield from together.at_once(
        together.rows(
            sa.select(CaseFile.id, CaseFile.victim_id, SafeContact.overall, SafeContact.preferred)
            .outerjoin(SafeContact, SafeContact.victim_id == CaseFile.victim_id)
            .where(of_cases)
        ),
        *_elsewhere(sa.select(CaseFile.victim_id).where(of_cases)),
    )
    cautious = _cautions({row.victim_id for row in rows}, pairs, dict(map(tuple, said)))
    return {
        row.id: SafeState(
            strictest([row.overall or Safe.NOT_ASKED, *cautious.get(row.victim_id, ())]),
            row.preferred,
        )
        for row in rows
    }


def _elsewhere(victims: sa.Select[int]) -> list[Asking[Sequence[Any]]]:
    """The links among all records of these people, and every caution confirmed on one of them."""
    same = same_people(victims)
    links = sa.select(PersonLink.victim_id, PersonLink.other_id).where(
        PersonLink.state == LinkState.LINKED, PersonLink.victim_id.in_(same)
    )
    cautions = sa.select(SafeContact.victim_id, SafeContact.overall).where(
        SafeContact.victim_id.in_(same),
        SafeContact.confirmed_at.is_not(None),
        SafeContact.overall.in_([Safe.NO, Safe.ASK]),
    )
    return [together.rows(links), together.rows(cautions)]


def _cautions(
    victim_ids: set[int], pairs: Sequence[Any], said: dict[int, Safe]
) -> dict[int, list[Safe]]:
    """What a person confirmed on linked records of these victims, where it is a caution."""
    beside: dict[int, set[int]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    return {
        victim: [said[one] for one in _reach(victim, beside) if one in said]
        for victim in victim_ids
        if victim in beside
    }


def _reach(start: int, beside: dict[int, set[int]]) -> set[int]:
    reached: set[int] = set()
    waiting: Iterable[int] = {start}
    while waiting:
        reached |= set(waiting)
        waiting = {other for one in waiting for other in beside[one]} - reached
    return reached - {start}
