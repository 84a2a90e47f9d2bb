"""Boxes about documents, letters, and a case on paper."""

from __future__ import annotations

from typing import Any

from beacon.documents.commands import FileGiven, Given
from beacon.documents.models import CaseLetter, Document
from beacon.documents.rules import MAX_BYTES
from beacon.documents.terms import DocumentKind, LetterTemplate, PrintedFor
from beacon.web.fields import (
    BooleanField,
    DateField,
    FileField,
    InputRequired,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm
from beacon.web.versions import VersionedForm


class _About(BeaconForm):
    """What is said of a document."""

    title = StringField(
        "What it is", [InputRequired("Enter what the document is, in a few words")], max_length=150
    )
    kind = SelectField(
        "Kind",
        [InputRequired("Choose what kind of document it is")],
        coerce=DocumentKind,
        choices=[
            ("", "Choose what kind of document it is"),
            *((one.value, one.label) for one in DocumentKind),
        ],
    )
    dated_on = DateField("The day that stands on it")
    about = TextAreaField("What matters in it", max_length=2_000)
    is_sensitive = BooleanField(
        "Sensitive: for fewer people. Statements, medical papers and safeguarding always are"
    )

    def given(self) -> Given:
        """What was said, as the command wants it."""
        return Given(
            kind=self.kind.data,
            title=self.title.data or "",
            about=self.about.data or "",
            dated_on=self.dated_on.data,
            is_sensitive=bool(self.is_sensitive.data),
        )


class AddForm(_About):
    """A file, and what is said of it. What was typed is kept where the file is refused."""

    file = FileField("File", [InputRequired("Choose a file")])

    @property
    def may_be_kept(self) -> bool:
        """The words are kept like those of any other form; a file never is (security.md V-03)."""
        return True

    def file_given(self) -> FileGiven:
        """The file, read no further than one byte beyond what may be kept."""
        sent = self.file.data
        return FileGiven(name=sent.filename or "", content=sent.read(MAX_BYTES + 1))


class ChangeForm(VersionedForm, _About):
    """What is said of a document from now on."""

    @classmethod
    def of(cls, document: Document, **how: Any) -> ChangeForm:
        """The boxes with what is saved in them."""
        return cls(
            version=str(document.version),
            title=document.title,
            kind=document.kind,
            dated_on=document.dated_on,
            about=document.about,
            is_sensitive=document.is_sensitive,
            **how,
        )


class RemoveForm(VersionedForm):
    """Why a document is removed."""

    reason = TextAreaField(
        "Why it is removed", [InputRequired("Enter why it is removed")], max_length=500
    )


class BeginForm(BeaconForm):
    """With which words a letter begins."""

    template = RadioField(
        "What is the letter about?",
        [InputRequired("Choose what the letter is about")],
        coerce=LetterTemplate,
        choices=[(one.value, one.label) for one in LetterTemplate],
    )


class LetterForm(VersionedForm):
    """The words of a letter."""

    words = TextAreaField(
        "The letter", [InputRequired("Enter the words of the letter")], max_length=5_000
    )

    @classmethod
    def of(cls, letter: CaseLetter, **how: Any) -> LetterForm:
        """The letter as it is saved."""
        return cls(version=str(letter.version), words=letter.words, **how)


class QueueForm(VersionedForm):
    """A letter as it was looked at, to be printed."""


class OnPaperForm(BeaconForm):
    """Why a case is printed."""

    why = RadioField(
        "Why do you print it?",
        [InputRequired("Choose why you print it")],
        coerce=PrintedFor,
        choices=[(one.value, one.label) for one in PrintedFor],
    )
