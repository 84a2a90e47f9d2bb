"""Money: to the penny, and never by a float."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.core.money import Money, NegativeAmount


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1,234.56", 123456),
        ("£1,234.56", 123456),
        (" £ 19.99 ", 1999),
        ("0", 0),
        ("£0.00", 0),
        ("-0.00", 0),
        ("7.5", 750),
        ("£1,234.5", 123450),
        (".50", 50),
        ("12.", 1200),
        ("007", 700),
        ("999,999,999.99", 99_999_999_999),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, pence: int):
    assert Money.parse(typed) == Money(pence)


@pytest.mark.parametrize(
    "typed",
    ["", "£", ".", "NaN", "inf", "1e5", "1,23", "1,2345", "12,34,567", "$5", "€5", "1.2.3", "٣",
     "５０", "--5", "five", "\ufffd12.00", "1 234", "0x10", "1_000",
     "1 234,50", "1.234,5", "2k", "2m", "1,234.5o", "£1 000"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(typed: str):
    with pytest.raises(ValueError, match="Enter an amount"):
        Money.parse(typed)


@pytest.mark.parametrize("typed", ["1.234", "0.001", "19.990"])
def test_parts_of_a_penny_are_refused(typed: str):
    with pytest.raises(ValueError, match="no parts of a penny"):
        Money.parse(typed)


@pytest.mark.parametrize("typed", ["1,000,000,000", "9" * 20, "9" * 5000])
def test_more_money_than_the_county_has_is_refused(typed: str):
    with pytest.raises(ValueError, match="no more than £999,999,999"):
        Money.parse(typed)


@pytest.mark.parametrize("typed", ["-5", "£-5.00", "-£5.00", "(5.00)", "5.00-", "−5"])
def test_an_amount_below_zero_is_refused_as_such(typed: str):
    with pytest.raises(NegativeAmount):
        Money.parse(typed)


@pytest.mark.parametrize("pence", [1.0, "1", True, None])
def test_only_whole_pence_make_money(pence: object):
    with pytest.raises(TypeError):
        Money(pence)  # type: ignore[arg-type]


def test_an_amount_is_written_with_commas_and_pence():
    assert str(Money(123456)) == "£1,234.56"


def test_a_difference_below_zero_says_so():
    assert str(Money(100) - Money(1_00_00)) == "-£99.00"


def test_a_total_is_right_to_the_penny():
    assert Money.total([Money(10), Money(20)]) + Money(1) == Money(31)


@given(st.integers(0, 99_999_999_999))
def test_what_is_written_can_be_read_again(pence: int):
    assert Money.parse(str(Money(pence))) == Money(pence)


@given(st.text("0123456789£,.-() ", max_size=14))
def test_any_text_is_an_amount_or_refused(typed: str):
    try:
        read = Money.parse(typed)
    except ValueError:
        return
    assert Money.parse(str(read)) == read
