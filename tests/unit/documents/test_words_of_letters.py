"""The words of a case manager's letter: they name no offence, and gaps are seen."""

from __future__ import annotations

import pytest

from beacon.documents.rules import gaps, normal_words, paragraphs, words_to_begin
from beacon.documents.terms import LetterTemplate

BETRAY = ("victim", "crime", "assault", "abuse", "police", "court", "beacon", "support")


@pytest.mark.parametrize("template", list(LetterTemplate))
def test_no_template_says_what_the_letter_is_about(template: LetterTemplate):
    words = words_to_begin(template, manager="Priya Shah").lower()
    assert not [one for one in BETRAY if one in words]
    assert "{" not in words


@pytest.mark.parametrize("template", list(LetterTemplate))
def test_every_template_leaves_something_to_fill_in(template: LetterTemplate):
    assert gaps(words_to_begin(template, manager="Priya Shah"))


def test_gaps_are_named_with_their_brackets():
    assert gaps("On [day] at [place].\n[a\nb] []") == ["[day]", "[place]"]


def test_a_letter_has_its_greeting_its_reference_and_its_author():
    said = paragraphs(
        "One.\r\n\r\n\r\nTwo,\nstill two.",
        name="Robin Marsh",
        manager="Priya Shah",
        reference="BCN-7K2M4",
        telephone="01632 960123",
    )
    assert said == [
        "Dear Robin Marsh,",
        "One.",
        "Two,\nstill two.",
        "Our telephone number is 01632 960123. Our reference is BCN-7K2M4.",
        "Yours sincerely,",
        "Priya Shah",
    ]


def test_words_have_one_blank_line_between_paragraphs():
    assert normal_words(" One. \n \n\n Two. ") == "One.\n\nTwo."
