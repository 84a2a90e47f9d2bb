"""The ground of every form: one token, one way to ask whether it was answered well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any  # answers are of whatever type each field yields

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, FileField, MultipleFileField, PasswordField

from beacon.core.errors import RuleBroken
from beacon.web import drafts

NOT_ANSWERS = frozenset({"CSRFTokenField", "SubmitField"})


@dataclass(frozen=True)
class Mistake:
    """One line of the error summary, and the box it leads to."""

    message: str
    target: str | None


class BeaconForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Questions on a page; its answers are already of our own types."""

    keeps_draft = True
    is_back = False  # the boxes hold what was typed before the session ended
    both: Any = None  # what is saved beside what was typed (web.versions)

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF is untyped
        """Where the answers come from: what was sent, or what was typed here before."""

        def wrap_formdata(self, form: BeaconForm, formdata: Any) -> Any:
            """A page that is opened again has its answers back in the boxes (V-03)."""
            if formdata is not _Auto:
                return formdata
            if form.is_submitted():  # a form alone: a body of JSON is no answer (C-06)
                return CombinedMultiDict((request.files, request.form))
            if not form.may_be_kept:
                return None
            typed = drafts.typed_before()
            form.is_back = typed is not None and any(field.name in typed for field in form)
            return typed if form.is_back else None

    @property
    def may_be_kept(self) -> bool:
        """Whether what is typed is kept: no file, and nothing that proves who somebody is."""
        unkept = FileField | MultipleFileField | PasswordField
        return self.keeps_draft and not any(isinstance(field, unkept) for field in self)

    def submitted_well(self) -> bool:
        """Whether the form was sent, with its token, and every answer can be used."""
        is_good = bool(self.validate_on_submit())
        if is_good:
            drafts.note_sent(self)
        return is_good

    def answers(self) -> dict[str, Any]:
        """Every answer by its name, without the token."""
        return {field.name: field.data for field in self if field.type not in NOT_ANSWERS}

    def refuse(self, refusal: RuleBroken) -> None:
        """Put the refusal's sentence by the box it names, or at the top of the form."""
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors = [*self.form_errors, refusal.message]
        else:
            field.errors = [*field.errors, refusal.message]

    @property
    def has_files(self) -> bool:
        """Whether the form must be sent in parts, because it carries a file."""
        return any(isinstance(field, FileField | MultipleFileField) for field in self)

    def mistakes(self) -> Iterator[Mistake]:
        """Every error sentence in the order of the page, with the box to go to."""
        for message in self.form_errors:
            yield Mistake(str(message), None)
        for field in self:
            yield from _mistakes(field)


class OrderForm(BeaconForm):
    """An order without a question: the button and its token."""


class FilterForm(BeaconForm):
    """Questions in the address of a list, so that a filtered list can be kept and sent on."""

    class Meta:
        """A filter changes nothing, so it needs no token."""

        csrf = False

    def __init__(self, **known: Any) -> None:
        super().__init__(formdata=request.args or None, **known)

    def asked_well(self) -> bool:
        """Whether every answer can be used; an empty filter can."""
        return bool(self.validate())


def _mistakes(field: Field) -> Iterator[Mistake]:
    """The field's first error; a group of fields gives those of its parts."""
    errors = field.errors
    if isinstance(errors, dict) or (errors and isinstance(errors[0], dict | list)):
        for part in field:  # type: ignore[attr-defined]  # FormField and FieldList hold fields
            yield from _mistakes(part)
    elif errors:
        yield Mistake(str(errors[0]), getattr(field, "error_target", field.id))
