"""How high a risk is: the score, the grounds, and what never lowers a level (domain.md RULE 3.1).

DASH supports a person's judgement and does not replace it. Only "yes" counts. Bands in wide use:
1 to 9 standard, 10 to 13 medium, 14 and above high [S:PLYM] [S:NIDAS]; the stalking form has no
cut-off [S:SST], so none is made up here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from beacon.cases.rules import months_after
from beacon.risk.terms import QUESTIONS, SIGNS, Answer, RiskGround, RiskLevel, RiskTool


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From where on a ground holds; each is a setting."""

    visible_high: int = 14
    medium: int = 10
    call_outs: int = 3
    repeat_months: int = 12


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """What was said and known on the day of an assessment."""

    tool: RiskTool = RiskTool.DASH
    answers: Mapping[int, Answer] = field(default_factory=dict)
    judgement: str = ""  # why, in a person's own words; without words it is no ground
    call_outs: int | None = None  # police call-outs in the last 12 months, where known
    last_marac_on: date | None = None  # of the same parties
    incident_on: date | None = None  # the newest incident between them


@dataclass(frozen=True)
class Ground:
    """One ground that holds, with the figure and the threshold it was held against."""

    ground: RiskGround
    figure: int | None = None
    threshold: int | None = None


def score(answers: Mapping[int, Answer]) -> int:
    """How many were answered yes. No, don't know and not asked count nothing."""
    return sum(answer is Answer.YES for answer in answers.values())


def band(yes: int, thresholds: Thresholds) -> RiskLevel:
    """The band of a DASH score by itself."""
    if yes >= thresholds.visible_high:
        return RiskLevel.HIGH
    return RiskLevel.MEDIUM if yes >= thresholds.medium else RiskLevel.STANDARD


def grounds(known: Assessed, thresholds: Thresholds) -> list[Ground]:
    """Every ground for a high risk that holds, in the order of MARAC's own criteria."""
    found = []
    if known.judgement.strip():
        found.append(Ground(RiskGround.JUDGEMENT))
    yes = score(known.answers)
    if known.tool is RiskTool.DASH and yes >= thresholds.visible_high:
        found.append(Ground(RiskGround.VISIBLE_HIGH, yes, thresholds.visible_high))
    calls = known.call_outs
    if calls is not None and calls >= thresholds.call_outs:
        found.append(Ground(RiskGround.CALL_OUTS, calls, thresholds.call_outs))
    if is_repeat(known.last_marac_on, known.incident_on, thresholds.repeat_months):
        found.append(Ground(RiskGround.REPEAT, None, thresholds.repeat_months))
    return found


def is_repeat(last_marac_on: date | None, incident_on: date | None, months: int) -> bool:
    """Whether the incident came within so many months of the last MARAC, its last day with it."""
    if last_marac_on is None or incident_on is None:
        return False
    return last_marac_on <= incident_on <= months_after(last_marac_on, months)


def assessed_level(known: Assessed, thresholds: Thresholds) -> RiskLevel | None:
    """What an assessment comes to: high by any ground, else the band of DASH; else a person says.

    None where the tool has no band of its own and no ground holds.
    """
    if grounds(known, thresholds):
        return RiskLevel.HIGH
    return band(score(known.answers), thresholds) if known.tool is RiskTool.DASH else None


def standing_level(before: RiskLevel | None, assessed: RiskLevel | None) -> RiskLevel | None:
    """The level that stands afterwards: an assessment raises it and never lowers it."""
    levels = [level for level in (before, assessed) if level is not None]
    return max(levels, key=lambda level: level.rank, default=None)


def is_rise(before: RiskLevel | None, after: RiskLevel | None) -> bool:
    """Whether the risk is high now and was not before: its same-day tasks are made (RULE 3.2)."""
    return after is RiskLevel.HIGH and before is not RiskLevel.HIGH


def critical_signs(tool: RiskTool, answers: Mapping[int, Answer]) -> list[str]:
    """The single signs that are marked beside the score; they decide nothing by themselves."""
    yes = {number for number, answer in answers.items() if answer is Answer.YES}
    return [
        sign.label for sign in SIGNS.get(tool, ()) if any(topics <= yes for topics in sign.any_of)
    ]


def questions_of(tool: RiskTool) -> dict[int, str]:
    """The topics of a tool by their numbers; none where its questions are not asked here."""
    return dict(enumerate(QUESTIONS.get(tool, ()), start=1))
