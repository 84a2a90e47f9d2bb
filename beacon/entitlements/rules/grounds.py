"""Which facts propose Enhanced Rights. They suggest; a person decides (domain.md rule 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from beacon.entitlements.terms import EnhancedGround

_ADULT_AT = 18
_OFFENCE_READ = 300  # signs of its title: a longer one is none, and would take long to search
_OFTEN = 3  # crimes within 12 months that propose "persistently targeted"
_NO_STRAND = {"", "no", "n", "none", "0", "false"}


@dataclass(frozen=True, kw_only=True)
class VictimFacts:
    """What is known of a victim and the crime when the category is proposed."""

    offence: str = ""
    offence_on: date | None = None
    born_on: date | None = None
    domestic_abuse: bool | None = None
    hate_strand: str = ""
    sexual_offence: bool | None = None
    most_serious: bool | None = None
    vulnerable: bool | None = None
    intimidated: bool | None = None
    repeat_victim: bool | None = None
    bereaved: bool | None = None
    crimes_in_a_year: int = 0


@dataclass(frozen=True)
class ProposedGround:
    """A ground that the facts suggest, the fact, and whether it needs no person to confirm it."""

    ground: EnhancedGround
    fact: str
    sets_itself: bool = False


# Words of an offence's title, each with the ground of domain.md 1.4 that it suggests.
_OFFENCES: dict[EnhancedGround, re.Pattern[str]] = {
    EnhancedGround.BEREAVED: re.compile(
        r"(?<!attempted )(?<!attempt )(?<!attempt to )(?<!conspiracy to )(?<!threats to )"
        r"(?<!soliciting )(?<!soliciting to )\bmurder\b|manslaughter|infanticide"
        r"|caus(?:e|ing) (?:the )?death|death by"
    ),
    EnhancedGround.DOMESTIC_ABUSE: re.compile(
        r"controlling (?:or|and) coercive|coercive control|domestic (?:abuse|violence)"
    ),
    EnhancedGround.HATE_CRIME: re.compile(r"(?:racial|religious)ly.*aggravated|\bhate crime"),
    EnhancedGround.TERRORISM: re.compile(r"terroris"),
    EnhancedGround.SEXUAL_OFFENCE: re.compile(
        r"\brap(?:e|ing)\b|\bsexual(?! orientation)|\bindecent (?:assault|exposure)|\bvoyeur|incest"
    ),
    EnhancedGround.TRAFFICKING: re.compile(
        r"modern slavery|slavery|servitude|forced labour|human traffick"
        r"|traffick\w* (?:of |in )?(?:people|persons?|child|women|human)"
    ),
    EnhancedGround.ATTEMPTED_MURDER: re.compile(r"attempt(?:ed)?(?: to)? murder"),
    EnhancedGround.KIDNAP: re.compile(r"\bkidnap"),
    EnhancedGround.FALSE_IMPRISONMENT: re.compile(r"false(?:ly)? imprison"),
    EnhancedGround.ARSON_ENDANGERING_LIFE: re.compile(r"arson\b.*\bintent\b.*\bendanger"),
    EnhancedGround.WOUNDING_WITH_INTENT: re.compile(
        r"(?:\bwound\w*|grievous bodily harm|\bgbh)\b.*\bwith intent"
    ),
    # Not "harassment, alarm or distress", which is a single act.
    EnhancedGround.PERSISTENTLY_TARGETED: re.compile(r"\bstalk|\bharass(?!ment,? alarm)"),
}


def is_enhanced(grounds: Iterable[EnhancedGround]) -> bool:
    """Whether any ground holds: one is enough (domain.md rule 1.2)."""
    return any(True for _ in grounds)


def proposed_grounds(facts: VictimFacts) -> list[ProposedGround]:
    """The grounds that the facts suggest, each once; only age sets itself (domain.md rule 1.3)."""
    proposed: dict[EnhancedGround, ProposedGround] = {}
    for one in (*_from_age(facts), *_from_flags(facts), *_from_offence(facts)):
        proposed.setdefault(one.ground, one)
    return list(proposed.values())


def age_on(day: date, born_on: date) -> int:
    """How many years old a person is that day; one born on 29 February is a year older in March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _from_age(facts: VictimFacts) -> Iterator[ProposedGround]:
    if facts.born_on is None or facts.offence_on is None:
        return
    # A birth after the offence is a slip of the pen, not a child.
    if 0 <= age_on(facts.offence_on, facts.born_on) < _ADULT_AT:
        yield ProposedGround(EnhancedGround.UNDER_18, "under 18 at the offence", sets_itself=True)


def _from_flags(facts: VictimFacts) -> Iterator[ProposedGround]:
    strand = facts.hate_strand.strip()
    flags: list[tuple[EnhancedGround, object, str]] = [
        (EnhancedGround.DOMESTIC_ABUSE, facts.domestic_abuse, "domestic abuse flag"),
        (EnhancedGround.HATE_CRIME, strand.casefold() not in _NO_STRAND, "hate crime strand"),
        (EnhancedGround.SEXUAL_OFFENCE, facts.sexual_offence, "sexual offence flag"),
        (EnhancedGround.MOST_SERIOUS, facts.most_serious, "most serious crime flag"),
        (EnhancedGround.BEREAVED, facts.bereaved, "bereaved flag"),
        (EnhancedGround.VULNERABLE, facts.vulnerable, "vulnerable flag"),
        (EnhancedGround.INTIMIDATED, facts.intimidated, "intimidated flag"),
        (EnhancedGround.PERSISTENTLY_TARGETED, facts.repeat_victim, "repeat victim flag"),
        (
            EnhancedGround.PERSISTENTLY_TARGETED,
            facts.crimes_in_a_year >= _OFTEN,
            f"{facts.crimes_in_a_year} crimes in 12 months",
        ),
    ]
    for ground, is_so, fact in flags:
        if is_so:
            yield ProposedGround(ground, fact)


def _from_offence(facts: VictimFacts) -> Iterator[ProposedGround]:
    offence = " ".join(facts.offence[:_OFFENCE_READ].casefold().split())
    for ground, words in _OFFENCES.items():
        if words.search(offence):
            yield ProposedGround(ground, "the offence")
