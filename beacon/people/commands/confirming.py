"""A person has asked: what is safe, what is not, and what is no longer theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.postcode import address_key
from beacon.core.sealed import blind_index
from beacon.people import rules
from beacon.people.commands.holding import add_address, add_point, hold_numbers
from beacon.people.commands.keying import keep_findable
from beacon.people.commands.rights import CHANGED, still_open_to
from beacon.people.models import Address, ContactPoint, SafeContact, Victim
from beacon.people.rules import Point
from beacon.people.terms import ContactKind, PeoplePermission, Preferred, Safe


@dataclass(frozen=True, kw_only=True)
class PointAnswer:
    """What the person said of one number or e-mail address."""

    safe: Safe
    call_ok: Safe = Safe.NOT_ASKED
    text_ok: Safe = Safe.NOT_ASKED
    voicemail_ok: Safe = Safe.NOT_ASKED
    retired: bool = False


@dataclass(frozen=True, kw_only=True)
class ContactAnswers:
    """Everything that the safe-contact page asks."""

    overall: Safe
    preferred: Preferred | None
    words: str = ""
    points: Mapping[int, PointAnswer] = field(default_factory=dict)
    new_points: tuple[Point, ...] = ()
    address: str = ""
    postcode: str = ""
    letter_ok: Safe = Safe.NOT_ASKED


def confirm_contact(victim: Victim, answers: ContactAnswers, *, version: int, actor: Actor) -> None:
    """Write down what the person said about being reached; from now on no feed changes it."""
    with transaction() as session:
        session.refresh(victim, with_for_update=True)
        still_open_to(victim.id, actor, PeoplePermission.EDIT)
        if victim.version != version:
            raise RuleBroken(CHANGED)
        for point in victim.contact_points:
            if point.id in answers.points:
                _answer(point, answers.points[point.id], actor)
        _add(victim, answers, actor)
        _letters(victim, answers, actor)
        _rules(victim, answers, actor)
        victim.version += 1
        keep_findable(victim)
        hold_numbers(victim, list(answers.new_points))
        audit.record(
            "victim.contact_confirmed",
            victim,
            actor,
            fields=("contact_points", "address", "safe_contact"),
        )


def keep_own_words(
    victim: Victim, answers: Mapping[str, PointAnswer], *, letter_ok: Safe, actor: Actor
) -> None:
    """Set each way to somebody as they said themselves when they came; nothing else is safe.

    `answers` are by the number or e-mail address as it is kept; what is not among them is not safe.
    Nobody of ours has asked them yet, so nothing counts as confirmed by it (domain.md RULE 7.4).
    """
    said = {_index_of(value): answer for value, answer in answers.items()}
    with transaction():
        for point in victim.contact_points:
            _set(point, said.get(point.value_index, PointAnswer(safe=Safe.NO)))
        for address in victim.addresses:
            address.letter_ok = letter_ok
        audit.record(
            "victim.ways_said", victim, actor, fields=("contact_points", "address", "safe_contact")
        )


def _index_of(value: str) -> str:
    point = rules.mail(value) if "@" in value else rules.telephone(value)
    return blind_index(point.index_kind, point.normal)


def _answer(point: ContactPoint, answer: PointAnswer, actor: Actor) -> None:
    _set(point, answer)
    if answer.retired:
        point.retired_at = point.retired_at or clock.now()
    else:
        point.retired_at = None
    _by(point, actor)


def _set(point: ContactPoint, answer: PointAnswer) -> None:
    point.safe = answer.safe
    point.call_ok = answer.call_ok if point.kind is not ContactKind.EMAIL else Safe.NOT_ASKED
    point.text_ok = answer.text_ok if point.kind is ContactKind.MOBILE else Safe.NOT_ASKED
    point.voicemail_ok = (
        answer.voicemail_ok if point.kind is not ContactKind.EMAIL else Safe.NOT_ASKED
    )


def _add(victim: Victim, answers: ContactAnswers, actor: Actor) -> None:
    known = {point.value_index: point for point in victim.contact_points}
    for new in answers.new_points:
        index = blind_index(new.index_kind, new.normal)
        point = known.get(index) or add_point(victim, new, from_feed=False)
        known[index] = point  # the same number may stand in two boxes
        point.retired_at = None
        _by(point, actor)


def _letters(victim: Victim, answers: ContactAnswers, actor: Actor) -> None:
    """A new address takes the place of the old one; an empty box leaves it as it is."""
    now = next((one for one in reversed(victim.addresses) if one.retired_at is None), None)
    if answers.address or answers.postcode:
        given = address_key(answers.address, answers.postcode)
        if now is None or address_key(now.lines, now.postcode) != given:
            if now is not None:
                now.retired_at = clock.now()
            now = add_address(victim, answers.address, answers.postcode, from_feed=False)
    if now is not None:
        now.letter_ok = answers.letter_ok
        _by(now, actor)


def _rules(victim: Victim, answers: ContactAnswers, actor: Actor) -> None:
    held = victim.safe_contact
    if held is None:
        held = victim.safe_contact = SafeContact()
    held.overall = answers.overall
    held.preferred = answers.preferred
    held.words = answers.words
    held.confirmed_at, held.confirmed_by_id = clock.now(), actor.id


def _by(thing: ContactPoint | Address, actor: Actor) -> None:
    thing.confirmed_at, thing.confirmed_by_id = clock.now(), actor.id
