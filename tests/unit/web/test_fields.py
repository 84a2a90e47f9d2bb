"""Boxes on a page: what they take, what they say when they cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from wtforms.validators import InputRequired

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.core.phone import Phone, UkMobile
from beacon.core.postcode import Postcode
from beacon.web import fields
from beacon.web.forms import BeaconForm

Send = Callable[..., BeaconForm]


class Charge(BeaconForm):
    """One box of each kind."""

    name = fields.StringField("Full name")
    note = fields.TextAreaField("Note")
    secret = fields.PasswordField("Password")
    children = fields.IntegerField("Children", most=20)
    lost = fields.MoneyField("Amount lost")
    phone = fields.UkPhoneField("Telephone")
    mobile = fields.UkMobileField("Mobile")
    postcode = fields.PostcodeField("Postcode")
    held_on = fields.DateField("Hearing date")
    starts_at = fields.TimeField("Time")
    told_at = fields.MomentField("When told")
    court = fields.SelectField("Court", choices=[("", "Choose"), ("a", "Court A")])
    category = fields.RadioField("Category", choices=[("standard", "Standard")])
    needs = fields.CheckboxesField("Needs", choices=[("home", "Home"), ("money", "Money")])
    agreed = fields.BooleanField("Agreed")
    file = fields.FileField("File")


class Strict(BeaconForm):
    """The same questions where an answer is needed."""

    name = fields.StringField("Full name", [InputRequired("Enter the name.")])
    held_on = fields.DateField("Hearing date", [InputRequired("Enter the date.")])
    court = fields.SelectField(
        "Court", [InputRequired("Choose the court.")], choices=[("", "Choose"), ("a", "Court A")]
    )
    category = fields.RadioField(
        "Category", [InputRequired("Choose a category.")], choices=[("standard", "Standard")]
    )


GOOD = {
    "name": ("  Zoe\u0308   Marsh ", "Zo\u00eb Marsh"),
    "note": ("one\r\ntwo ", "one\ntwo"),
    "secret": (" two spaces ", " two spaces "),
    "children": ("1,0", 10),
    "lost": ("£1,234.5", 123450),
    "phone": ("01632 960001", Phone.parse("01632960001")),
    "mobile": ("07700 900001", UkMobile.parse("07700900001")),
    "postcode": ("al13lb", Postcode("AL1", "3LB")),
    "held_on": (["24", "11", "2026"], date(2026, 11, 24)),
    "starts_at": ("9.30am", time(9, 30)),
    "court": ("a", "a"),
    "category": ("standard", "standard"),
    "needs": (["home", "money"], ["home", "money"]),
    "agreed": ("y", True),
}


@pytest.mark.proves("I-08", "I-10")
@pytest.mark.parametrize("name", GOOD)
def test_a_good_answer_becomes_our_own_type(name: str, answered: Send) -> None:
    typed, expected = GOOD[name]
    form = answered(Charge, **{name: typed})
    assert (form.errors, form.answers()[name]) == ({}, expected)


def test_empty_boxes_are_no_answer(answered: Send) -> None:
    form = answered(Charge)
    assert form.errors == {}
    assert {name for name, answer in form.answers().items() if answer} == set()


BAD = {
    "name": ["a\0b", "\x1b[31m", "x" * 201],
    "note": ["a\0b", "x" * 10_001],
    "secret": ["a\0b", "x" * 1_025],
    "children": ["two", "1.5", "1e9", "NaN", "-1", "21", str(2**63), "१"],
    "lost": ["1.234", "ten", "NaN", "1e9", "-5", "\0", "9" * 31],
    "phone": ["123", "07700 900 mum", "\0", "9" * 50],
    "mobile": ["01632 960001", "+1 202 555 0100"],
    "postcode": ["AL1", "ZZZ ZZZ", "\0"],
    "held_on": [
        ["31", "2", "2026"],
        ["24", "", "2026"],
        ["24", "13", "2026"],
        ["1", "1", "0001"],
        ["1", "1", "9999"],
        ["1", "1"],
        ["1", "1", "2026", "1"],
        ["1e1", "1", "2026"],
        ["\0", "1", "2026"],
        "tomorrow",
    ],
    "starts_at": ["30:99", "9", "13pm", "0am", "24:00", "\0", "half nine"],
    "court": ["b", "a\0"],
    "category": ["enhanced"],
    "needs": [["home", "car"]],
}


@pytest.mark.proves("I-07", "I-10", "I-12")
@pytest.mark.parametrize(
    ("name", "typed"), [(name, typed) for name, answers in BAD.items() for typed in answers]
)
def test_a_bad_answer_is_refused_once_and_by_its_box(
    name: str, typed: object, answered: Send
) -> None:
    form = answered(Charge, **{name: typed})
    assert list(form.errors) == [name]
    assert [mistake.target.split("-")[0] for mistake in form.mistakes()] == [name]


@pytest.mark.proves("I-07")
def test_a_character_that_cannot_be_kept_is_named_in_words(answered: Send) -> None:
    form = answered(Charge, name="a\0b")
    assert form.errors["name"] == [
        "Full name has a character that cannot be kept. Delete it, or type the answer again."
    ]


def test_a_date_without_its_month_says_so(answered: Send) -> None:
    form = answered(Strict, name="x", held_on=["24", "", "2026"])
    assert form.errors["held_on"] == ["Hearing date must have a month."]


def test_a_date_that_was_not_sent_at_all_is_missing_and_no_fault(answered: Send) -> None:
    assert answered(Strict, name="x").errors["held_on"] == ["Enter the date."]


@pytest.mark.parametrize("name", ["name", "held_on", "court", "category"])
def test_blank_answers_are_missing(name: str, answered: Send) -> None:
    form = answered(Strict, name="  ", held_on=["", " ", ""], court="", category="")
    assert len(form.errors[name]) == 1


def test_the_summary_leads_to_the_first_box_of_a_date(answered: Send) -> None:
    form = answered(Strict, name="x", court="a", category="standard")
    assert [mistake.target for mistake in form.mistakes()] == ["held_on-day"]
    assert 'id="held_on-day"' in form.drawn["held_on"]


@pytest.mark.parametrize(
    ("name", "target"), [("name", "name"), ("court", "court"), ("category", "category")]
)
def test_the_summary_leads_to_a_box_that_is_there(name: str, target: str, answered: Send) -> None:
    form = answered(Strict)
    assert f'id="{target}"' in form.drawn[name]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9am", time(9)),
        ("9:30 AM", time(9, 30)),
        ("12am", time(0)),
        ("12.15pm", time(12, 15)),
        ("0930", time(9, 30)),
        ("14:05", time(14, 5)),
        ("midday", time(12)),
        ("2 p.m.", time(14)),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, meant: time, answered: Send) -> None:
    assert answered(Charge, starts_at=typed).starts_at.data == meant


@pytest.mark.parametrize("typed", ["2026-11-24", ["24", "Nov", "2026"], ["24", "november", "2026"]])
def test_dates_are_read_as_people_write_them(typed: object, answered: Send) -> None:
    assert answered(Charge, held_on=typed).held_on.data == date(2026, 11, 24)


@pytest.mark.proves("I-12")
def test_a_moment_in_winter_and_in_summer_is_read_in_london(answered: Send) -> None:
    winter = answered(Charge, told_at=["24", "11", "2026"], **{"told_at-time": "9:30am"})
    summer = answered(Charge, told_at=["24", "6", "2026"], **{"told_at-time": "9:30am"})
    assert winter.told_at.data == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert summer.told_at.data == datetime(2026, 6, 24, 8, 30, tzinfo=UTC)


@pytest.mark.proves("I-12")
def test_a_time_that_spring_skips_is_refused(answered: Send) -> None:
    form = answered(Charge, told_at=["28", "3", "2027"], **{"told_at-time": "01:30"})
    assert form.told_at.data is None
    assert [mistake.target for mistake in form.mistakes()] == ["told_at-time"]


@pytest.mark.proves("I-12")
def test_a_time_that_autumn_has_twice_is_asked_about(answered: Send) -> None:
    form = answered(Charge, told_at=["25", "10", "2026"], **{"told_at-time": "01:30"})
    assert form.told_at.data is None
    assert [mistake.target for mistake in form.mistakes()] == ["told_at-which"]
    assert 'id="told_at-which"' in form.drawn["told_at"]


@pytest.mark.proves("I-12")
@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_either_of_the_two_may_be_meant(which: str, hour: int, answered: Send) -> None:
    answers = {"told_at-time": "01:30", "told_at-which": which}
    form = answered(Charge, told_at=["25", "10", "2026"], **answers)
    assert form.told_at.data == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", [["24", "11", "2026"], ["", "", ""]])
def test_half_a_moment_is_refused(typed: list[str], answered: Send) -> None:
    times = {"told_at-time": "" if typed[0] else "9am"}
    assert answered(Charge, told_at=typed, **times).errors["told_at"]


def test_what_was_typed_is_shown_again_as_text(answered: Send) -> None:
    form = answered(Charge, lost='"><script>', held_on=['"><b>', "x", "y"], name="<i>")
    drawn = "".join(form.drawn.values())
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert "&lt;i&gt;" in drawn
    assert "&gt;&lt;script&gt;" in drawn


def test_a_password_is_never_shown_again(answered: Send) -> None:
    assert "hunter2" not in answered(Charge, secret="hunter2").drawn["secret"]


def test_no_box_is_marked_required_for_the_browser(answered: Send) -> None:
    assert " required" not in "".join(answered(Strict).drawn.values())


@pytest.mark.proves("I-14")
def test_a_number_kept_for_made_up_people_is_refused_in_service(in_service) -> None:
    data = {"mobile": "07700 900001"}
    with in_service.test_request_context("/", method="POST", data=data):
        form = Charge(meta={"csrf": False})
        form.submitted_well()
    assert form.errors["mobile"] == ["Enter a real number: this one is kept for made-up people."]


def test_a_day_to_come_is_refused_where_it_must_have_been(signed_in) -> None:
    class Past(BeaconForm):
        day = fields.DateField("Day told", [fields.NotInFuture()])

    tomorrow = {"day": ["25", "11", "2026"]}
    with (
        clock.fixed(datetime(2026, 11, 24, 12, tzinfo=UTC)),
        signed_in.test_request_context("/", method="POST", data=tomorrow),
    ):
        form = Past(meta={"csrf": False})
        assert not form.submitted_well()
    assert form.errors["day"] == ["Day told must be today or in the past."]


def test_a_refusal_goes_by_the_box_it_names(answered: Send) -> None:
    form = answered(Charge)
    form.refuse(RuleBroken("Robin does not take enhanced cases.", field="name"))
    form.refuse(RuleBroken("The case is closed."))
    assert [(one.message, one.target) for one in form.mistakes()] == [
        ("The case is closed.", None),
        ("Robin does not take enhanced cases.", "name"),
    ]


def test_a_form_with_a_file_says_so(answered: Send) -> None:
    assert answered(Charge).has_files
    assert not answered(Strict).has_files


def test_answers_hold_no_token(signed_in) -> None:
    with signed_in.test_request_context("/"):
        assert "csrf_token" not in Strict().answers()
