"""The addresses that people sign in by."""

import pytest

from beacon.core.mailbox import read_mailbox


@pytest.mark.parametrize(
    "typed", ["kim@example.org", " Kim.O'Neil+desk@herts.example.org ", "k@host.example"]
)
def test_a_plain_address_is_kept_as_it_is_written(typed: str):
    assert read_mailbox(typed) == typed.strip()


@pytest.mark.proves("I-08")
@pytest.mark.parametrize(
    "typed",
    ["k\u0456m@example.org", "kim@ex\u0430mple.org", "\uff4bim@example.org", "zo\u00eb@example.org",
     "kim\u200b@example.org", "kim@example\u3002org", "\u202ekim@example.org"],
)  # fmt: skip
def test_an_address_that_could_look_like_anothers_is_refused(typed: str):
    with pytest.raises(ValueError, match="plain letters"):
        read_mailbox(typed)


@pytest.mark.proves("I-18")
@pytest.mark.parametrize(
    "typed",
    ["", "kim", "@", "kim@", "@example.org", "kim@example..org", "a b@example.org",
     "kim@example.org\r\nBcc: all@example.org", "kim@example.org,all@example.org",
     "<kim@example.org>", "kim@" + "a" * 300 + ".org", "x" * 65 + "@example.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str):
    with pytest.raises(ValueError, match="like name@example.org"):
        read_mailbox(typed)
