"""A person comes to us, or a feed says something new of one who has."""

from __future__ import annotations

from datetime import datetime

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.names import name_key
from beacon.core.postcode import postcode_key
from beacon.core.sealed import blind_index
from beacon.people import rules
from beacon.people.commands.changes import keep_keys, propose
from beacon.people.commands.finding import respell
from beacon.people.commands.holding import add_address, add_point, hold_numbers, index_address
from beacon.people.commands.keying import keep_findable, make_findable
from beacon.people.models import Address, ContactPoint, SafeContact, Victim
from beacon.people.rules import PersonFacts, Point
from beacon.people.terms import Safe

BY_HAND = "person"
NO_NAME = "Name not given"
PLAIN = (
    "title",
    "first_name",
    "last_name",
    "organisation",
    "date_of_birth",
    "gender",
    "ethnicity",
    "language",
    "interpreter",
    "victim_reference",
)


def register(
    facts: PersonFacts, *, source: str, actor: Actor, crime_reference: str | None = None
) -> Victim:
    """Make a record of a person who comes to us, with what may and may not be done to reach them.

    What a person enters (`source` BY_HAND) is confirmed; what a feed says is not (contract 3).
    """
    by_hand = source == BY_HAND
    with transaction():
        victim = Victim(**{name: getattr(facts, name) for name in PLAIN})
        victim.victim_reference = facts.victim_reference or None
        victim.safe_contact = SafeContact(
            preferred=facts.wish, overall=facts.said, words=facts.safe_notes
        )
        if not facts.has_name:
            # One name alone stands where lists look for one, and is not said twice.
            victim.last_name = facts.last_name or facts.first_name or NO_NAME
            victim.first_name = ""
        keep_keys(victim, known=facts.has_name)
        points = facts.points()
        for point in points:
            _open(add_point(victim, point, from_feed=not by_hand), facts)
        if facts.address or facts.postcode:
            add_address(victim, facts.address, facts.postcode, from_feed=not by_hand)
        if by_hand:
            _confirm_all(victim, actor, clock.now())
        make_findable(victim)
        hold_numbers(victim, points, crime_reference=crime_reference)
        audit.record(
            "victim.registered", victim, actor, operation=Operation.COLLECTION, source=source
        )
    return victim


def receive(
    victim: Victim,
    facts: PersonFacts,
    *,
    source: str,
    actor: Actor,
    crime_reference: str | None = None,
) -> tuple[str, ...]:
    """Take in what a feed now says of a person; give the names of the facts that changed.

    An empty fact erases nothing. A fact that a person entered or confirmed is not overwritten:
    the feed's becomes a proposed change (contract 3, "Who owns what").
    """
    with transaction() as session:
        changed = [
            *_receive_plain(victim, facts, source),
            *_receive_safety(victim, facts, source),
            *_receive_points(victim, facts, source),
            *_receive_address(victim, facts, source),
        ]
        session.flush()
        hold_numbers(victim, facts.points(), crime_reference=crime_reference)
        if changed:
            keep_findable(victim)
            victim.version += 1
            audit.record("victim.received", victim, actor, fields=changed, source=source)
    return tuple(changed)


def _open(point: ContactPoint, facts: PersonFacts) -> None:
    answer = rules.opened(facts.said, facts.wish, point.kind)
    point.safe, point.text_ok = answer.safe, answer.text_ok
    point.voicemail_ok = Safe.NOT_ASKED


def _confirm_all(victim: Victim, actor: Actor, at: datetime) -> None:
    things: list[ContactPoint | Address] = [*victim.contact_points, *victim.addresses]
    for thing in things:
        thing.confirmed_at, thing.confirmed_by_id = at, actor.id
    if victim.safe_contact and victim.safe_contact.overall is not Safe.NOT_ASKED:
        victim.safe_contact.confirmed_at = at
        victim.safe_contact.confirmed_by_id = actor.id
    victim.confirm(name for name in PLAIN if getattr(victim, name))


