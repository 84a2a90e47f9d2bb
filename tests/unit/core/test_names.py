"""Names: the same person's, however typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.core.names import name_key, phonetic


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("O’Neill", "oneill"),
        ("O'NEILL", "oneill"),
        ("O`Neill", "oneill"),
        ("O´Neill", "oneill"),
        ("Oʼneill", "oneill"),
        ("Smith-Jones", "smith jones"),
        ("Smith–Jones", "smith jones"),
        ("  Smith   Jones ", "smith jones"),
        ("Łukasz", "lukasz"),
        ("Müller", "muller"),
        ("Mu\u0308ller", "muller"),
        ("Søren", "soren"),
        ("Weiß", "weiss"),
        ("Æthelred", "aethelred"),
        ("İpek", "ipek"),
        ("Zoë", "zoe"),
        ("St. John", "st john"),
        ("van der Berg", "van der berg"),
        ("Ｓｍｉｔｈ", "smith"),
        ("Юлия", "юлия"),
        ("李", "李"),
        ("A\u200bnne", "anne"),
        ("", ""),
    ],
)
def test_a_name_has_one_key(typed: str, key: str):
    assert name_key(typed) == key


@pytest.mark.parametrize(
    ("one", "other"), [("Clarke", "Clark"), ("Philip", "Filip"), ("Smith-Jones", "Smyth Jones")]
)
def test_names_that_sound_alike_share_a_code(one: str, other: str):
    assert phonetic(one) == phonetic(other)


def test_a_name_in_another_script_stands_for_its_own_sound():
    assert phonetic("李") == "李"


def test_names_that_sound_unlike_do_not_share_a_code():
    assert phonetic("Clarke") != phonetic("Baker")


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(typed: str):
    assert name_key(name_key(typed)) == name_key(typed)


@given(st.text(max_size=30))
def test_any_name_has_a_sound(typed: str):
    assert isinstance(phonetic(typed), str)


def test_a_key_is_no_longer_than_its_column_whatever_unfolds():
    assert len(name_key("\ufdfa" * 100)) <= 220
    assert len(name_key("ﬃ" * 100)) <= 220
