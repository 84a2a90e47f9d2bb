"""One row as facts, warnings, a reason for sending it back, and the form that is compared."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from beacon.core import clock
from beacon.courts.columns import COURT_LIST, defendant_key
from beacon.feeds.columns import FeedSpec, ParsedRow, parse_row
from beacon.feeds.reading import read_file
from beacon.feeds.terms import FileKind, Kind, RowRejected
from beacon.referrals.columns import (
    FEEDS,
    FRAUD,
    PARTNER,
    fraud_keys,
    full_name,
    partner_keys,
)
from tests.unit.feeds.builders import LIST, csv_bytes, parsed, raw_row

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def one(spec: FeedSpec, **cells: str) -> ParsedRow:
    (raw,) = read_file(csv_bytes(tuple(cells), tuple(cells.values())), spec)
    return parse_row(spec, raw)


def reason(**cells: object) -> str:
    with pytest.raises(RowRejected) as rejected:
        parsed(**cells)
    return rejected.value.message


@pytest.mark.parametrize(
    ("name", "text", "fact"),
    [
        ("born", "1987-02-01", date(1987, 2, 1)),
        ("born", "01/02/1987", date(1987, 2, 1)),
        ("born", " 1/2/1987 ", date(1987, 2, 1)),
        ("at", "09:30", time(9, 30)),
        ("at", "9.30am", time(9, 30)),
        ("at", "9:30 AM", time(9, 30)),
        ("at", "9.30 a.m.", time(9, 30)),
        ("at", "2pm", time(14)),
        ("at", "12.15am", time(0, 15)),
        ("at", "12pm", time(12)),
        ("at", "14:00:00", time(14)),
        ("amount", "£1,234.56", 123_456),
        ("amount", "1234.5", 123_450),
        ("amount", "0", 0),
        ("mobile", "+44 (0)7700 900 123", "+447700900123"),
        ("mobile", "07700-900-123", "+447700900123"),
        ("mobile", "0044 7700900123", "+447700900123"),
        ("mobile", "7700900123.0", "+447700900123"),
        ("email", " Ada@Example.org ", "Ada@example.org"),
        ("postcode", "al13lb", "AL1 3LB"),
        ("vulnerable", "Y", True),
        ("vulnerable", "TRUE", True),
        ("vulnerable", "0", False),
        ("channel", " SMS ", "sms"),
        ("channel", "Not asked", "not_asked"),
        ("channel", "not-asked", "not_asked"),
        ("reference", " a 1 ", "A1"),
        ("first_name", "  Mary   Ann ", "Mary Ann"),
        ("first_name", "Zoe\u0308", "Zoë"),
        ("first_name", "A\x0bda\x7f", "A da"),
        ("notes", "one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_a_cell_is_read_as_what_its_column_holds(name, text, fact):
    row = parsed(**{name: text})
    assert row.facts[name] == fact
    assert row.warnings == []


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-13T13:01", datetime(2026, 11, 13, 13, 1, tzinfo=UTC)),
        ("2026-11-08 14:35:00", datetime(2026, 11, 8, 14, 35, tzinfo=UTC)),
        ("16/11/2026 18:55", datetime(2026, 11, 16, 18, 55, tzinfo=UTC)),
        ("16/11/2026 18:55:30", datetime(2026, 11, 16, 18, 55, 30, tzinfo=UTC)),
        ("2026-07-01T09:30", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("2026-07-01T09:30Z", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),
        ("2026-07-01T09:30:00+02:00", datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),
        ("2026-07-01t09:30:00.250z", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_without_an_offset_is_london_time(text, moment):
    row = parsed(recorded_at=text)
    assert row.facts["recorded_at"] == moment
    assert row.warnings == []


def test_a_time_that_comes_twice_is_the_earlier_with_a_warning():
    row = parsed(recorded_at="2026-10-25 01:30")
    assert row.facts["recorded_at"] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert "came twice" in row.warnings[0]


def test_a_time_that_comes_twice_is_certain_where_its_offset_is_given():
    assert parsed(recorded_at="2026-10-25T01:30+00:00").warnings == []


def test_a_time_that_does_not_exist_rejects_the_row():
    assert "does not exist" in reason(recorded_at="29/03/2026 01:30")


def test_a_day_without_a_time_is_midnight_with_a_warning():
    row = parsed(recorded_at="2026-11-13")
    assert row.facts["recorded_at"] == datetime(2026, 11, 13, tzinfo=UTC)
    assert "midnight" in row.warnings[0]


@pytest.mark.parametrize("minutes", [0, 10])
def test_ten_minutes_after_the_clock_is_still_taken(minutes):
    with clock.fixed(NOON):
        assert parsed(recorded_at=(NOON + timedelta(minutes=minutes)).isoformat())


def test_more_than_ten_minutes_after_the_clock_rejects_the_row():
    with clock.fixed(NOON):
        late = NOON + timedelta(minutes=10, seconds=1)
        assert reason(recorded_at=late.isoformat()) == "recorded_at is later than now"


def test_a_date_of_birth_in_the_future_is_left_out_with_a_warning():
    with clock.fixed(NOON):
        row = parsed(born="2026-11-23")
    assert row.facts["born"] is None
    assert row.warnings == ["born is in the future; taken as not known"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"born": "31/02/1980"}, "born holds a date that does not exist"),
        ({"born": "13-Nov-80"}, "born cannot be read as a date"),
        ({"born": "0198-01-01"}, "born holds a year outside"),
        ({"recorded_at": "yesterday"}, "recorded_at cannot be read"),
        ({"recorded_at": "2026-11-13T25:00"}, "recorded_at holds a time of day that does not"),
        ({"recorded_at": "2026-11-13T10:00+99:00"}, "recorded_at holds an offset"),
        ({"amount": "about two thousand"}, "amount cannot be read as an amount"),
        ({"amount": "-50"}, "amount is below zero"),
        ({"amount": "(50)"}, "amount is below zero"),
        ({"reference": " "}, "reference is missing"),
        ({"reference": "A" * 41}, "reference is longer than 40 characters"),
        ({"last_name": ""}, "a name is missing: give first_name and last_name, or organisation"),
    ],
)
def test_what_rejects_a_row(cells, said):
    assert reason(**cells).startswith(said)


def test_every_reason_is_given_but_no_more_than_can_be_kept():
    said = reason(reference="", recorded_at="x", born="x", amount="x")
    assert said.count(";") == 3
    assert said.endswith("and 1 more")


def test_an_organisation_is_a_name():
    assert parsed(first_name="", last_name="", organisation="Shop").facts["organisation"] == "Shop"


@pytest.mark.parametrize(
    ("name", "text", "fact"),
    [
        ("channel", "pigeon", None),
        ("vulnerable", "perhaps", None),
        ("at", "TBC", None),
        ("at", "9.3", None),
        ("at", "13pm", None),
        ("at", "25:00", None),
        ("mobile", "ask mum", "ask mum"),
        ("mobile", "07700 900123 / 07700 900124", "07700 900123 / 07700 900124"),
        ("email", "ada at home", "ada at home"),
        ("postcode", "AL1", "AL1"),
        ("collar", "x" * 256, None),
    ],
)
def test_what_cannot_be_read_but_does_not_matter_enough_is_a_warning(name, text, fact):
    row = parsed(**{name: text})
    assert row.facts[name] == fact
    assert row.raw[name] == text
    assert len(row.warnings) == 1


@pytest.mark.parametrize("name", ["channel", "at", "mobile", "email", "postcode", "vulnerable"])
def test_a_warning_does_not_repeat_what_the_cell_holds(name):
    assert "kestrel" not in parsed(**{name: "kestrel"}).warnings[0]


def test_a_reason_does_not_repeat_what_the_cell_holds():
    assert "kestrel" not in reason(born="kestrel", recorded_at="kestrel", amount="kestrel")


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("channel", [" SMS", "sms"]),
        ("at", ["9.30am", "09:30", "09:30:00", time(9, 30), datetime(2026, 1, 1, 9, 30)]),
        ("mobile", ["07700 900123", "+447700900123", "+44 (0)7700 900 123", 7700900123]),
        ("born", ["1987-02-01", "01/02/1987", date(1987, 2, 1), datetime(1987, 2, 1)]),
        (
            "recorded_at",
            ["2026-11-13T13:01", "13/11/2026 13:01:00", datetime(2026, 11, 13, 13, 1)],
        ),
        ("amount", ["£1,234.50", "1234.5", 1234.5]),
        ("amount", ["266.00", 266, 266.0]),
        ("vulnerable", ["yes", "Y", "1", "TRUE", True, 1, 1.0]),
        ("email", ["ada@example.org", "Ada@EXAMPLE.org"]),
        ("postcode", ["AL1 3LB", "al13lb"]),
        ("reference", ["A1", " a 1"]),
        ("collar", ["2317", 2317, 2317.0]),
        ("first_name", ["Zoë", "Zoe\u0308", " Zoë "]),
        ("notes", ["one\ntwo", "one\r\ntwo "]),
        ("born", ["", None, "  "]),
    ],
)
def test_writings_of_the_same_fact_have_one_normal_form(name, forms):
    assert len({parsed(**{name: form}).normal for form in forms}) == 1


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("mobile", "07700 900123", "07700 900124"),
        ("mobile", "ask mum", "ask dad"),
        ("channel", "pigeon", "raven"),
        ("vulnerable", "no", ""),
        ("amount", "0", ""),
        ("born", "2000-01-01", "2000-01-02"),
        ("recorded_at", "2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00"),
    ],
)
def test_another_fact_has_another_normal_form(name, one, other):
    assert parsed(**{name: one}).normal != parsed(**{name: other}).normal


def test_an_empty_cell_and_no_such_column_are_alike_in_normal_form():
    assert parsed(born="").normal == parsed().normal


def test_an_unknown_column_is_no_part_of_the_normal_form():
    row = parse_row(LIST, raw_row(system_id="7"))
    assert row.unknown == {"system_id": "7"}
    assert row.normal == parsed().normal
    assert set(json.loads(row.normal)) == {"reference", "first_name", "last_name"}


def test_facts_have_every_column_of_the_feed():
    assert set(parsed().facts) == set(LIST.by_name)


def test_a_row_that_breaks_its_file_is_rejected_for_that():
    (raw,) = read_file(b"reference,organisation\nA1,Shop,more\n", LIST)
    with pytest.raises(RowRejected, match="more cells"):
        parse_row(LIST, raw)


def test_a_partners_row_without_a_name_must_say_that_it_is_anonymous():
    cells = {"agency": "Refuge", "agency_reference": "r 7", "recorded_at": "2026-11-01 09:00"}
    row = one(PARTNER, **cells, reason="Asked", anonymous="yes")
    assert partner_keys(row.facts) == ("refuge|R7",)
    with pytest.raises(RowRejected, match="a name is missing"):
        one(PARTNER, **cells, reason="Asked", anonymous="no")


def test_a_fraud_reference_is_known_in_any_case_and_spacing_and_an_unusual_one_is_a_warning():
    cells = {"reported_at": "2026-11-01 09:00", "first_name": "Ada", "last_name": "Byron"}
    usual = one(FRAUD, fraud_reference="nfrc 2609 99999904", **cells)
    unusual = one(FRAUD, fraud_reference="AF-1234/26", **cells)
    assert fraud_keys(usual.facts) == ("NFRC260999999904",)
    assert usual.warnings == []
    assert len(unusual.warnings) == 1


def test_a_name_is_a_persons_or_else_an_organisations():
    assert (
        full_name({"first_name": "Ada", "last_name": "Byron", "organisation": "X"}) == "Ada Byron"
    )
    assert full_name({"first_name": None, "last_name": None, "organisation": "X"}) == "X"


def test_a_defendant_is_known_by_reference_or_else_by_name_and_date_of_birth():
    cells = {"urn": "41E10001224", "defendant_last_name": "Owen", "court": "B41ME00"}
    bare = one(COURT_LIST, **cells, hearing_date="2026-11-24", date_of_birth="1995-05-05")
    known = one(COURT_LIST, **cells, hearing_date="2026-11-24", defendant_reference="d1")
    assert defendant_key(bare.facts) == "41E10001224|name|owen|1995-05-05"
    assert defendant_key(known.facts) == "41E10001224|defendant|D1"


@pytest.mark.parametrize("spec", [*FEEDS.values(), COURT_LIST], ids=lambda spec: spec.name)
def test_no_feed_names_a_column_twice_and_each_word_column_has_words(spec):
    names = [column.name for column in spec.columns]
    assert len(names) == len(set(names))
    assert all(bool(one.words) == (one.kind is Kind.WORD) for one in spec.columns)
    assert all(name in names for group in spec.one_of for way in group.ways for name in way)


@pytest.mark.parametrize("word", [*Kind, *FileKind])
def test_every_kind_has_a_label(word):
    assert word.label
