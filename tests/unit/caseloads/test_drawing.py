"""The drawing of the board: names beside their bars, each with its value, and nothing inline."""

from __future__ import annotations

import re

from beacon.web import charts

NAMES = [f"Manager {number:02}" for number in range(25)]


def drawn() -> str:
    return charts.lying(NAMES, list(range(0, 125, 5)), write=lambda percent: f"{percent}%")


def test_every_name_and_value_stands_in_the_drawing_the_first_on_top():
    places = {
        words: float(y)
        for y, words in re.findall(r'<text[^>]*\sy="([0-9.]+)"[^>]*>(Manager \d\d)</text>', drawn())
    }
    assert sorted(places, key=lambda name: places[name]) == NAMES
    assert re.findall(r">(\d+%)</text>", drawn()).count("120%") == 1


def test_names_end_where_bars_begin_and_values_begin_where_they_end():
    for anchor, words in re.findall(r'<text[^>]*text-anchor="(\w+)"[^>]*>([^<]+)</text>', drawn()):
        assert anchor == ("start" if words.endswith("%") else "end"), words


def test_it_has_neither_style_nor_script():
    assert re.search(r"<style|<script|style=|class=", drawn()) is None


def test_a_board_of_nobody_is_drawn_too():
    assert charts.lying([], [], write=str).startswith("<svg")
