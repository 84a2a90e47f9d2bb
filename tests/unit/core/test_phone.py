"""Telephone numbers, all of them Ofcom's for drama or nobody's."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.core import phone
from beacon.core.phone import Phone, PhoneKind, UkMobile
from tests.writings import WAYS


@pytest.mark.proves("I-14")
@pytest.mark.parametrize(
    "typed",
    [
        "07700900532", "07700 900532", "07700-900-532", "+447700900532", "+44 7700 900532",
        "+44 (0)7700 900 532", "0044 7700900532", "00447700900532", "(07700) 900532",
        "447700900532", "7700900532", " 07700.900.532 ", "07700\u00a0900532",
        "０７７００ ９００５３２",
        "+44\u20117700\u2013900532",
    ],
)  # fmt: skip
def test_one_mobile_number_in_every_writing(typed: str):
    assert UkMobile.parse(typed).e164 == "+447700900532"


@pytest.mark.proves("I-14")
@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("07700 900000", PhoneKind.MOBILE),
        ("07700 900999", PhoneKind.MOBILE),
        ("07624 123456", PhoneKind.MOBILE),
        ("07400 123456", PhoneKind.MOBILE),
        ("01632 960123", PhoneKind.LANDLINE),
        ("020 7946 0123", PhoneKind.LANDLINE),
        ("0113 496 0123", PhoneKind.LANDLINE),
        ("0116 496 0123", PhoneKind.LANDLINE),
        ("0117 496 0123", PhoneKind.LANDLINE),
        ("0191 498 0123", PhoneKind.LANDLINE),
        ("028 9649 6123", PhoneKind.LANDLINE),
        ("029 2018 0123", PhoneKind.LANDLINE),
        ("03069 990123", PhoneKind.NON_GEOGRAPHIC),
        ("08081 570123", PhoneKind.NON_GEOGRAPHIC),
        ("0800 1111", PhoneKind.NON_GEOGRAPHIC),
        ("070 1234 5678", PhoneKind.PERSONAL),
        ("07600 123456", PhoneKind.PAGER),
        ("+1 202 555 0123", PhoneKind.FOREIGN),
        ("00353 87 123 4567", PhoneKind.FOREIGN),
    ],
)
def test_each_number_is_of_its_kind(typed: str, kind: PhoneKind):
    assert Phone.parse(typed).kind is kind


@pytest.mark.proves("I-14")
@pytest.mark.parametrize(
    "typed",
    ["", "n/a", "999", "101", "116123", "150", "0909 879 0123", "09011 234567", "07700 90053",
     "07700 9005321", "07700 900 mum", "07700 900532 ext 5", "07700 900532 (mum)",
     "01000 000000", "07700 900532 / 07700 900533", "+999 123", "+", "0", "tel:+447700900532",
     "1" * 400],
)  # fmt: skip
def test_what_cannot_be_rung_at_an_ordinary_price_is_refused(typed: str):
    with pytest.raises(ValueError, match="Enter a"):
        Phone.parse(typed)


@pytest.mark.parametrize(
    "typed", ["01632 960123", "070 1234 5678", "07600 123456", "+1 202 555 0123", "03069 990123"]
)
def test_only_a_mobile_of_the_united_kingdom_is_a_uk_mobile(typed: str):
    with pytest.raises(ValueError, match="Enter a mobile number"):
        UkMobile.parse(typed)


def test_every_kind_has_a_label():
    assert [kind for kind in PhoneKind if not kind.label] == []


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("07700 900532", "+44 77•• •••532"),
        ("020 7946 0123", "+44 20•• •••123"),
        ("+353 87 123 4567", "+353 87•• ••567"),
        ("0800 1111", "+44 80•• 111"),
    ],
)
def test_a_masked_number_cannot_be_rung(typed: str, masked: str):
    assert Phone.parse(typed).masked == masked


def test_a_number_shows_itself_masked_in_a_trace():
    assert repr(UkMobile.parse("07700 900532")) == "UkMobile(+44 77•• •••532)"


@pytest.mark.parametrize(
    ("typed", "readable"),
    [("+447700900532", "07700 900532"), ("+353871234567", "+353 87 123 4567")],
)
def test_a_number_is_written_as_it_is_dialled_here(typed: str, readable: str):
    assert Phone.parse(typed).readable == readable


def test_a_mobile_and_the_same_number_are_equal():
    assert {UkMobile.parse("07700 900532")} == {Phone.parse("+44 7700 900532")}


@pytest.mark.parametrize(("typed", "drama"), [("07700 900532", True), ("07400 123456", False)])
def test_numbers_kept_for_drama_are_known(typed: str, drama: bool):
    assert Phone.parse(typed).is_drama is drama


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("+44 (0)7700 900 532", "+447700900532"),
        ("07700 900532 (mum)", "+447700900532"),
        ("Tel. 07700 900532", "+447700900532"),
        ("01000 000000", "441000000000"),
        ("+44 (0) 1000 000000", "441000000000"),
        ("0044 1000 000000", "441000000000"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_the_normal_form_finds_what_is_hardly_a_number(typed: str, form: str):
    assert phone.normal(typed) == form


@pytest.mark.proves("T-12")
@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS.keys())
def test_one_number_written_in_many_ways_has_one_normal_form(write: Callable[[str], str]):
    assert "+447700900532" in phone.all_in(write("07700900532"))


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("07700 900532 / 07700 900533", {"+447700900532", "+447700900533"}),
        ("07700900532 07700900533", {"+447700900532", "+447700900533"}),
        ("07700 900532 or 01632 960123", {"+447700900532", "+441632960123"}),
        ("+447700900532,+447700900533", {"+447700900532", "+447700900533"}),
    ],
)
def test_each_of_several_numbers_in_one_place_is_found(typed: str, forms: set[str]):
    assert forms <= set(phone.all_in(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900532 after 6pm",
        "(mobile) 07700 900532 after 6pm",
        "7700 900532 do not ring before 10am",
        "07700 900532 (not after 1800)",
        "+44 7700 900532 PIN 1234",
        "Tel: 07700 900532 - ask for Jo, 2nd line",
        "07700 900532 2",
    ],
)
def test_a_number_beside_a_note_with_figures_is_found(typed: str):
    assert "+447700900532" in phone.all_in(typed)


def test_where_no_figure_is_written_there_is_no_number():
    assert phone.all_in("ask her sister") == ()


@pytest.mark.parametrize("other", ["07700 900533", "01632 960532", "+1 202 555 0123", "900532"])
def test_another_number_has_another_normal_form(other: str):
    assert "+447700900532" not in phone.all_in(other)


@given(st.integers(0, 999))
def test_what_is_written_can_be_read_again(last: int):
    number = UkMobile.parse(f"07700 900{last:03}")
    written = (str(number), number.readable, phone.normal(number.readable))
    assert [UkMobile.parse(text) for text in written] == [number] * 3


@given(st.text(max_size=30) | st.text("0447+() ", max_size=16))
def test_any_text_has_a_normal_form_that_is_its_own_normal_form(typed: str):
    assert phone.normal(phone.normal(typed)) == phone.normal(typed)
