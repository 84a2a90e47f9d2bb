"""A time among the settings is four plain figures, or it is refused: its readers can rely on it."""

from __future__ import annotations

from datetime import time

import pytest
from flask import Flask

from beacon.accounts import commands
from beacon.core import settings
from beacon.core.errors import RuleBroken
from tests.factories import TEST

NIGHT = "access.night_from"


@pytest.mark.proves("I-07")
@pytest.mark.parametrize(
    "text",
    [
        "²²:00",
        "１７:００",
        "1²:00",
        "٢٢:٠٠",
        "24:00",
        "17:60",
        "7:00",
        "17.00",
        "17:0",
        "-1:00",
        "",
    ],
)
def test_a_time_in_other_figures_is_refused_with_a_sentence(app: Flask, text: str):
    with pytest.raises(RuleBroken, match="a time like 17:00"):
        commands.change_setting(NIGHT, text, actor=TEST)
    assert settings.value(NIGHT) == "22:00"


@pytest.mark.parametrize("text", ["00:00", "09:30", "19:59", "23:59", " 17:00\n"])
def test_every_time_of_the_day_is_taken(app: Flask, text: str):
    commands.change_setting(NIGHT, text, actor=TEST)
    assert time.fromisoformat(settings.value(NIGHT)) == time.fromisoformat(text.strip())
