"""A form that somebody else has saved meanwhile: both versions side by side, and nothing is lost.

A page carries the version of what it shows. Where the record has another by now, its command raises
`Stale`, and `meet` puts beside what was typed what is saved. The macro `page_form` shows both, with
one press to keep either, or the words of both (security.md L-02, V-05).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any  # answers are of whatever type each field yields

from flask import request
from wtforms import Field

from beacon.core import clock
from beacon.core.errors import RuleBroken, Stale
from beacon.web.fields import BooleanField, CheckboxesField, HiddenField, TextAreaField
from beacon.web.forms import NOT_ANSWERS, BeaconForm

LONGEST_VERSION = 10
WHY = "reason"
TICK = "sure"  # the answer to our own question (web.asked_twice), and none of the record's
Sent = list[tuple[str, str]]


@dataclass(frozen=True)
class Difference:
    """One question of a form: what is saved, and what was typed."""

    label: str
    saved: str
    typed: str

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return self.saved == self.typed


@dataclass(frozen=True)
class BothVersions:
    """What is saved and what was typed, and what a form sends that keeps the one or both."""

    lines: list[Difference]
    mine: Sent
    joined: Sent | None  # None: there are no words of both to keep


class VersionedForm(BeaconForm):
    """A change of a record as it stood when the page was opened."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version the person was looking at; nought where the page's own word was altered."""
        text = str(self.version.data or "")
        plain = text.isascii() and text.isdecimal() and len(text) < LONGEST_VERSION
        return int(text) if plain else 0

    def meet(self, saved: VersionedForm) -> None:
        """Hold the answers from now on against what is saved, and show both."""
        now = str(saved.version.data or "")
        self.version.typed = now
        sent = [
            (name, text)
            for name, text in request.form.items(multi=True)
            if name not in {"csrf_token", self.version.name}
        ]
        lines = list(_differences(self, saved))
        joined = _joined(self, saved, sent)
        kept = [(self.version.name, now)]
        self.both = BothVersions(
            lines=lines,
            mine=sent + kept,
            joined=None if joined is None else joined + kept,
        )


def carried_out(
    form: BeaconForm, order: Callable[[], object], saved: Callable[[], VersionedForm]
) -> bool:
    """Give the order. Where a rule says no, keep the answers; where the page is stale, show both.

    ``saved`` makes the same form from the record as it is now.
    """
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        if isinstance(refusal, Stale) and isinstance(form, VersionedForm):
            form.meet(saved())
        return False
    return True


def words_of(field: Field) -> str:
    """An answer as a person reads it."""
    answer = field.data
    if isinstance(field, BooleanField):
        return "Yes" if answer else "No"
    if isinstance(field, CheckboxesField):
        return ", ".join(_chosen(field, one) for one in answer or ())
    if answer is None or answer == "":
        return ""
    if hasattr(field, "choices"):
        return _chosen(field, answer)
    if isinstance(answer, datetime):
        local = clock.london(answer)
        return f"{local.day} {local:%B %Y at %H:%M}"
    if isinstance(answer, date):
        return f"{answer.day} {answer:%B %Y}"
    return str(answer)


def _chosen(field: Any, answer: object) -> str:
    value = answer.value if isinstance(answer, StrEnum) else str(answer)
    for choice in field.choices or ():
        if str(getattr(choice, "value", choice)) == value:
            return str(getattr(choice, "label", value))
    return value


def _differences(typed: BeaconForm, saved: BeaconForm) -> Iterator[Difference]:
    for field in typed:
        if isinstance(field, HiddenField) or field.type in NOT_ANSWERS or field.name == TICK:
            continue
        if field.name not in saved:
            continue
        mine, theirs = words_of(field), words_of(saved[field.name])
        if field.name == WHY and not theirs:
            continue  # why this change is made, and no part of the record
        if mine or theirs:
            yield Difference(field.label.text, theirs, mine)


def _joined(typed: BeaconForm, saved: BeaconForm, sent: Sent) -> Sent | None:
    """What was sent, with the saved words before the typed ones wherever both wrote something."""
    both = {}
    for field in typed:
        if isinstance(field, TextAreaField) and field.name in saved:
            mine, theirs = field.data or "", saved[field.name].data or ""
            if mine and theirs and mine not in theirs:
                # What somebody only wrote on is not said twice.
                both[field.name] = mine if theirs in mine else f"{theirs}\n\n{mine}"
    if not both:
        return None
    return [(name, both.get(name, text)) for name, text in sent]
