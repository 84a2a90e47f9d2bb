"""Postcodes, however typed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.core.postcode import Postcode


@pytest.mark.parametrize("typed", ["AL1 3LB", "al13lb", " Al1  3lB ", "AL1-3LB", "ＡＬ１ ３ＬＢ"])
def test_one_postcode_in_every_writing(typed: str):
    assert str(Postcode.parse(typed)) == "AL1 3LB"


@pytest.mark.parametrize(
    "typed",
    ["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "GIR 0AA", "BF1 3AA"],
)
def test_every_shape_of_postcode_is_read(typed: str):
    assert str(Postcode.parse(typed)) == typed


def test_the_outward_half_is_the_district_of_the_post():
    assert Postcode.parse("SG13 8EQ").outward == "SG13"


@pytest.mark.parametrize(
    "typed", ["", "AL1", "AL1 3L", "AL1 3LBB", "QA1 3LB", "AL1 3CB", "1AL 3LB", "AL1 3LB, Herts"]
)
def test_what_is_no_postcode_is_refused(typed: str):
    with pytest.raises(ValueError, match="full postcode"):
        Postcode.parse(typed)


@given(st.text(string.ascii_letters + string.digits + " ", max_size=8))
def test_what_is_read_is_written_and_read_alike(typed: str):
    try:
        postcode = Postcode.parse(typed)
    except ValueError:
        return
    assert Postcode.parse(str(postcode)) == postcode
