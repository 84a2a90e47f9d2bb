"""Passwords that thieves know are refused: by a list of words or of SHA-1, without a network."""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from beacon.accounts import commands, denylist
from beacon.accounts.denylist import FILE
from beacon.core.errors import RuleBroken
from beacon.ops import checks
from tests.factories import TEST, a_member_of_staff

DATABASES = ("sqlite",)  # no list is in the database
WORDS = ("amber", "birch", "copper", "dune", "ember", "fjord", "garnet", "hazel", "indigo", "kelp")
UNLISTED = "wheelbarrow lantern tide"


def made_up(count: int) -> list[str]:
    """Passwords of fifteen characters or more, the same with each run."""
    chance = random.Random(8)
    return [f"{'-'.join(chance.choices(WORDS, k=4))}-{number}" for number in range(count)]


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def a_file(folder: Path, lines: Iterable[str]) -> Path:
    path = folder / "list.txt"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def load(app: Flask, path: Path) -> dict[str, float]:
    answer = app.test_cli_runner().invoke(args=["accounts", "load-deny-list", str(path), "--json"])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def refusal(password: str) -> str:
    """Why the password may not be set; empty where it is."""
    try:
        commands.set_password(a_member_of_staff(), password, actor=TEST)
    except RuleBroken as refused:
        return f"{refused.field}: {refused.message}"
    return ""


@pytest.mark.proves("A-06")
def test_each_of_twenty_from_a_list_of_three_thousand_is_refused_and_told_why(
    app: Flask, tmp_path: Path
):
    common = made_up(3_000)
    assert load(app, a_file(tmp_path, common))["entries"] == 3_000
    for password in random.Random(20).sample(common, 20):
        assert refusal(password).startswith("password: That password is on a list")
    assert refusal(UNLISTED) == ""


@pytest.mark.proves("A-06")
@pytest.mark.parametrize("kind", ["words", "hashes"])
def test_the_mark_that_some_programs_write_first_hides_no_password(
    app: Flask, tmp_path: Path, kind: str
):
    common = made_up(3)
    lines = common if kind == "words" else [sha1(password) for password in common]
    path = tmp_path / "list.txt"
    path.write_text("".join(f"{line}\r\n" for line in lines), "utf-8-sig")
    assert load(app, path)["entries"] == 3
    for password in common:
        assert refusal(password).startswith("password: That password is on a list")


@pytest.mark.proves("A-08")
def test_a_password_whose_hash_is_listed_is_refused_and_another_is_not(app: Flask, tmp_path: Path):
    known = made_up(1_000)
    lines = [f"{sha1(one)}:{count}" for count, one in enumerate(known)]
    load(app, a_file(tmp_path, lines))
    assert "stolen" in refusal(known[500])
    assert refusal(UNLISTED) == ""


@pytest.mark.proves("A-06", "A-08")
def test_capitals_do_not_make_a_listed_password_another(app: Flask, tmp_path: Path):
    load(app, a_file(tmp_path, ["Amber-Birch-Copper-9", sha1("dune-ember-fjord-garnet")]))
    assert "stolen" in refusal("AMBER-birch-copper-9")
    assert "stolen" in refusal("Dune-Ember-Fjord-Garnet")


@pytest.mark.proves("A-08")
def test_a_list_of_a_million_answers_within_fifty_milliseconds(app: Flask, tmp_path: Path):
    digests = (
        hashlib.sha1(b"%d" % number, usedforsecurity=False).hexdigest()
        for number in range(1_000_000)
    )
    path = a_file(tmp_path, digests)
    assert denylist.compile_list(path, app.config["BEACON"].instance / FILE) == 1_000_000
    begun = time.perf_counter()
    found = [denylist.is_listed(str(number)) for number in (0, 999_999, 1_000_000, 31_415)]
    assert time.perf_counter() - begun < 0.05 * len(found)
    assert found == [True, True, False, True]


