"""A row of each feed, in the words of the trade."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from beacon.cases.commands import CrimeFacts, FraudFacts
from beacon.cases.terms import Consent, CrimeKind, SuspectStatus
from beacon.feeds.columns import ParsedRow
from beacon.feeds.terms import Fact
from beacon.people.rules import PersonFacts
from beacon.people.terms import Safe
from beacon.referrals.intake import Intake

Facts = Mapping[str, Fact | None]
T = TypeVar("T")
REFERENCE_AT_MOST = 40
PERSON = (
    "title",
    "first_name",
    "last_name",
    "organisation",
    "gender",
    "ethnicity",
    "language",
    "interpreter",
    "victim_reference",
    "mobile",
    "phone",
    "email",
    "address",
    "postcode",
)
# Who somebody is and where they are to be found: not kept of a person who gives no name.
WHO = (
    "title",
    "first_name",
    "last_name",
    "organisation",
    "victim_reference",
    "mobile",
    "phone",
    "email",
    "address",
    "postcode",
    "preferred",
)


def police(row: ParsedRow) -> Intake:
    """One victim of one recorded crime (contract 3.1)."""
    typed = row.raw.get("crime_reference", "").strip()
    facts = row.facts
    return Intake(
        feed="police",
        source="police",
        source_reference=_text(facts, "crime_reference"),
        person=_person(facts),
        crime=_crime(facts, reference=typed[:REFERENCE_AT_MOST], kind=CrimeKind.CRIME),
        consent=_consent(facts),
        flags=facts,
    )


def fraud(row: ParsedRow) -> Intake:
    """One report from the list that Report Fraud gives the force (contract 3.2)."""
    facts = row.facts
    reference = _text(facts, "fraud_reference")
    return Intake(
        feed="fraud",
        source="Report Fraud",
        source_reference=reference,
        person=_person(facts),
        crime=CrimeFacts(
            kind=CrimeKind.FRAUD,
            reference=reference,
            recorded_at=_known(facts, "reported_at", datetime),
            offence=_text(facts, "fraud_type"),
            offence_code=_text(facts, "fraud_code"),
            offence_on=_of(facts, "first_payment_on", date),
            district=_text(facts, "district"),
        ),
        fraud=FraudFacts(
            fraud_code=_text(facts, "fraud_code"),
            fraud_type=_text(facts, "fraud_type"),
            first_payment_on=_of(facts, "first_payment_on", date),
            last_payment_on=_of(facts, "last_payment_on", date),
            amount_lost_pence=_of(facts, "amount_lost", int),
            payment_method=_text(facts, "payment_method"),
            sending_bank=_text(facts, "sending_bank"),
            still_paying=_of(facts, "still_paying", bool),
            remote_access=_of(facts, "remote_access", bool),
            vulnerable=_of(facts, "vulnerable", bool),
            vulnerability=_text(facts, "vulnerability_notes"),
        ),
        consent=None,
        flags=facts,
    )


def partner(row: ParsedRow) -> Intake:
    """One person sent by a partner agency, whether or not a crime was recorded (contract 3.3)."""
    facts = row.facts
    agency, own = _text(facts, "agency"), _text(facts, "agency_reference")
    kind = CrimeKind.ASB if facts.get("crime_reported") is False else CrimeKind.CRIME
    person = _person(facts)
    is_anonymous = facts.get("anonymous") is True
    return Intake(
        feed="partner",
        source=agency,
        source_reference=own,
        person=_nameless(person) if is_anonymous else person,
        crime=_crime(facts, reference=_partner_reference(agency, own), kind=kind),
        consent=_consent(facts),
        flags=facts,
        unlisted=(person.mobile, person.phone) if is_anonymous else (),
    )


READERS: dict[str, Callable[[ParsedRow], Intake]] = {
    "police": police,
    "caseload": police,
    "fraud": fraud,
    "partner": partner,
}


def _partner_reference(agency: str, own: str) -> str:
    """A reference for the matter that no force's could be; shortened where it is too long."""
    whole = f"{agency}/{own}"
    if len(whole) <= REFERENCE_AT_MOST:
        return whole
    digest = hashlib.sha256(whole.casefold().encode()).hexdigest()[:12]
    return f"{whole[: REFERENCE_AT_MOST - 13]}~{digest}"


def _person(facts: Facts) -> PersonFacts:
    return PersonFacts(
        **{name: _text(facts, name) for name in PERSON},
        date_of_birth=_of(facts, "date_of_birth", date),
        preferred=_text(facts, "preferred_contact"),
        safe=_text(facts, "safe_to_contact"),
        safe_notes=_text(facts, "safe_contact_notes"),
    )


def _nameless(person: PersonFacts) -> PersonFacts:
    """What is kept of somebody who gives no name: nothing by which to find or to reach them.

    What was said of safety is kept but for a yes: no way to them that is here was called safe.
    """
    safe = "" if person.said is Safe.YES else person.safe
    return replace(person, **dict.fromkeys(WHO, ""), safe=safe)


def _crime(facts: Facts, *, reference: str, kind: CrimeKind) -> CrimeFacts:
    status = _text(facts, "suspect_status")
    return CrimeFacts(
        kind=kind,
        reference=reference,
        recorded_at=_known(facts, "recorded_at", datetime),
        offence=_text(facts, "offence"),
        offence_code=_text(facts, "offence_code"),
        offence_on=_of(facts, "offence_date", date),
        place=_text(facts, "offence_place"),
        district=_text(facts, "district"),
        officer_name=_text(facts, "officer_name"),
        officer_email=_text(facts, "officer_email"),
        officer_collar=_text(facts, "officer_collar"),
        suspect_status=SuspectStatus(status) if status else None,
    )


def _consent(facts: Facts) -> Consent | None:
    word = _text(facts, "consent_to_referral")
    return Consent(word) if word else None


def _text(facts: Facts, name: str) -> str:
    value = facts.get(name)
    return value if isinstance(value, str) else ""


def _of(facts: Facts, name: str, kind: type[T]) -> T | None:
    value = facts.get(name)
    return value if isinstance(value, kind) else None


def _known(facts: Facts, name: str, kind: type[T]) -> T:
    value = facts[name]
    if not isinstance(value, kind):
        raise TypeError(f"{name} is required and was read as {type(value).__name__}")
    return value
