"""The five measures, their one scale, the pages on which they are asked, and how they are cut."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """What is asked: the five measures that the service is known by (domain.md 2)."""

    SATISFIED = "satisfied"
    EASY = "easy"
    INFORMED = "informed"
    CONFIDENT = "confident"
    SAFER = "safer"

    @property
    def label(self) -> str:
        """The measure as a table of figures names it."""
        return MEASURES[self][0]

    @property
    def question(self) -> str:
        """The measure as a person is asked, on a page and on the telephone."""
        return MEASURES[self][1]


MEASURES: dict[Measure, tuple[str, str]] = {
    Measure.SATISFIED: ("Satisfied", "Overall, I am satisfied with the help I had"),
    Measure.EASY: ("Easy to access", "It was easy to get help from us"),
    Measure.INFORMED: ("Better informed", "I am better informed than I was before"),
    Measure.CONFIDENT: ("Improved confidence", "I feel more confident than I did before"),
    Measure.SAFER: ("Feels safer", "I feel safer than I did before"),
}


class Score(StrEnum):
    """The one scale. The top two count as positive; the last is no answer at all."""

    FIVE = "5"
    FOUR = "4"
    THREE = "3"
    TWO = "2"
    ONE = "1"
    NONE = "none"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return SCORES[self]

    @property
    def counts(self) -> bool:
        """Whether it is an answer to the question."""
        return self is not Score.NONE

    @property
    def is_positive(self) -> bool:
        """Whether it is one of the top two."""
        return self in {Score.FIVE, Score.FOUR}


SCORES: dict[Score, str] = {
    Score.FIVE: "Strongly agree",
    Score.FOUR: "Agree",
    Score.THREE: "Neither agree nor disagree",
    Score.TWO: "Disagree",
    Score.ONE: "Strongly disagree",
    Score.NONE: "Does not apply to me, or I would rather not say",
}


class Page(StrEnum):
    """The pages, in their order: a measure a page, then words, then whether to be rung."""

    SATISFIED = "1"
    EASY = "2"
    INFORMED = "3"
    CONFIDENT = "4"
    SAFER = "5"
    WORDS = "6"
    CALL = "7"

    @property
    def label(self) -> str:
        """The page as it is named among the others."""
        return f"Question {self.value}"


PAGES_OF_MEASURES: dict[Page, Measure] = dict(zip(Page, Measure, strict=False))


class Dimension(StrEnum):
    """By what the counts are told apart: one thing at a time, and never two together."""

    ALL = "all"
    DISTRICT = "district"
    CRIME = "crime"
    CATEGORY = "category"
    AGE = "age"
    TEAM = "team"
    POINT = "point"

    @property
    def label(self) -> str:
        """The cut as a heading says it."""
        return DIMENSIONS[self]


DIMENSIONS: dict[Dimension, str] = {
    Dimension.ALL: "Everybody",
    Dimension.DISTRICT: "District",
    Dimension.CRIME: "Group of crime",
    Dimension.CATEGORY: "Enhanced or standard",
    Dimension.AGE: "Age",
    Dimension.TEAM: "Team",
    Dimension.POINT: "When they were asked",
}