def test_a_long_list_is_sorted_in_parts_and_merged(app: Flask, tmp_path: Path):
    words = made_up(1_000)
    seen: list[tuple[int, int]] = []
    path = a_file(tmp_path, [*words, *words])
    count = denylist.compile_list(
        path,
        app.config["BEACON"].instance / FILE,
        lambda done, total: seen.append((done, total)),
        at_once=64,
    )
    assert count == 1_000
    assert all(map(denylist.is_listed, words))
    assert seen[-1] == (path.stat().st_size,) * 2
    assert len(seen) > 10
    left = {file.name for file in app.config["BEACON"].instance.iterdir()}
    assert not [name for name in left if name.startswith((".deny", "tmp"))]


def test_the_list_that_is_named_is_compiled_at_start_and_again_when_it_changes(
    app: Flask, tmp_path: Path
):
    path = a_file(tmp_path, made_up(10))
    config = replace(app.config["BEACON"], deny_list=path)
    compiled = config.instance / FILE
    denylist.prepare(config)
    first = compiled.stat().st_mtime_ns
    denylist.prepare(config)
    assert compiled.stat().st_mtime_ns == first
    path.write_text("amber-birch-copper-dune\n")
    os.utime(path, ns=(first, first + 1))
    denylist.prepare(config)
    assert denylist.is_listed("amber-birch-copper-dune")
    assert not denylist.is_listed(made_up(1)[0])


def test_a_compiled_list_may_be_named_as_it_is(app: Flask, tmp_path: Path):
    compiled = tmp_path / "compiled"
    denylist.compile_list(a_file(tmp_path, made_up(10)), compiled)
    was = app.config["BEACON"]
    app.config["BEACON"] = replace(was, deny_list=compiled)
    try:
        denylist.prepare(app.config["BEACON"])
        assert denylist.is_listed(made_up(1)[0])
        assert denylist.standing().entries == 10
    finally:
        app.config["BEACON"] = was


def test_half_a_compiled_list_is_no_list(app: Flask, tmp_path: Path):
    load(app, a_file(tmp_path, made_up(10)))
    compiled = app.config["BEACON"].instance / FILE
    compiled.write_bytes(compiled.read_bytes()[:-7])
    assert not denylist.standing().is_loaded


def test_a_list_that_is_not_there_is_one_clear_line(app: Flask, tmp_path: Path):
    order = ["accounts", "load-deny-list", str(tmp_path / "none.txt")]
    answer = app.test_cli_runner().invoke(args=order)
    assert (answer.exit_code, answer.stdout, len(answer.stderr.splitlines())) == (2, "", 1)


@pytest.mark.proves("A-09")
def test_the_doctor_and_the_ready_check_warn_while_no_list_is_loaded(app: Flask, tmp_path: Path):
    assert checks.deny_list().state == "warning"
    assert checks.deny_list in checks.ADVISED
    load(app, a_file(tmp_path, made_up(10)))
    assert (checks.deny_list().state, checks.deny_list().words) == ("ok", "10 passwords")


@pytest.mark.proves("A-09")
def test_the_ready_page_says_that_there_are_warnings(app: Flask, tmp_path: Path):
    app.test_cli_runner().invoke(args=["scheduler", "tick"])
    said = app.test_client().get("/readyz")
    assert (said.status_code, said.text) == (200, "ready, with warnings\n")
    load(app, a_file(tmp_path, made_up(10)))
    assert app.test_client().get("/readyz").text == "ready\n"


def test_a_named_file_that_is_missing_is_told(app: Flask, tmp_path: Path):
    was = app.config["BEACON"]
    app.config["BEACON"] = replace(was, deny_list=tmp_path / "gone.txt")
    try:
        assert "BEACON_DENY_LIST" in checks.deny_list().words
        assert checks.deny_list().state == "warning"
    finally:
        app.config["BEACON"] = was
