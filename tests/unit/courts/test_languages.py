"""A file of a translation: what it must say, and the one plain line where it will not do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from beacon.core.given import Unset
from beacon.courts import languages
from beacon.courts.messages import Bailed, NotGoingAhead, Requisitioned, Rescheduled
from beacon.courts.rules import ENGLISH
from beacon.notify.segments import measure

FILES = Path(__file__).parents[2] / "data" / "translations"
POLISH = (FILES / "polish.toml").read_text("utf-8")
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    yield
    languages.configure(None)


def a_folder(place: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (place / f"{number}.toml").write_text(text, "utf-8")
    return place


@pytest.mark.parametrize("written", ["Polish", "polish", " POLISH ", "pl", "Polski"])
def test_a_language_is_known_by_any_of_its_names(written: str):
    languages.configure(FILES)
    speech = languages.spoken(written)
    assert speech is not None
    assert speech.language == "Polish"


@pytest.mark.parametrize("written", ["Romanian", "Polishh", "British Sign Language", "?"])
def test_what_nobody_has_approved_is_not_spoken(written: str):
    languages.configure(FILES)
    assert languages.spoken(written) is None


@pytest.mark.parametrize("written", ["", "  "])
def test_whoever_needs_no_interpreter_is_spoken_to_in_english(written: str):
    languages.configure(FILES)
    assert languages.spoken(written) is ENGLISH
    languages.configure(None)
    assert languages.spoken(written) is ENGLISH
    assert languages.spoken("Polish") is None


def test_each_class_of_texts_has_its_words_and_keeps_to_the_length():
    languages.configure(FILES)
    (speech,) = languages.loaded()
    facts = {
        "court": "St Albans Magistrates' Court",
        "postcode": "AL1 3LB",
        "when": speech.when(date(2026, 11, 23), TUESDAY),
        "day": speech.day(TUESDAY),
        "time": speech.time(time(9, 30)),
        "was": speech.day(date(2026, 11, 20)),
    }
    said = {}
    for english in (Bailed, Requisitioned, Rescheduled, NotGoingAhead):
        text = speech.message(english)(**{name: facts[name] for name in english.longest})
        assert isinstance(text, english)
        said[english] = text.check()
        assert measure(said[english]).segments <= 4
    assert said[Bailed] == (
        "Sąd: musisz stawić się w St Albans Magistrates' Court, AL1 3LB, JUTRO wt. 24 listopada "
        "o 9:30. Zaplanuj drogę. Jeśli nie przyjdziesz, możesz zostać zatrzymany."
    )
    assert "sprawa może toczyć się bez ciebie" in said[Requisitioned]
    assert said[NotGoingAhead].startswith("Sąd: rozprawa pt. 20 listopada w St Albans")


def test_the_words_for_a_day_follow_the_distance_from_the_day_of_the_text():
    languages.configure(FILES)
    (speech,) = languages.loaded()
    days = [date(2026, 11, day) for day in (24, 23, 20)]
    assert [speech.when(day, TUESDAY) for day in days] == ["DZISIAJ", "JUTRO", "dnia"]


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("{court}, {postcode}, {when}", "{court}, {when}", "must give the longest of each of"),
        ("{postcode}", "{postcode.__class__}", "must give the longest of each of"),
        ("{time}. Zaplanuj", "{time} {name}. Zaplanuj", "must give the longest of each of"),
        ("Zaplanuj", "Victim", "it has the word Victim"),
        ("Zaplanuj", "Zaplanuj https://example.org", "it has the word https"),
        ("Zaplanuj", "Zaplanuj " * 20, "segments long, and 4 is the most"),
        ("{time}. Zaplanuj", "{time}. Zaplanuj {", "expected '}'"),
        ('other_day = "dnia"', "", "and nothing else; see other_day"),
        ('other_day = "dnia"', 'other_day = "dnia"\ncolour = "red"', "nothing else; see colour"),
        ('other_day = "dnia"', 'other_day = " "', "its other_day is to be some words"),
        ('"grudnia",', "", "its months is to be a list of 12"),
        ("{weekday} {day} {month}", "{day} {month}", "{weekday}, {day} and {month}"),
        ("2026-11-02", "2999-01-01", "that is not to come"),
        ("2026-11-02", '"last week"', "such as 2026-11-02"),
        ('language = "Polish"', 'language = "Polish and Czech"', "one word in English"),
        ("bailed =", "bail =", "its words are to be those of bailed"),
        ("[words]", "[words", "cannot be read as TOML"),
    ],
)
def test_a_file_that_will_not_do_stops_the_start_with_one_line(
    was: str, now: str, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert was in POLISH
    folder = a_folder(tmp_path, POLISH.replace(was, now))
    with pytest.raises(Unset):
        languages.configure(folder)
    said = capsys.readouterr().err
    assert fault in said
    assert said.startswith(str(folder / "0.toml"))
    assert said.count("\n") == 1


def test_two_files_for_one_language_stop_the_start(tmp_path: Path):
    other = POLISH.replace('"Polish"', '"Silesian"')
    with pytest.raises(Unset, match="another file is already for pl"):
        languages.configure(a_folder(tmp_path, POLISH, other))


def test_a_folder_that_is_not_there_stops_the_start(tmp_path: Path):
    with pytest.raises(Unset, match="is no folder"):
        languages.configure(tmp_path / "nowhere")


def test_words_in_the_plain_alphabet_keep_to_two_segments(tmp_path: Path):
    plain = POLISH.encode("ascii", "ignore").decode()
    languages.configure(a_folder(tmp_path, plain))
    long = plain.replace("Zaplanuj", "Zaplanuj " * 20)
    with pytest.raises(Unset, match="segments long, and 2 is the most"):
        languages.configure(a_folder(tmp_path, long))
