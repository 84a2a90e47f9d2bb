"""How long a text is, by the vectors of domain.md 5.7."""

from __future__ import annotations

import pytest

from beacon.notify.segments import measure, plain


@pytest.mark.parametrize(
    ("text", "is_gsm", "segments"),
    [
        ("a" * 160, True, 1),
        ("a" * 161, True, 2),
        ("a" * 306, True, 2),
        ("a" * 307, True, 3),
        ("€" * 80, True, 1),
        ("€" * 81, True, 2),
        ("’" + "a" * 69, False, 1),
        ("’" + "a" * 70, False, 2),
        ("😀" * 35, False, 1),
        ("😀" * 36, False, 2),
        ("£5 at the café", True, 1),
    ],
)
def test_a_text_is_counted_as_the_networks_count_it(text: str, is_gsm: bool, segments: int):
    length = measure(text)
    assert (length.is_gsm, length.segments) == (is_gsm, segments)


def test_one_curly_mark_makes_three_segments_of_one():
    draft = (
        "Court reminder: you must be at St Albans Magistrates' Court, AL1 3LB, TOMORROW Tue 6 May "
        "at 9.30am. Plan your journey. If you miss it you could be arrested."
    )
    assert (measure(draft).units, measure(draft).segments) == (156, 1)
    assert measure(draft.replace("'", "’")).segments == 3
    assert plain(draft.replace("'", "’")) == draft
