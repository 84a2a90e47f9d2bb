"""References: ours strict, those of others questioned but kept."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.core.reference import ALPHABET, CaseReference, asn, crime_reference, urn


@pytest.mark.parametrize(
    "typed", ["BCN-7K2M4", "bcn-7k2m4", " BCN 7K2M4", "bcn7k2m4", "BCN–7K2 M4"]
)
def test_one_reference_in_every_writing(typed: str):
    assert str(CaseReference.parse(typed)) == "BCN-7K2M4"


@pytest.mark.parametrize(
    "typed", ["", "BCN", "7K2M4", "BCN-7K2M", "BCN-7K2M44", "BCN-7K2A4", "BCN-0K2M4"]
)
def test_what_is_no_reference_of_ours_is_refused(typed: str):
    with pytest.raises(ValueError, match="Enter a case reference"):
        CaseReference.parse(typed)


@pytest.mark.parametrize("letter", list("AEIOU01"))
def test_no_letter_that_spells_words_or_is_misread(letter: str):
    assert letter not in ALPHABET


def test_a_seeded_reference_is_the_same_again():
    first, again = (CaseReference.make(random.Random(7)) for _ in range(2))
    assert first == again


def test_references_made_by_chance_differ():
    assert len({CaseReference.make() for _ in range(50)}) > 45


@given(st.randoms(use_true_random=False))
def test_what_is_made_can_be_read_again(source: random.Random):
    made = CaseReference.make(source)
    assert CaseReference.parse(str(made).lower()) == made


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("41/66827/20", "41/66827/20"),
        (" 41 / 66827 / 20 ", "41/66827/20"),
        ("41/000895/21", "41/895/21"),
        ("41/895/2021", "41/895/21"),
        ("41\\895\\21", "41/895/21"),
    ],
)
def test_a_crime_reference_has_one_normal_form(typed: str, normal: str):
    assert crime_reference(typed) == (normal, None)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("isr 123", "ISR123"),
        ("35/123/26", "35/123/26"),
        ("", ""),
        ("41/1234567/26", "41/1234567/26"),
    ],
)
def test_an_unusual_crime_reference_is_kept_and_questioned(typed: str, normal: str):
    checked = crime_reference(typed)
    assert checked.normal == normal
    assert checked.warning


@pytest.mark.parametrize("typed", ["41E10001224", "41e1 0001224", "41/E1/00012/24"])
def test_a_urn_has_one_normal_form(typed: str):
    assert urn(typed) == ("41E10001224", None)


@pytest.mark.parametrize("typed", ["41F11000026X", "", "00NP0001224", "dd00 0001224"])
def test_an_unusual_or_stand_in_urn_is_questioned(typed: str):
    assert urn(typed).warning


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("2441E10100000012345F", "2441E10100000012345F"),
        ("24/41E1/01/12345F", "2441E10100000012345F"),
        ("11/01zd/01/448754k", "1101ZD0100000448754K"),
    ],
)
def test_an_asn_has_one_normal_form_in_which_long_and_short_are_equal(typed: str, normal: str):
    assert asn(typed) == (normal, None)


def test_an_asn_with_the_wrong_check_letter_is_kept_and_questioned():
    assert asn("24/41E1/01/12345G").normal == "2441E10100000012345G"
    assert "does not fit" in (asn("24/41E1/01/12345G").warning or "")


def test_what_is_no_asn_is_kept_and_questioned():
    assert asn("12345").normal == "12345"
    assert "does not look like" in (asn("12345").warning or "")


@given(st.text(max_size=25))
def test_a_normal_form_is_its_own_normal_form(typed: str):
    for check in (crime_reference, urn, asn):
        assert check(check(typed).normal).normal == check(typed).normal
