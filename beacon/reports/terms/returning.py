"""What a case may lack that a column of the ministry's return needs, and where it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fact(StrEnum):
    """One fact that a column needs of a case."""

    CONTACT = "contact"
    TOLD = "told"
    DISTRICT = "district"
    AGE = "age"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    ORIENTATION = "orientation"
    RELIGION = "religion"
    ATTENDANCE = "attendance"
    OUTCOME = "outcome"

    @property
    def lack(self) -> Lack:
        """How it looks where it is missing."""
        return LACKS[self]


@dataclass(frozen=True, kw_only=True)
class Lack:
    """Where those without it stand on the page of outcomes: a table, a row or a column of it."""

    label: str
    words: str  # what to do
    grid: str
    name: str = ""
    column: str = ""
    endpoint: str = "cases.show"
    box: str = ""
    by_victim: bool = False  # the page is the victim's, not the case's


FEED = "It comes from the feed: ask who sent it to put it right."
ASK = "Ask, and write down what they say."


def _of_victim(grid: str, label: str, name: str, box: str = "") -> Lack:
    """What nobody wrote down of a victim; asked on the page of what they say of themselves."""
    if not box:
        return Lack(label=label, words=FEED, grid=grid, name=name)
    return Lack(
        label=label,
        words=ASK,
        grid=grid,
        name=name,
        endpoint="people.equality",
        box=box,
        by_victim=True,
    )


BLANK, NOT_ASKED = "Not recorded", "Not asked"
LACKS: dict[Fact, Lack] = {
    Fact.CONTACT: Lack(
        label="Past the limit, and no first contact recorded",
        words="Record the contact, or an attempt.",
        grid="cases.category",
        column="missed",
        endpoint="cases.log_contact",
    ),
    Fact.TOLD: Lack(
        label="A duty past its limit, and nothing recorded",
        words="Record when the victim was told, or why not.",
        grid="code.right",
        column="missed",
    ),
    Fact.DISTRICT: Lack(label="No district", words=FEED, grid="cases.district", name=BLANK),
    Fact.AGE: _of_victim("cases.age", "No date of birth", BLANK),
    Fact.SEX: _of_victim("cases.sex", "No sex or gender", BLANK),
    Fact.ETHNICITY: _of_victim("cases.ethnicity", "No ethnicity", BLANK),
    Fact.DISABILITY: _of_victim(
        "cases.disability", "Not asked of disability", NOT_ASKED, "disability"
    ),
    Fact.ORIENTATION: _of_victim(
        "cases.orientation", "Not asked of sexual orientation", NOT_ASKED, "orientation"
    ),
    Fact.RELIGION: _of_victim(
        "cases.religion", "Not asked of religion or belief", NOT_ASKED, "religion"
    ),
    Fact.ATTENDANCE: Lack(
        label="A hearing of which nothing is recorded",
        words="Record who came.",
        grid="hearings.text",
        column="not_recorded",
    ),
    Fact.OUTCOME: Lack(
        label="An outcome that was not asked about at the close",
        words="Ask at the next closing: a closing stays as it was recorded.",
        grid="cope.outcome",
        column="not_asked",
    ),
}
