"""What of a case may be shared, what is kept back, and what the partner will see."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from beacon.accounts import queries as accounts
from beacon.cases.models import CaseFile
from beacon.cases.terms import NeedCategory
from beacon.core import clock, sealed
from beacon.core.actor import Actor, machine
from beacon.core.db import db
from beacon.core.phone import readable
from beacon.core.roles import Role
from beacon.partners import rules
from beacon.partners.models import PartnerReferral
from beacon.partners.queries.directory import needs_of
from beacon.partners.rules import Said
from beacon.partners.terms import FACTS_ABOUT_REACHING, SharedFact
from beacon.people import queries as people
from beacon.people.models import ContactPoint
from beacon.people.queries import ContactCard, PointCard, Stands
from beacon.people.terms import Purpose, Safe

WAYS = (SharedFact.PHONE, SharedFact.EMAIL, SharedFact.SAFE_CONTACT)
READER = machine("share-facts")
ASK_FIRST = "This may have changed. Ask the case manager before you get in touch with them."
MASKED = "Shown to them in full. Here it is shown on the page of the person, at a press."


@dataclass(frozen=True)
class Sheet:
    """What a partner sees of one referral: lines of facts, and what is asked of it."""

    lines: tuple[Said, ...]
    asks: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a partner will see, and the mark by which it is known again when it is sent."""

    sheet: Sheet
    mark: str
    lacks: tuple[SharedFact, ...]  # chosen, and not known


def standing_with(case: CaseFile, agency: str) -> Stands:
    """Whether the victim agrees today to be referred on to this agency (domain.md 7.2)."""
    return people.consent_to(case.victim, Purpose.REFER_ON, agency)


def signs_in(agency: str) -> bool:
    """Whether anybody of this agency can read what is sent to it here."""
    return any(one.agency == agency for one in accounts.holding(Role.PARTNER))


def known_facts(case: CaseFile) -> dict[SharedFact, str]:
    """Every fact of a case that may be shared, as it would be written; empty where not known.

    A number or an e-mail address is among them only where it is said to be safe, and with what
    may be done with it. No address ever is (security.md TM-01).
    """
    victim, crime = case.victim, case.crime
    card = people.contact_card(READER, victim)
    age = rules.age_on(victim.date_of_birth, clock.today())
    spoken = [victim.language, f"interpreter: {victim.interpreter}" if victim.interpreter else ""]
    needs = needs_of(READER, case)
    return {
        SharedFact.NAME: victim.full_name,
        SharedFact.AGE: "" if age is None else str(age),
        SharedFact.DATE_OF_BIRTH: _day(victim.date_of_birth) if victim.date_of_birth else "",
        SharedFact.PHONE: "; ".join(_numbers(card, victim.contact_points)),
        SharedFact.EMAIL: "; ".join(_mails(card, victim.contact_points)),
        SharedFact.SAFE_CONTACT: card.words,
        SharedFact.LANGUAGE: ", ".join(part for part in spoken if part),
        SharedFact.HELPS: card.helps,
        SharedFact.DISTRICT: crime.district,
        SharedFact.CRIME: ", ".join(
            part for part in (crime.offence or crime.kind.label, f"{crime.began_on:%B %Y}") if part
        ),
        SharedFact.NEEDS: "; ".join(one.label for one in NeedCategory if one in needs),
        SharedFact.MANAGER: case.manager.name if case.manager else "",
    }


def kept_back(case: CaseFile, chosen: Collection[SharedFact]) -> list[str]:
    """What must not stand in the words to a partner: where they live, and what was not chosen."""
    victim = case.victim
    card = people.contact_card(READER, victim)
    open_ids = {one.id for one in card.points if _may_go(card, one)}
    secrets = [part for one in victim.addresses for part in (_street(one.lines), one.postcode)]
    for point in victim.contact_points:
        fact = SharedFact.EMAIL if "@" in point.value else SharedFact.PHONE
        if point.id not in open_ids or fact not in chosen:
            secrets.append(point.value)
    if SharedFact.SAFE_CONTACT not in chosen:
        secrets.append(card.words)
    return [secret for secret in secrets if secret]


