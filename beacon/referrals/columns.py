"""The columns of the referral feeds, and the keys by which their rows are known again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from beacon.core.names import name_key
from beacon.core.reference import Checked, crime_reference
from beacon.feeds.columns import Column, FeedSpec, Kind, OneOf, words
from beacon.feeds.terms import Fact

_NFRC = re.compile(r"NFRC[0-9]{12}")
_NAME = OneOf(label="a name", ways=(("first_name", "last_name"), ("organisation",)))
_NAME_OR_NONE = OneOf(label="a name", ways=(*_NAME.ways, ("anonymous",)))


def fraud_reference(text: str) -> Checked:
    """A Report Fraud reference without spaces, in capitals (contract.md 3.2)."""
    normal = "".join(text.split()).upper()
    if not _NFRC.fullmatch(normal):
        return Checked(normal, "is not of the usual form, NFRC and twelve digits")
    return Checked(normal)


_PERSON = (
    Column(name="title", most=20),
    Column(name="first_name", most=100),
    Column(name="last_name", most=100),
    Column(name="organisation", most=200),
    Column(name="date_of_birth", kind=Kind.DATE, past=True),
    Column(name="gender", most=40),
    Column(name="ethnicity", most=40),
    Column(name="language", most=60),
    Column(name="interpreter", most=60),
    Column(name="mobile", kind=Kind.PHONE, most=200),
    Column(name="phone", kind=Kind.PHONE, most=200),
    Column(name="email", kind=Kind.EMAIL, most=254),
    Column(name="address", kind=Kind.NOTES, most=1_000),
    Column(name="postcode", kind=Kind.POSTCODE, most=20),
    Column(
        name="preferred_contact",
        kind=Kind.WORD,
        words=words("sms", "email", "phone", "post", "none"),
    ),
    Column(name="safe_to_contact", kind=Kind.WORD, words=words("yes", "no", "ask")),
    Column(name="safe_contact_notes", kind=Kind.NOTES, most=10_000),
)
_FLAGS = tuple(
    Column(name=name, kind=Kind.BOOLEAN)
    for name in (
        "domestic_abuse",
        "sexual_offence",
        "repeat_victim",
        "vulnerable",
        "intimidated",
        "bereaved",
        "most_serious",
    )
)
_CIRCUMSTANCES = (
    Column(name="offence_code", most=20),
    Column(name="offence_date", kind=Kind.DATE, past=True),
    Column(name="offence_place", kind=Kind.NOTES, most=1_000),
    Column(name="district", most=60),
    Column(name="officer_name", most=100),
    Column(name="officer_email", kind=Kind.EMAIL, most=254),
    Column(name="officer_collar", most=20),
    Column(name="victim_reference", kind=Kind.REFERENCE, most=40),
    *_PERSON,
    *_FLAGS,
    Column(name="hate_strand", most=100),
    Column(
        name="suspect_status",
        kind=Kind.WORD,
        words=words(
            "none", "identified", "arrested", "interviewed", "bailed", "rui", "charged", "nfa"
        ),
    ),
    Column(name="consent_to_referral", kind=Kind.WORD, words=words("yes", "no", "not_asked")),
    Column(name="notes", kind=Kind.NOTES, most=20_000),
)

POLICE = FeedSpec(
    name="police",
    columns=(
        Column(
            name="crime_reference",
            kind=Kind.REFERENCE,
            check=crime_reference,
            required=True,
            most=40,
        ),
        Column(name="recorded_at", kind=Kind.MOMENT, required=True, past=True),
        Column(name="offence", required=True, most=200),
        *_CIRCUMSTANCES,
    ),
    one_of=(_NAME,),
)

FRAUD = FeedSpec(
    name="fraud",
    columns=(
        Column(
            name="fraud_reference",
            kind=Kind.REFERENCE,
            check=fraud_reference,
            required=True,
            most=40,
        ),
        Column(name="reported_at", kind=Kind.MOMENT, required=True, past=True),
        Column(name="fraud_code", most=20),
        Column(name="fraud_type", most=200),
        Column(name="first_payment_on", kind=Kind.DATE),
        Column(name="last_payment_on", kind=Kind.DATE),
        Column(name="amount_lost", kind=Kind.MONEY),
        Column(
            name="payment_method",
            kind=Kind.WORD,
            words=words(
                "faster_payment",
                "chaps",
                "card_credit",
                "card_debit",
                "cash",
                "cheque",
                "crypto",
                "international",
                "gift_card",
                "other",
            ),
        ),
        Column(name="sending_bank", most=100),
        Column(name="still_paying", kind=Kind.BOOLEAN),
        Column(name="remote_access", kind=Kind.BOOLEAN),
        Column(name="vulnerable", kind=Kind.BOOLEAN),
        Column(name="vulnerability_notes", kind=Kind.NOTES, most=10_000),
        Column(name="district", most=60),
        *_PERSON,
    ),
    one_of=(_NAME,),
)

PARTNER = FeedSpec(
    name="partner",
    columns=(
        Column(name="agency", required=True, most=100),
        Column(name="agency_reference", required=True, most=60),
        Column(name="recorded_at", kind=Kind.MOMENT, required=True, past=True),
        Column(name="reason", kind=Kind.NOTES, required=True, most=10_000),
        Column(name="offence", most=200),
        *_CIRCUMSTANCES,
        Column(name="crime_reported", kind=Kind.BOOLEAN),
        Column(name="anonymous", kind=Kind.BOOLEAN),
    ),
    one_of=(_NAME_OR_NONE,),
)

# Live cases that come from another system, on the day they are taken on: no feed of every day.
CASELOAD = FeedSpec(
    name="caseload",
    columns=(
        *POLICE.columns,
        Column(name="manager", kind=Kind.EMAIL, most=254),
        Column(name="category", kind=Kind.WORD, words=words("standard", "enhanced")),
        Column(name="grounds", kind=Kind.NOTES, most=500),
        Column(name="status", kind=Kind.WORD, words=words("new", "open", "closed")),
        Column(name="opened_at", kind=Kind.MOMENT, past=True),
        Column(name="first_contact_at", kind=Kind.MOMENT, past=True),
        Column(name="open_duties", kind=Kind.NOTES, most=2_000),
    ),
    one_of=(_NAME,),
)

FEEDS: dict[str, FeedSpec] = {spec.name: spec for spec in (POLICE, FRAUD, PARTNER)}


def full_name(facts: Mapping[str, Fact | None]) -> str:
    """The name that a row gives: a person's, or else an organisation's."""
    person = f"{facts.get('first_name') or ''} {facts.get('last_name') or ''}".strip()
    return person or str(facts.get("organisation") or "")


def police_keys(facts: Mapping[str, Fact | None]) -> tuple[str, ...]:
    """The keys of a police row, the surer first (contract.md 3.1); it is looked up by each.

    A row found by name and date of birth is the same one only if not both rows have a victim
    reference, for two references are two victims: see `same_victim`.
    """
    crime = facts["crime_reference"]
    born = facts.get("date_of_birth")
    who = f"{crime}|name|{name_key(full_name(facts))}|{born or ''}"
    reference = facts.get("victim_reference")
    return (f"{crime}|victim|{reference}", who) if reference else (who,)


def same_victim(one: Mapping[str, Fact | None], other: Mapping[str, Fact | None]) -> bool:
    """Whether two rows that share a key by name may be one victim: no two unlike references."""
    references = {one.get("victim_reference"), other.get("victim_reference")} - {None}
    return len(references) < 2


def fraud_keys(facts: Mapping[str, Fact | None]) -> tuple[str, ...]:
    """The key of a fraud row: its reference without spaces, in capitals (contract.md 3.2)."""
    return (str(facts["fraud_reference"]),)


def is_fraud_reference(text: str) -> bool:
    """Whether a reference is one that Report Fraud gives: it makes the matter a fraud."""
    return fraud_reference(text).warning is None


def partner_keys(facts: Mapping[str, Fact | None]) -> tuple[str, ...]:
    """The key of a partner's row: the agency and its own reference (contract.md 3.3)."""
    reference = "".join(str(facts["agency_reference"]).split()).upper()
    return (f"{name_key(str(facts['agency']))}|{reference}",)
