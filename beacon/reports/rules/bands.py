"""Into which groups people fall in the figures: age, ethnicity, and why they are enhanced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beacon.entitlements.terms import GROUND_GROUPS
from beacon.reports.rules.figures import Group

NOT_RECORDED, NO_TEAM = "Not recorded", "No team"
STARTS = (18, 25, 35, 45, 55, 65, 75)  # the first age of each band but the first
# The letter by which each group of the police's self-defined ethnicity begins (domain.md 2.4).
ETHNICITIES = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black"}
CHINESE_BEFORE_2011, CHINESE = "O1", "A4"  # (domain.md RULE 2.3)
# The police's self-defined ethnicity, "18+1", with Roma as a row of its own (domain.md 2.4).
ETHNICITY_NAMES = {
    "W1": "British",
    "W2": "Irish",
    "W3": "Gypsy or Irish Traveller",
    "W4": "Roma",
    "W9": "Any other White background",
    "M1": "White and Black Caribbean",
    "M2": "White and Black African",
    "M3": "White and Asian",
    "M9": "Any other Mixed background",
    "A1": "Indian",
    "A2": "Pakistani",
    "A3": "Bangladeshi",
    "A4": "Chinese",
    "A9": "Any other Asian background",
    "B1": "Caribbean",
    "B2": "African",
    "B9": "Any other Black background",
    "O2": "Arab",
    "O9": "Any other background",
}


def left_blank(text: str) -> str:
    """What was recorded, or that nothing was."""
    return text.strip() or NOT_RECORDED


def team_name(name: str | None) -> str:
    """The team whose case it is, or that it is no team's."""
    return name or NO_TEAM


def sex(text: str) -> str:
    """Sex or gender as it was recorded, in whichever letters."""
    return left_blank(text.strip().capitalize())


def ages(on: date) -> list[tuple[int, date]]:
    """Each band by its number: younger than its end are those born after this day."""
    return [(number, _years_before(on, age)) for number, age in enumerate(STARTS)]


def age_band(number: int) -> str:
    """The band as a row says it."""
    if number < 0:
        return NOT_RECORDED
    if number == 0:
        return f"0 to {STARTS[0] - 1}"
    if number == len(STARTS):
        return f"{STARTS[-1]} and over"
    return f"{STARTS[number - 1]} to {STARTS[number] - 1}"


def ethnicity(code: str) -> str:
    """The group of a self-defined ethnicity; asked and not stated is apart from not asked."""
    word = code.strip().upper()
    if word == "NS":
        return "Not stated"
    if word == CHINESE_BEFORE_2011:
        return ETHNICITIES["A"]
    return ETHNICITIES.get(word[:1], "Other") if word else NOT_RECORDED


def kind_of(*, is_enhanced: bool, flags: Sequence[bool]) -> Group:
    """Standard; or enhanced, and under which heading of the Code (domain.md 1.4)."""
    if not is_enhanced:
        return "", "Standard"
    named = [group for group, holds in zip(GROUND_GROUPS, flags, strict=True) if holds]
    if len(named) > 1:
        return "Enhanced", "Several grounds"
    return "Enhanced", named[0] if named else "No ground recorded"


def _years_before(on: date, years: int) -> date:
    """The same day so many years ago; 28 February where there was no 29th."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def ethnicity_row(code: str) -> Group:
    """The self-defined ethnicity, below its group: the 18 of the census of 2011 (RULE 2.3)."""
    word = code.strip().upper()
    word = CHINESE if word == CHINESE_BEFORE_2011 else word
    if word not in ETHNICITY_NAMES:
        return "", ethnicity(code)
    return ETHNICITIES.get(word[0], "Other ethnic group"), ETHNICITY_NAMES[word]
