"""The licensed wording from a file: all of it or none, and never without its own number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from beacon.core.db import db
from beacon.risk import queries
from beacon.risk.terms import RiskTool

HEAD = "tool,number,wording\n"


def load(app: Flask, tmp_path: Path, text: str | bytes, *more: str):
    file = tmp_path / "wording.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["risk", "load-wording", str(file), *more])


def wording(tool: RiskTool) -> dict[int, str]:
    db.session.rollback()
    return queries.wording_of(tool)


def test_what_is_loaded_stands_in_the_place_of_our_own_words(app, tmp_path):
    text = HEAD + 'dash,1,"Words, under licence"\nDASH,24,The last\nvs_dash,1,Of stalking\n'
    done = load(app, tmp_path, "\ufeff" + text, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"dash": 2, "vs_dash": 1}
    assert wording(RiskTool.DASH)[1] == "Words, under licence"
    assert wording(RiskTool.DASH)[2] == "Very frightened"
    assert wording(RiskTool.VS_DASH)[1] == "Of stalking"


def test_loading_again_changes_what_was_loaded(app, tmp_path):
    load(app, tmp_path, HEAD + "dash,1,Before\n")
    done = load(app, tmp_path, HEAD + "dash,1,After\n")
    assert done.stdout == "DASH: the wording of 1 questions is loaded\n"
    assert wording(RiskTool.DASH)[1] == "After"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tool,number\ndash,1\n", "first row"),
        (HEAD, "no question"),
        (HEAD + "dash,25,Too far\n", "has no question 25"),
        (HEAD + "dash,0,Too near\n", "has no question 0"),
        (HEAD + "dash,1,\n", "Question 1 must have"),
        (HEAD + "dash,1,Once\ndash,1,Twice\n", "Row 3: question 1 stands there twice"),
        (HEAD + "dara,1,Not asked here\n", "Row 2: the tool must be"),
        (HEAD + "dash,one,In words\n", "Row 2: the number must be"),
        (HEAD + "dash,1,Good\nvs_dash,12,Too far\n", "has no question 12"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_file_with_a_fault_is_refused_whole_in_one_line(app, tmp_path, text, why):
    before = wording(RiskTool.DASH), wording(RiskTool.VS_DASH)
    done = load(app, tmp_path, text)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert why in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert (wording(RiskTool.DASH), wording(RiskTool.VS_DASH)) == before


def test_a_file_that_is_not_there_is_refused(app, tmp_path):
    done = app.test_cli_runner().invoke(args=["risk", "load-wording", str(tmp_path / "no.csv")])
    assert done.exit_code == 2
