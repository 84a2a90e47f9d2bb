"""What all our boxes share: one clear error at a time, and the box an error leads to."""

from __future__ import annotations

import unicodedata

import wtforms
from wtforms.validators import StopValidation


def unkeepable(text: str) -> bool:
    """Whether the text holds a character no database of ours can keep, such as NUL."""
    return any(unicodedata.category(mark) in {"Cc", "Cs"} and mark not in "\t\n\r" for mark in text)


class Answered:
    """What all our fields share: one clear error at a time, and the box an error points to."""

    first_box = ""
    in_errors = ""

    @property
    def error_target(self) -> str:
        """The id of the box that a link in the error summary goes to."""
        return f"{self.id}{self.first_box}"  # type: ignore[attr-defined]

    @property
    def name_in_errors(self) -> str:
        """What an error sentence begins with: the label, where it has no words of its own."""
        return self.in_errors or str(self.label.text).rstrip("?:")  # type: ignore[attr-defined]

    def pre_validate(self, form: wtforms.Form) -> None:
        """Stop at the first thing wrong: an answer that cannot be read is not also missing."""
        if self.process_errors:  # type: ignore[attr-defined]
            raise StopValidation
        super().pre_validate(form)  # type: ignore[misc]
