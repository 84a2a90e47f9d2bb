"""What has been answered so far, and which page comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from beacon.surveys.terms import PAGES_OF_MEASURES, Measure, Page, Score

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Answers:
    """What was answered on each page, as its one box sent it."""

    said: Mapping[str, str] = field(default_factory=dict)

    def of(self, page: Page) -> str:
        """The answer of one page; empty where there is none."""
        return self.said.get(page.value, "")

    def has(self, page: Page) -> bool:
        """Whether the page was answered; words may be left empty."""
        return page.value in self.said

    def with_page(self, page: Page, answer: str) -> Answers:
        """The same, with one page answered anew."""
        return Answers({**self.said, page.value: answer})

    @property
    def scores(self) -> dict[Measure, Score]:
        """What was said of each measure that counts: 'does not apply' is not in it."""
        given = {
            measure: Score(self.of(page))
            for page, measure in PAGES_OF_MEASURES.items()
            if self.of(page) in set(Score)
        }
        return {measure: score for measure, score in given.items() if score.counts}

    @property
    def words(self) -> str:
        """What was written freely."""
        return self.of(Page.WORDS).strip()

    @property
    def wants_a_call(self) -> bool:
        """Whether they ask to be called back: then, and only then, it is joined to the case."""
        return self.of(Page.CALL) == YES


def asked() -> list[Page]:
    """Every page in its order."""
    return list(Page)


def unanswered(answers: Answers) -> Page | None:
    """The first page that is not answered yet; None where all are."""
    return next((page for page in Page if not answers.has(page)), None)


def before(page: Page) -> Page | None:
    """The page that comes before one."""
    order = list(Page)
    return order[order.index(page) - 1] if page is not order[0] else None
