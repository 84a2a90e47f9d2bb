"""The topics of the questions, in our own neutral words and in the order of each form.

The wording of the forms belongs to its authors and is never kept here: a service that is licensed
loads it with ``flask risk load-wording`` and it is shown in place of these (domain.md 3.1, 3.2).
"""

from __future__ import annotations

from dataclasses import dataclass

from beacon.risk.terms.levels import RiskTool

# The 24 topics in the order of the SafeLives form.
DASH: tuple[str, ...] = (
    "Injury now",
    "Very frightened",
    "Afraid of what",
    "Isolated",
    "Depressed or suicidal thoughts",
    "Separated, or tried to, in the last year",
    "Conflict over child contact",
    "Constant texts or calls, follows or stalks",
    "Pregnant, or a baby in the last 18 months",
    "Happening more often",
    "Getting worse",
    "Controls, or is jealous",
    "Weapons or objects used",
    "Threats to kill that are believed",
    "Strangled, choked, suffocated or drowned",
    "Sexual harm",
    "Another person is feared",
    "Has hurt others",
    "Mistreats animals",
    "Financial issues",
    "The abuser's drugs, alcohol or mental health",
    "The abuser's suicide threats",
    "Broke bail, an injunction or an agreement",
    "Trouble with the police, or a criminal history",
)
# About eleven topics of the screening for stalking; the form has no cut-off, and so have we none.
VS_DASH: tuple[str, ...] = (
    "Very frightened",
    "Done it before to this victim",
    "Done it before to somebody else",
    "Damaged property",
    "Comes uninvited more than three times a week",
    "Hangs about near home, work or school",
    "Threats of physical or sexual violence",
    "Pesters family, friends or colleagues",
    "Violent to somebody during it",
    "Brings other people into it",
    "Drugs, alcohol or mental health",
)
QUESTIONS: dict[RiskTool, tuple[str, ...]] = {RiskTool.DASH: DASH, RiskTool.VS_DASH: VS_DASH}


@dataclass(frozen=True)
class Sign:
    """A single sign that is marked beside the score: any of these sets of topics, answered yes."""

    label: str
    any_of: tuple[frozenset[int], ...]


def _sign(label: str, *any_of: tuple[int, ...]) -> Sign:
    return Sign(label, tuple(frozenset(numbers) for numbers in any_of))


# Critical signs as they are named locally; they decide nothing by themselves [S:PLYM].
SIGNS: dict[RiskTool, tuple[Sign, ...]] = {
    RiskTool.DASH: (
        _sign("Strangulation that did not kill", (15,)),
        _sign("Threats to kill", (14,)),
        _sign("Separation, with control and violence", (6, 12, 1), (6, 12, 11), (6, 12, 13)),
        _sign("Stalking", (8,)),
        _sign("The victim's own fear", (2,)),
        _sign("Escalation", (10,), (11,)),
    ),
    RiskTool.VS_DASH: (
        _sign("The victim's own fear", (1,)),
        _sign("Threats of violence", (7,)),
        _sign("Violence", (9,)),
    ),
}
