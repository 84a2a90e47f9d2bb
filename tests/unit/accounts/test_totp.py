"""The codes of an authenticator app, and which browser or place is new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from beacon.accounts import devices, totp

# RFC 6238, appendix B: the secret of its test vectors in base32, codes cut to six figures.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(("second", "code"), VECTORS)
def test_the_codes_are_those_of_the_standard(second: int, code: str):
    at = datetime.fromtimestamp(second, UTC)
    assert totp.step_of(SECRET, code, at) == second // 30


@pytest.mark.proves("A-17")
@pytest.mark.parametrize(
    ("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_one_step_either_side_counts(steps: int, counts: bool):
    at = datetime.fromtimestamp(1234567890, UTC)
    assert (totp.step_of(SECRET, "005924", at - steps * STEP) is not None) is counts


@pytest.mark.parametrize("typed", ["005 924", "005-924", " 005924 "])
def test_a_code_may_be_typed_in_groups(typed: str):
    assert totp.step_of(SECRET, typed, datetime.fromtimestamp(1234567890, UTC)) is not None


@pytest.mark.parametrize("typed", ["", "5924", "0059244", "００５９２４", "abcdef", "²²²²²²"])
def test_what_is_not_six_plain_figures_is_no_code(typed: str):
    assert totp.step_of(SECRET, typed, datetime.fromtimestamp(1234567890, UTC)) is None


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
NEWER = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
BEFORE = [("203.0.113.7", FIREFOX)]


@pytest.mark.proves("S-09")
@pytest.mark.parametrize(
    ("ip", "agent", "earlier", "is_news"),
    [
        ("203.0.113.7", FIREFOX, [], False),
        ("203.0.113.7", FIREFOX, BEFORE, False),
        ("203.0.113.200", NEWER, BEFORE, False),
        ("203.0.114.7", FIREFOX, BEFORE, True),
        ("203.0.113.7", CHROMIUM, BEFORE, True),
        ("2001:db8:1:2::5", FIREFOX, [("2001:db8:1:9::1", FIREFOX)], False),
        ("2001:db8:2::5", FIREFOX, [("2001:db8:1::1", FIREFOX)], True),
        ("::ffff:203.0.113.9", FIREFOX, BEFORE, False),
    ],
)
def test_a_browser_or_a_network_not_seen_before_is_news(
    ip: str, agent: str, earlier: list[tuple[str, str]], is_news: bool
):
    assert devices.is_news(ip, agent, earlier, is_first=not earlier) is is_news


@pytest.mark.proves("S-09")
def test_whoever_has_been_here_and_of_whom_nothing_is_known_is_told():
    assert devices.is_news("203.0.113.7", FIREFOX, [], is_first=False)