def preview(viewer: Actor, case: CaseFile, sharing: PartnerReferral) -> Preview:
    """Exactly what the partner will see; a number is whole only to whom it stands open (P-04)."""
    known = known_facts(case)
    content = rules.snapshot(known, sharing.chosen, sharing.asks)
    return Preview(
        sheet=sheet_of(content, may_see_numbers=_may_see_numbers(viewer, case)),
        mark=mark_of(content),
        lacks=tuple(one for one in SharedFact if one in sharing.chosen and not known[one]),
    )


def content_of(sharing: PartnerReferral) -> Sheet:
    """What the partner was sent, for us to look at; numbers stand behind their button (P-09)."""
    return sheet_of(sharing.shared, may_see_numbers=False)


def sheet_of(content: str, *, may_see_numbers: bool = True) -> Sheet:
    """What was put by, as lines to read; what is no snapshot of ours has none."""
    held = _read(content)
    facts = held.get("facts", {})
    lines = tuple(
        Said(one.label, str(facts[one.value]) if _is_open(one, may_see_numbers) else MASKED)
        for one in SharedFact
        if isinstance(facts, dict) and one.value in facts
    )
    return Sheet(lines, str(held.get("asks", "")))


def sheet_for_agency(sharing: PartnerReferral) -> Sheet:
    """What was put by, as the agency reads it: a way to reach somebody only while it still holds.

    A number that is no longer safe, or whose rules have changed, must not be rung from an older
    sheet (domain.md RULE 7.4).
    """
    sheet = sheet_of(sharing.shared)
    changed = {fact.label for fact in out_of_date(sharing)}
    lines = (Said(one.label, ASK_FIRST) if one.label in changed else one for one in sheet.lines)
    return Sheet(tuple(lines), sheet.asks)


def out_of_date(sharing: PartnerReferral) -> tuple[SharedFact, ...]:
    """What was shared of how to reach somebody, and is no longer as it was: all of it, if any."""
    facts = _read(sharing.shared).get("facts", {})
    shared = [one for one in WAYS if isinstance(facts, dict) and one.value in facts]
    case = db.session.get(CaseFile, sharing.case_id) if shared else None
    if case is None or not isinstance(facts, dict):
        return ()
    known = known_facts(case)
    said = {one: facts.get(one.value, "") for one in WAYS}
    has_new_rule = bool(known[SharedFact.SAFE_CONTACT]) and not said[SharedFact.SAFE_CONTACT]
    is_changed = any(said[one] != known[one] for one in shared)
    return tuple(shared) if is_changed or has_new_rule else ()


def mark_of(content: str) -> str:
    """A mark of what is shared, so that nothing else is sent than what was looked at."""
    return sealed.blind_index("partner-preview", content)


def _is_open(fact: SharedFact, may_see_numbers: bool) -> bool:
    return may_see_numbers or fact not in FACTS_ABOUT_REACHING


def _may_see_numbers(viewer: Actor, case: CaseFile) -> bool:
    in_hand = people.is_in_hand(viewer, case.victim)
    return in_hand and not people.is_restricted(case.victim)


def _read(content: str) -> dict[str, object]:
    try:
        held = json.loads(content or "{}")
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _numbers(card: ContactCard, points: Collection[ContactPoint]) -> list[str]:
    values = {point.id: point.value for point in points}
    return [
        f"{readable(values[one.id])} ({_ways(one)})"
        for one in card.points
        if one.may_be_rung and _may_go(card, one)
    ]


def _mails(card: ContactCard, points: Collection[ContactPoint]) -> list[str]:
    values = {point.id: point.value for point in points}
    return [values[one.id] for one in card.points if not one.is_number and _may_go(card, one)]


def _may_go(card: ContactCard, point: PointCard) -> bool:
    """Only what is safe, of somebody who may be reached at all (domain.md RULE 7.1)."""
    return card.overall is Safe.YES and point.is_open


def _ways(point: PointCard) -> str:
    texts = "may be texted" if point.text_ok is Safe.YES else "do not text"
    voice = "may leave a voicemail" if point.voicemail_ok is Safe.YES else "leave no voicemail"
    return f"{texts}, {voice}"


def _street(lines: str) -> str:
    return re.split(r"[,\n]", lines or "")[0].strip()


def _day(day: object) -> str:
    return f"{day:%d %B %Y}".lstrip("0")
