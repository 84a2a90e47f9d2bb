"""Who somebody is, decided on a page: side by side, by form alone, and undone with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people.models import PersonLink, PersonLinkDecision
from beacon.people.terms import LinkState
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.factories import TEST
from tests.feed_rows import a_file
from tests.pages import text_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KNOWN = {"date_of_birth": "1980-05-01", "email": ""}
WHY = "They told us so on the phone."


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(desk):
    return desk(Role.INTAKE_OFFICER)


def take(*rows: dict[str, str]) -> list[int]:
    import_file("police", a_file(*rows), file_name="list.csv", actor=TEST)
    return list(db.session.scalars(sa.select(Referral.id).order_by(Referral.id)))


def three_and_one() -> list[int]:
    """Three people who may be one, and the referral of whom that is asked."""
    names = ("Robin", "Robyn", "R")
    return take(
        *(
            KNOWN | {"crime_reference": f"41/30{number}/26", "mobile": f"07700 90030{number}",
                     "first_name": name}
            for number, name in enumerate(names)
        ),
        KNOWN | {"crime_reference": "41/310/26", "mobile": "07700 900310",
                 "date_of_birth": "1980-05-01"},
    )  # fmt: skip


def states() -> list[LinkState]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(PersonLink.state).order_by(PersonLink.id)))


def test_three_records_stand_beside_the_referral_with_what_agrees_and_what_differs(officer):
    *_, last = three_and_one()
    page = text_of(officer.get(f"/referrals/{last}/who"))
    for words in ("1. Robin Marsh", "2. Robyn Marsh", "3. R Marsh"):
        assert words in page
    for mark in ("Same", "A letter off", "Initial", "Differs", "Not known"):
        assert mark in page


def test_all_three_are_answered_by_one_form(officer):
    *_, last = three_and_one()
    officer.get(f"/referrals/{last}/who")
    answer = officer.submit(
        f"/referrals/{last}/who", first="same", second="not_the_same", third="not_the_same"
    )
    assert answer.status_code == 302
    # The last three are what was asked of the last referral.
    assert sorted(states()[-3:]) == ["linked", "not_the_same", "not_the_same"]
    assert db.session.get_one(Referral, last).waits is None


def test_a_form_without_an_answer_says_what_to_do(officer):
    *_, last = three_and_one()
    assert "Say of at least one record" in text_of(officer.submit(f"/referrals/{last}/who"))


def test_a_record_that_the_page_does_not_show_is_not_linked(officer):
    *_, last = three_and_one()
    nobody = {"crime_reference": "41/900/26", "first_name": "Kim", "last_name": "Bell"}
    nobody |= {"mobile": "", "email": "kim@example.org", "date_of_birth": ""}
    stranger = take(nobody)[-1]
    other = db.session.get_one(Referral, stranger).victim_id
    officer.submit(f"/referrals/{last}/who", people=str(other), first="same", reason=WHY)
    assert "have changed" in text_of(officer.get(f"/referrals/{last}/who"))
    assert LinkState.LINKED not in states()


def linked(officer) -> tuple[int, int]:
    first, second = take({}, {"crime_reference": "41/101/26", "date_of_birth": "", "email": ""})
    officer.submit(f"/referrals/{second}/who", first="same", reason=WHY)
    return first, second


def test_the_trace_says_who_linked_when_and_why(officer):
    _, second = linked(officer)
    page = text_of(officer.get(f"/referrals/{second}/links"))
    assert WHY in page
    assert "by the import" in page
    assert "agreeing in name, phone or email" in page
    assert "Without this link there are two people" in page


def test_a_link_is_undone_with_a_reason_and_not_without(officer):
    _, second = linked(officer)
    link = str(db.session.scalars(sa.select(PersonLink.id)).one())
    assert "Say why" in text_of(officer.submit(f"/referrals/{second}/links", link=link))
    assert "Choose the link" in text_of(
        officer.submit(f"/referrals/{second}/links", reason="Two people of one name.")
    )
    assert states() == [LinkState.LINKED]
    officer.submit(f"/referrals/{second}/links", link=link, reason="Two people of one name.")
    assert states() == [LinkState.UNDONE]
    assert "Two people of one name." in text_of(officer.get(f"/referrals/{second}/links"))
    reasons = db.session.scalars(sa.select(PersonLinkDecision.reason_sealed)).all()
    assert not any(one and b"Two people" in one for one in reasons)


def test_the_page_that_compares_is_written_down_for_everybody_on_it(officer):
    *others, last = three_and_one()
    officer.get(f"/referrals/{last}/who")
    entry = db.session.scalars(
        sa.select(AuditEntry)
        .where(AuditEntry.action == "victim.compared")
        .order_by(AuditEntry.seq.desc())
    ).first()
    shown = {db.session.get_one(Referral, one).victim_id for one in (*others, last)}
    assert all(str(one) in entry.facts for one in shown)


def test_a_repeat_is_flagged_on_the_page_and_in_the_queue_with_its_rule(officer):
    numbers = take(
        *(
            {
                "victim_reference": "P1",
                "crime_reference": f"41/40{n}/26",
                "recorded_at": f"2026-11-1{n}T10:00",
            }
            for n in range(3)
        )
    )
    page = text_of(officer.get(f"/referrals/{numbers[-1]}"))
    assert "Repeat victim Three or more crimes in 12 months: 3 crimes" in page
    assert "An earlier case" in text_of(officer.get(f"/referrals/{numbers[1]}"))
    queue = text_of(officer.get("/referrals/"))
    assert "Repeat Three or more crimes in 12 months" in queue
