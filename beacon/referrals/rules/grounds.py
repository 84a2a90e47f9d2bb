"""What speaks for Enhanced Rights, and which referrals open a case by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from beacon.cases.terms import Consent
from beacon.entitlements.terms import EnhancedGround
from beacon.referrals.terms import Waits

Proposal = tuple[EnhancedGround, str]

ADULT_AT = 18
CRIMES_IN_A_YEAR = 3  # domain.md RULE 1.3

# What a column of a feed speaks for, and the words by which a page says what proposed it.
FLAGS: dict[str, Proposal] = {
    "bereaved": (EnhancedGround.BEREAVED, "marked as bereaved"),
    "domestic_abuse": (EnhancedGround.DOMESTIC_ABUSE, "marked as domestic abuse"),
    "hate_strand": (EnhancedGround.HATE_CRIME, "marked with a hate strand"),
    "sexual_offence": (EnhancedGround.SEXUAL_OFFENCE, "marked as a sexual offence"),
    "most_serious": (EnhancedGround.MOST_SERIOUS, "marked as a most serious crime"),
    "repeat_victim": (EnhancedGround.PERSISTENTLY_TARGETED, "marked as a repeat victim"),
    "vulnerable": (EnhancedGround.VULNERABLE, "marked as vulnerable"),
    "intimidated": (EnhancedGround.INTIMIDATED, "marked as intimidated"),
}
NO_STRAND = frozenset({"", "none", "no", "n", "0", "n/a", "not applicable"})

# The most serious crimes by the words of the offence (domain.md 1.4): a proposal, never a decision.
OFFENCES: tuple[tuple[re.Pattern[str], EnhancedGround], ...] = tuple(
    (re.compile(words, re.IGNORECASE), ground)
    for words, ground in (
        (r"\battempt(?:ed|s|ing)? (?:to )?murder", EnhancedGround.ATTEMPTED_MURDER),
        (
            r"(?<!attempted )(?<!attempt )(?<!to )\bmurder|manslaughter|infanticide|\bdeath\b",
            EnhancedGround.BEREAVED,
        ),
        (r"\bkidnap", EnhancedGround.KIDNAP),
        (r"\bfalse(?:ly)? imprison", EnhancedGround.FALSE_IMPRISONMENT),
        (r"\barson\b.*\bendanger", EnhancedGround.ARSON_ENDANGERING_LIFE),
        (
            r"(?:\bwound|\bgrievous|\bGBH).*\bwith intent|\bwith intent\b.*(?:wound|grievous)",
            EnhancedGround.WOUNDING_WITH_INTENT,
        ),
        (r"\brape\b|\bsexual|\bindecent|\bvoyeur", EnhancedGround.SEXUAL_OFFENCE),
        (
            r"modern slavery|traffick|servitude|forced (?:or compulsory )?labour",
            EnhancedGround.TRAFFICKING,
        ),
        (r"\bterroris", EnhancedGround.TERRORISM),
        (r"\b(?:racial|religious)|\bhate\b|\bhomophob|\btransphob", EnhancedGround.HATE_CRIME),
        (
            r"\bcoerci|\bdomestic (?:abuse|violence)|female genital|forced marriage",
            EnhancedGround.DOMESTIC_ABUSE,
        ),
        (r"\bstalk|\bharass", EnhancedGround.PERSISTENTLY_TARGETED),
    )
)
BY_OFFENCE = "the words of the offence"
BY_AGE = "age at the offence"
BY_COUNT = f"{CRIMES_IN_A_YEAR} or more crimes in 12 months"


def proposed_grounds(
    flags: Mapping[str, object], *, offence: str, under_18: bool
) -> tuple[Proposal, ...]:
    """The grounds that the facts speak for, each with the fact (domain.md 1.4, RULE 1.3)."""
    found: dict[EnhancedGround, str] = {}
    if under_18:
        found[EnhancedGround.UNDER_18] = BY_AGE
    for column, (ground, fact) in FLAGS.items():
        said = flags.get(column)
        strand = isinstance(said, str) and said.strip().casefold() not in NO_STRAND
        if said is True or strand:
            found[ground] = fact
    for words, ground in OFFENCES:
        if words.search(offence):
            found.setdefault(ground, BY_OFFENCE)
    return tuple(found.items())


def with_count(proposals: tuple[Proposal, ...], crimes: int) -> tuple[Proposal, ...]:
    """The grounds, and the count of crimes in a year where it speaks for one (RULE 1.3)."""
    ground = EnhancedGround.PERSISTENTLY_TARGETED
    if crimes < CRIMES_IN_A_YEAR or ground in {one for one, _ in proposals}:
        return proposals
    return (*proposals, (ground, BY_COUNT))


def without_count(proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """The grounds but for that of the count, which other links may make another."""
    return tuple((ground, fact) for ground, fact in proposals if fact != BY_COUNT)


def still_standing(
    earlier: Iterable[Proposal], flags: Mapping[str, object], *, born: date | None
) -> tuple[Proposal, ...]:
    """The earlier grounds of which a later row says nothing: what is empty erases nothing."""
    silent = {fact for column, (_, fact) in FLAGS.items() if flags.get(column) is None}
    if born is None:
        silent.add(BY_AGE)
    return tuple((ground, fact) for ground, fact in earlier if fact in silent)


def is_under_18(born: date | None, on: date) -> bool:
    """Whether somebody had not had the eighteenth birthday on a day.

    Born on 29 February, it is on 1 March of a year without that day.
    """
    if born is None:
        return False
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return 0 <= years < ADULT_AT


def waits(
    *,
    named: bool,
    namesake: bool,
    likely: bool,
    consent: Consent,
    can_be_reached: bool,
) -> Waits | None:
    """Why a referral does not open a case by itself, if it does not (contract 3.5).

    Who it is comes first: without that nothing else can be said.
    """
    reasons = (
        (not named, Waits.ANONYMOUS),
        (namesake, Waits.BIRTH_DATE_DIFFERS),
        (likely, Waits.POSSIBLE_MATCH),
        (consent is Consent.NO, Waits.NO_CONSENT),
        (not can_be_reached, Waits.NO_CONTACT_POINT),
    )
    return next((reason for applies, reason in reasons if applies), None)
