"""Approved translations of the texts to defendants: a file for each language, read at the start.

English is what is sent unless such a file is there; whoever needs an interpreter in another
language is rung (decision 0020). A file that will not do stops the start with one plain line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from beacon.core import clock
from beacon.core.given import Unset
from beacon.courts.messages import Bailed, NotGoingAhead, Requisitioned, Rescheduled
from beacon.courts.rules import ENGLISH, TODAY, TOMORROW, Speech, Translation, folded
from beacon.notify.messages import MessageUnfit, places_in

WORDS: Mapping[str, type[Any]] = {
    "bailed": Bailed,
    "requisitioned": Requisitioned,
    "rescheduled": Rescheduled,
    "not_going_ahead": NotGoingAhead,
}
TEXTS = ("language", "approved_by", "today", "tomorrow", "other_day", "day")
LISTS = {"names": None, "weekdays": 7, "months": 12}
PLACES_OF_A_DAY = {"weekday", "day", "month"}
LONGEST_NAME = 40


class _Loaded:
    """What this process has read, by each way to write a language."""

    held: Mapping[str, Translation] = {}


def configure(folder: Path | None) -> None:
    """Read every file of the folder. Called once, by create_app."""
    if folder is not None and not folder.is_dir():
        raise Unset(f"BEACON_TRANSLATIONS: {folder} is no folder.")
    found: dict[str, Translation] = {}
    for path in sorted(folder.glob("*.toml")) if folder else ():
        one = _read(path)
        if twice := sorted(one.names & found.keys()):
            raise Unset(f"{path}: another file is already for {', '.join(twice)}.")
        found |= dict.fromkeys(one.names, one)
    _Loaded.held = found


def spoken(language: str) -> Speech | None:
    """How to speak to somebody who needs this language; none where nobody has approved any words.

    English where no interpreter is needed.
    """
    wanted = folded(language)
    return _Loaded.held.get(wanted) if wanted else ENGLISH


def loaded() -> list[Translation]:
    """Every translation there is, by the name of its language."""
    return sorted(set(_Loaded.held.values()), key=lambda one: one.language)


def _read(path: Path) -> Translation:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        return _made(said)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Unset(f"{path} cannot be read as TOML: {fault}") from fault
    except (ValueError, MessageUnfit) as fault:
        raise Unset(f"{path}: {fault}.") from fault


class _Unfit(ValueError):
    """A file of a translation will not do: the message says why."""


def _made(said: Mapping[str, Any]) -> Translation:
    """The translation of a file, its classes of texts checked as our own are."""
    known = {*TEXTS, *LISTS, "approved_on", "words"}
    if wrong := sorted(said.keys() ^ known):
        raise _Unfit(f"it has to say {', '.join(sorted(known))}, and nothing else; see {wrong[0]}")
    texts = {name: _text(said[name], name) for name in TEXTS}
    lists = {name: _list(said[name], name, length) for name, length in LISTS.items()}
    if len(texts["language"]) > LONGEST_NAME or not texts["language"].isidentifier():
        raise _Unfit("its language is to be one word in English, such as Polish")
    if places_in(texts["day"]) != PLACES_OF_A_DAY:
        raise _Unfit("its day is to have the places {weekday}, {day} and {month}")
    speech = Translation(
        language=texts["language"],
        names=frozenset({folded(texts["language"]), *map(folded, lists["names"])}),
        approved_by=texts["approved_by"],
        approved_on=_approved_on(said["approved_on"]),
        weekdays=lists["weekdays"],
        months=lists["months"],
        day_as=texts["day"],
        near={TODAY: texts["today"], TOMORROW: texts["tomorrow"]},
        other=texts["other_day"],
    )
    words = said["words"]
    if not isinstance(words, dict) or words.keys() != WORDS.keys():
        raise _Unfit(f"its words are to be those of {', '.join(WORDS)}")
    for name, english in WORDS.items():
        speech.messages[english] = _message(speech, english, _text(words[name], name))
    return speech


def _message(speech: Translation, english: type[Any], words: str) -> type[Any]:
    """The class of texts in this language: defining it checks its places, words and length."""
    facts = {
        "words": words,
        "longest": speech.longest(english.longest),
        "is_translated": True,
        "__doc__": f"{english.__doc__} In {speech.language}.",
        "__module__": __name__,
    }
    return type(f"{english.__name__}{speech.language}", (english,), facts)


def _text(given: object, name: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise _Unfit(f"its {name} is to be some words")
    return given.strip()


def _list(given: object, name: str, length: int | None) -> tuple[str, ...]:
    if not isinstance(given, list) or (length is not None and len(given) != length):
        raise _Unfit(f"its {name} is to be a list{f' of {length}' if length else ''}")
    return tuple(_text(one, name) for one in given)


def _approved_on(given: object) -> date:
    if type(given) is not date or given > clock.today():
        raise _Unfit("its approved_on is to be a day, such as 2026-11-02, that is not to come")
    return given
