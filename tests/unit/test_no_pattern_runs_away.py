"""However long and however odd a text is, no pattern of ours takes more than a moment over it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONG = 50_000
# Cut to this length before the pattern is asked.
CUT_AT = {"beacon.entitlements.rules.grounds": 300, "beacon.web.guard": 500}
ENDLESS = 90  # seconds, for all of them together: a runaway pattern would need years
WORDS = re.compile(r"[A-Za-z]{2,}")


def patterns() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Each pattern that a module of Beacon holds, with the module and how it is asked."""
    import beacon

    for found in pkgutil.walk_packages(beacon.__path__, "beacon."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        source = inspect.getsource(module)
        for name, held in vars(module).items():
            asked = rf"\b{name}\.(search|fullmatch|match|sub|finditer|split)\("
            ways = set(re.findall(asked, source)) or {"search"}
            for pattern in in_it(held):
                for way in ways:
                    yield found.name, way, pattern


def in_it(held: object) -> list[re.Pattern[str]]:
    """The patterns in a name of a module: itself, or those of a table."""
    several = [*held, *held.values()] if isinstance(held, dict) else [held]
    return [one for one in several if isinstance(one, re.Pattern) and isinstance(one.pattern, str)]


def worst(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts on which a careless pattern begins again and again, and then finds nothing."""
    words = WORDS.findall(pattern.pattern)
    seeds = {
        "a",
        "0",
        " ",
        "A",
        "-",
        ".",
        "/",
        "/a",
        "a.",
        "0 ",
        "a@",
        "a-",
        "0,000",
        "\n",
        "[",
        "&a=1",
    }
    seeds |= {f"{word} " for word in words}
    seeds |= {" ".join(words[: n + 1]) + " " for n in range(len(words))}  # all but the last found
    for seed in seeds:
        text = (seed * (length // max(len(seed), 1) + 1))[:length]
        yield text + "!"
        yield "/" + text + "\0"
        yield "0" + text + "é"


def ask_them_all() -> int:
    """Ask every pattern about its worst texts; how many answers there were."""
    answers = 0
    for module, way, pattern in patterns():
        for text in worst(pattern, CUT_AT.get(module, LONG)):
            if way == "sub":
                pattern.sub("", text)
            elif way == "finditer":
                list(pattern.finditer(text))
            else:
                getattr(pattern, way)(text)
            answers += 1
    return answers


def ask_the_readers() -> int:
    """Ask what reads the texts of strangers, whole."""
    from beacon.core.money import Money
    from beacon.core.phone import Phone, normal
    from beacon.core.postcode import Postcode
    from beacon.core.reference import CaseReference
    from beacon.entitlements.rules import VictimFacts, proposed_grounds
    from beacon.web.fields.reading import read_date, read_time
    from beacon.web.guard import safe_next
    from beacon.web.logs import without_personal_data

    readers = [
        Money.parse, Phone.parse, Postcode.parse, CaseReference.parse, read_time, safe_next,
        without_personal_data, normal,
        lambda text: read_date([text], "Day"),
        lambda text: proposed_grounds(VictimFacts(offence=text)),
    ]  # fmt: skip
    answers = 0
    for reader in readers:
        for text in worst(re.compile("arson intent endanger racially parameters"), LONG):
            with suppress(ValueError):
                reader(text)
            answers += 1
    return answers


@pytest.mark.proves("I-16")
@pytest.mark.timeout(ENDLESS + 30)
@pytest.mark.parametrize("asked", ["ask_them_all", "ask_the_readers"])
def test_no_text_makes_a_pattern_run_away(asked: str):
    order = f"from tests.unit import test_no_pattern_runs_away as own; print(own.{asked}())"
    done = subprocess.run(
        [sys.executable, "-c", order], cwd=ROOT, capture_output=True, text=True, timeout=ENDLESS
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300


@pytest.mark.proves("I-16", "I-17")
@pytest.mark.parametrize("length", [30, 60, 480])
def test_an_address_of_one_long_part_is_read_in_one_way_alone(length: int):
    order = f"from beacon.web import guard; print(guard.safe_next('/' + 'a' * {length} + '!'))"
    done = subprocess.run(
        [sys.executable, "-c", order], cwd=ROOT, capture_output=True, text=True, timeout=ENDLESS
    )
    assert done.stdout.strip() == "/"
