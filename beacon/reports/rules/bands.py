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
CHINESE_BEFORE_2011 = "O1"  # A4 since (domain.md RULE 2.3)


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