def _receive_plain(victim: Victim, facts: PersonFacts, source: str) -> list[str]:
    changed = []
    for name in PLAIN:
        new = getattr(facts, name)
        if not new or new == getattr(victim, name):
            continue
        if name in victim.confirmed:
            changed += propose(victim, name, str(new), source)
        else:
            setattr(victim, name, new)
            changed.append(name)
    if changed and facts.has_name:
        keep_keys(victim, known=True)
    if changed:
        respell(victim)
    return changed


def _receive_safety(victim: Victim, facts: PersonFacts, source: str) -> list[str]:
    """What the feed says of safety; a person's own answer stands until a person changes it."""
    held = victim.safe_contact
    if held is None:
        held = victim.safe_contact = SafeContact(overall=Safe.NOT_ASKED)
    said = {"safe": facts.safe, "preferred": facts.preferred, "safe_notes": facts.safe_notes}
    now = {"safe": held.overall, "preferred": held.preferred, "safe_notes": held.words}
    new = {name: text for name, text in said.items() if text and text != now[name]}
    if held.confirmed_at:
        return [done for name, text in new.items() for done in propose(victim, name, text, source)]
    if "safe" in new:
        held.overall = facts.said
    if "preferred" in new:
        held.preferred = facts.wish
    if "safe_notes" in new:
        held.words = facts.safe_notes
    return list(new)


def _receive_points(victim: Victim, facts: PersonFacts, source: str) -> list[str]:
    by_index = {point.value_index: point for point in victim.contact_points}
    changed: list[str] = []
    given = facts.points()
    named = {blind_index(point.index_kind, point.normal) for point in given}
    for point in given:
        known = by_index.get(blind_index(point.index_kind, point.normal))
        if known is None or (known.retired_at and known.confirmed_at is None):
            changed += _take_point(victim, point, known, named, source)
    held = victim.safe_contact
    for one in victim.contact_points:
        if held and one.value_index in named and one.confirmed_at is None and not held.confirmed_at:
            # What was said of other numbers on another day says nothing of this one.
            said = facts.said if facts.safe else one.safe
            answer = rules.opened(said, held.preferred, one.kind)
            one.safe, one.text_ok = answer.safe, answer.text_ok
    return changed


def _take_point(
    victim: Victim, point: Point, known: ContactPoint | None, named: set[str], source: str
) -> list[str]:
    """A number that is new, or theirs again, takes the place of the feed's own.

    Never of a confirmed one.
    """
    rivals = [
        one
        for one in victim.contact_points
        if one.kind is point.kind and one.retired_at is None and one.value_index not in named
    ]
    if any(one.confirmed_at for one in rivals):
        return propose(victim, point.kind.value, point.value, source)
    if rivals:
        rivals[-1].retired_at = clock.now()
    if known is None:
        add_point(victim, point, from_feed=True)
    else:
        known.retired_at = None
    return [point.kind.value]


def _receive_address(victim: Victim, facts: PersonFacts, source: str) -> list[str]:
    if not (facts.address or facts.postcode):
        return []
    now = next((one for one in reversed(victim.addresses) if one.retired_at is None), None)
    lines = facts.address or (now.lines if now else "")
    postcode = facts.postcode or (now.postcode if now else "")
    if now and (lines, postcode) == (now.lines, now.postcode):
        return []
    if now and now.confirmed_at:
        return propose(victim, "address", f"{lines}\n{postcode}", source)
    if now and _same_place(now, lines, postcode):
        now.lines, now.postcode = lines, postcode
        index_address(now)
        return ["address"]
    if now:
        now.retired_at = clock.now()
    add_address(victim, lines, postcode, from_feed=True)
    return ["address"]


def _same_place(address: Address, lines: str, postcode: str) -> bool:
    """Whether one writing of an address only adds to or respells another: nothing is lost."""
    same_street = not address.lines or name_key(address.lines) == name_key(lines)
    same_code = not address.postcode or postcode_key(address.postcode) == postcode_key(postcode)
    return same_street and same_code
