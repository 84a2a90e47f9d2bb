"""From the boxes of every page to what was said: the list to check, and the command's input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar  # a field's data is of its own type

from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectField, SelectMultipleField

from beacon.core.phone import Phone
from beacon.people.commands import PointAnswer
from beacon.people.rules import PersonFacts
from beacon.people.terms import Preferred, Safe
from beacon.self_referrals import rules
from beacon.self_referrals.commands import Helper, Told
from beacon.self_referrals.forms.ground import StepForm
from beacon.self_referrals.forms.steps import FORMS
from beacon.self_referrals.rules import Answers
from beacon.self_referrals.terms import (
    NOT_KNOWN,
    Happened,
    Step,
    Strand,
    Support,
    Way,
)

# What reaches a person, and what keeps them safe, is told by their card alone.
ON_THE_CARD = frozenset({Step.NAME, Step.BORN, Step.REACH, Step.BEST, Step.VOICEMAIL, Step.TIMES})
HELPERS_OWN = frozenset({"phone", "email"})
PREFERRED = {
    Way.CALL: Preferred.PHONE,
    Way.TEXT: Preferred.SMS,
    Way.EMAIL: Preferred.EMAIL,
    Way.LETTER: Preferred.POST,
}
E = TypeVar("E")


@dataclass(frozen=True)
class Section:
    """One page in the list to check: its questions and answers."""

    step: Step
    heading: str
    rows: tuple[tuple[str, str], ...]


def page_of(step: Step, answers: Answers, *, sent: bool = False) -> StepForm:
    """The form of one page: as it was sent just now, or as it was answered before."""
    form: StepForm
    if sent or not answers.has(step):
        form = FORMS[step]()
    else:
        form = FORMS[step](MultiDict(answers.of(step)))
    form.speak(answers)
    return form


def wrong_page(answers: Answers) -> Step | None:
    """The first page that is not answered, or whose answer can be used no more."""
    return next((step for step in rules.asked(answers) if not _is_good(step, answers)), None)


def sections(answers: Answers) -> list[Section]:
    """Everything that was said, page by page, in words."""
    pages = ((step, page_of(step, answers)) for step in rules.asked(answers))
    return [Section(step, page.heading, tuple(_rows(page))) for step, page in pages]


def told_from(answers: Answers) -> Told:
    """What was said, as the command wants it; every page has been found good."""
    pages = {step: page_of(step, answers) for step in rules.asked(answers)}
    said = _Said(pages)
    ways = answers.ways
    helper = _helper(said, ways) if Step.HELPER in pages else None
    anonymous = bool(said.of(Step.NAME, "anonymous"))
    district = said.text(Step.WHERE, "district")
    return Told(
        filled_by=said.of(Step.FOR, "filled_by"),
        agreed=bool(said.of(Step.SHARE, "keep")) and not answers.is_refused,
        person=_person(said, ways, PREFERRED.get(_best(said, ways))),
        ways=_ways(said, ways),
        letter_ok=Safe.YES if Way.LETTER in ways else Safe.NO,
        helper=helper,
        organisation=said.text(Step.HELPER, "organisation"),
        anonymous=anonymous,
        kinds=said.words(Step.KIND, "kinds", Happened),
        strands=said.words(Step.STRAND, "strands", Strand),
        happened_on=said.of(Step.WHEN, "on"),
        place=said.text(Step.WHERE, "place"),
        district="" if district == NOT_KNOWN else district,
        police_told=said.of(Step.POLICE, "told"),
        danger=said.of(Step.NOW, "danger"),
        sharing=said.of(Step.SHARE, "sharing"),
        said=dict(_for_the_worker(pages)),
    )


class _Said:
    """The answers of every page that was asked; nothing, where it was not."""

    def __init__(self, pages: Mapping[Step, StepForm]) -> None:
        self.pages = pages

    def of(self, step: Step, name: str) -> Any:
        """One answer, of its own type."""
        page = self.pages.get(step)
        return page[name].data if page and name in page and page.is_opened(name) else None

    def text(self, step: Step, name: str) -> str:
        """One answer as text."""
        return str(self.of(step, name) or "")

    def words(self, step: Step, name: str, kind: type[E]) -> list[E]:
        """The ticks of one question, as words of a list."""
        return [kind(one) for one in self.of(step, name) or ()]  # type: ignore[call-arg]


def _is_good(step: Step, answers: Answers) -> bool:
    if not answers.has(step):
        return False
    form = FORMS[step](MultiDict(answers.of(step)), meta={"csrf": False})
    form.speak(answers)
    return form.validate()


def _person(said: _Said, ways: list[Way], preferred: Preferred | None) -> PersonFacts:
    direct = [way for way in ways if way in PREFERRED]
    interpreter = Support.INTERPRETER in (said.of(Step.SUPPORT, "support") or ())
    return PersonFacts(
        first_name=said.text(Step.NAME, "first_name"),
        last_name=said.text(Step.NAME, "last_name"),
        date_of_birth=said.of(Step.BORN, "born_on"),
        language=said.text(Step.SUPPORT, "language"),
        interpreter=said.text(Step.SUPPORT, "language") if interpreter else "",
        mobile=said.text(Step.REACH, "mobile"),
        phone=said.text(Step.REACH, "phone"),
        email=said.text(Step.REACH, "email"),
        address=said.text(Step.REACH, "address"),
        postcode=said.text(Step.REACH, "postcode"),
        preferred=(preferred or Preferred.NONE).value if direct else Preferred.NONE.value,
        safe=(Safe.YES if direct else Safe.NO).value,
        safe_notes="\n".join(rules.lines(_safety(said, ways))),
    )


def _safety(said: _Said, ways: list[Way]) -> dict[str, str]:
    """The words that everybody reads before they call."""
    return {
        "Reach them": "only through the person who wrote for them" if Way.HELPER in ways else "",
        "Safe times": said.text(Step.TIMES, "times"),
        "Who else might answer or see it": said.text(Step.TIMES, "others"),
        "Say to somebody else": said.text(Step.TIMES, "say"),
        "Safe word": said.text(Step.TIMES, "safe_word"),
    }


def _best(said: _Said, ways: list[Way]) -> Way:
    direct = [way for way in ways if way in PREFERRED]
    best: Way | None = said.of(Step.BEST, "best")
    return best or next(iter(direct), Way.NONE)


def _ways(said: _Said, ways: list[Way]) -> dict[str, PointAnswer]:
    """Each number and address with what was said of it: ringing and texting are two questions."""
    numbers: dict[str, set[Way]] = {}
    for way, name in ((Way.CALL, "phone"), (Way.TEXT, "mobile")):
        number = said.of(Step.REACH, name)
        if way in ways and isinstance(number, Phone):
            numbers.setdefault(number.e164, set()).add(way)
    voicemail = said.text(Step.VOICEMAIL, "voicemail") == "yes"
    found = {
        number: PointAnswer(
            safe=Safe.YES,
            call_ok=_yes(Way.CALL in may),
            text_ok=_yes(Way.TEXT in may),
            voicemail_ok=_yes(Way.CALL in may and voicemail),
        )
        for number, may in numbers.items()
    }
    if Way.EMAIL in ways:
        found[said.text(Step.REACH, "email")] = PointAnswer(safe=Safe.YES)
    return found


def _yes(is_said: bool) -> Safe:
    return Safe.YES if is_said else Safe.NO


def _helper(said: _Said, ways: list[Way]) -> Helper:
    return Helper(
        name=said.text(Step.HELPER, "name"),
        relation=said.text(Step.HELPER, "relation"),
        phone=said.text(Step.HELPER, "phone"),
        email=said.text(Step.HELPER, "email"),
        speak=Safe.YES if Way.HELPER in ways else Safe.ASK,
    )


def _for_the_worker(pages: Mapping[Step, StepForm]) -> Iterator[tuple[str, str]]:
    """Questions and answers for the page of triage, the person's own words under its own names."""
    for step, page in pages.items():
        if step in ON_THE_CARD:
            continue
        for label, words in _rows(page, but=HELPERS_OWN):
            yield label, words
    words, more = pages[Step.WORDS]["words"].data, pages[Step.NEEDS]["more"].data
    yield from (pair for pair in (("reason", words), ("notes", more)) if pair[1])


def _rows(page: StepForm, *, but: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """The answers of a page that say something, each under its label."""
    for box in page:
        if box.name == "csrf_token" or box.name in but or not page.is_opened(box.name):
            continue
        if words := in_words(box):
            yield str(box.label.text), words


def in_words(box: Field) -> str:
    """An answer as a person reads it."""
    if isinstance(box, RadioField | SelectField | SelectMultipleField):
        return "; ".join(str(one.label.text) for one in box if one.checked)
    if isinstance(box.data, bool):
        return "Yes" if box.data else ""
    if isinstance(box.data, date):
        return f"{box.data.day} {box.data:%B %Y}"
    if isinstance(box.data, Phone):
        return box.data.readable
    return str(box.data or "")
