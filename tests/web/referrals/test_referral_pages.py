"""The pages of referrals, as an intake officer uses them: with scripts off, by form alone."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.terms import VictimCategory
from beacon.feeds.models import ImportBatch
from beacon.feeds.terms import BatchState
from beacon.people.models import PersonLink
from beacon.people.terms import LinkState
from beacon.referrals.imports import import_file
from beacon.referrals.jobs import import_uploads
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place, ReferralState
from tests.factories import TEST
from tests.feed_rows import a_file
from tests.pages import form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(desk):
    return desk(Role.INTAKE_OFFICER)


def take(*rows: dict[str, str]) -> list[int]:
    import_file("police", a_file(*rows), file_name="list.csv", actor=TEST)
    return list(db.session.scalars(sa.select(Referral.id).order_by(Referral.id)))


def referral(number: int) -> Referral:
    db.session.rollback()
    return db.session.get_one(Referral, number)


def test_the_queue_lists_who_waits_and_shows_no_number(officer):
    take({"consent_to_referral": "no"})
    page = officer.get("/referrals/")
    assert "Robin Marsh" in text_of(page)
    assert "Did not agree to be referred" in text_of(page)
    assert b"900123" not in page.data


def test_an_empty_queue_says_what_comes_next(officer):
    assert "Nothing waits" in text_of(officer.get("/referrals/"))


def test_the_queue_is_narrowed_by_its_address(officer):
    take({"consent_to_referral": "no"})
    assert "No referral is like that" in text_of(officer.get("/referrals/?place=1"))
    assert "Robin Marsh" in text_of(officer.get("/referrals/?place=0&waits=no_consent&feed=police"))


def test_safe_contact_stands_before_any_number_on_the_page(officer):
    (number,) = take({"safe_contact_notes": "Never after six"})
    html = officer.get(f"/referrals/{number}").get_data(as_text=True)
    assert html.index("Never after six") < html.index("•••123")
    assert "900123" not in html.replace(" ", "")


def test_opening_a_referral_is_written_down_before_the_page_leaves(officer):
    (number,) = take({})
    officer.get(f"/referrals/{number}")
    entries = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "referral.shown")
    ).all()
    assert [(one.object_id, one.actor_id) for one in entries] == [(str(number), officer.person_id)]


def test_proposed_grounds_are_ticked_with_the_fact_that_proposed_them(officer):
    (number,) = take({"vulnerable": "yes"})
    page = officer.get(f"/referrals/{number}")
    form = form_of(page)
    assert (form["category"], form["grounds"]) == ("enhanced", "vulnerable")
    assert "Proposed: marked as vulnerable" in text_of(page)


def test_confirm_and_next_by_the_form_as_it_stands_leads_to_the_next(officer):
    first, second = take(
        {}, {"crime_reference": "41/101/26", "last_name": "Bell", "mobile": "07700 900124",
             "email": "", "date_of_birth": ""},
    )  # fmt: skip
    page = officer.get(f"/referrals/{first}")
    assert "Confirm and next" in text_of(page)
    answer = officer.post(f"/referrals/{first}", data=form_of(page))
    assert answer.status_code == 302
    assert f"/referrals/{second}" in answer.location
    done = referral(first)
    assert done.place == Place.DONE
    assert done.case.category is VictimCategory.STANDARD
    assert done.case.category_decided_at is not None


def test_the_first_contact_is_recorded_on_the_same_page(officer):
    (number,) = take({})
    officer.submit(f"/referrals/{number}", channel="phone", outcome="spoke", notes="Well.")
    assert referral(number).case.first_contact_at == MONDAY


def test_half_a_contact_is_asked_for_beside_its_box(officer):
    (number,) = take({})
    page = officer.submit(f"/referrals/{number}", channel="phone")
    assert "Choose what came of it" in text_of(page)
    assert referral(number).place == Place.NEW_CASE


def test_a_possible_match_is_shown_side_by_side_and_linked_by_a_button(officer):
    first, second = take({}, {"crime_reference": "41/101/26", "date_of_birth": "", "email": ""})
    page = officer.get(f"/referrals/{second}")
    assert "agreeing in name, phone or email" in text_of(page)
    known = referral(first).victim_id
    token = form_of(page)["csrf_token"]
    answer = officer.post(f"/referrals/{second}/people/{known}/link", data={"csrf_token": token})
    assert answer.status_code == 302
    assert db.session.scalars(sa.select(PersonLink)).one().state is LinkState.LINKED
    assert "Undo the link" in text_of(officer.get(f"/referrals/{second}"))


def test_an_order_without_a_token_is_refused(officer):
    first, second = take({}, {"crime_reference": "41/101/26", "date_of_birth": "", "email": ""})
    known = referral(first).victim_id
    assert officer.post(f"/referrals/{second}/people/{known}/link").status_code == 400
    assert db.session.scalars(sa.select(PersonLink)).one().state is LinkState.POSSIBLE


def test_a_referral_is_declined_with_its_reason(officer):
    (number,) = take({"consent_to_referral": "no"})
    assert "Say why" in text_of(officer.submit(f"/referrals/{number}/decline"))
    officer.submit(f"/referrals/{number}/decline", ending="declined", reason="Lives abroad.")
    assert referral(number).state is ReferralState.DECLINED
    assert "Lives abroad." in text_of(officer.get(f"/referrals/{number}"))


def test_the_whole_address_is_not_on_the_page_of_a_referral(officer):
    (number,) = take({"address": "4 Example Road", "postcode": "AL1 3LB"})
    page = officer.get(f"/referrals/{number}")
    assert b"Example Road" not in page.data
    assert b"3LB" not in page.data
    assert "AL1" in text_of(page)


@pytest.mark.parametrize(
    "role", [Role.CASE_MANAGER, Role.COURT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_others_may_not_open_the_queue(desk, role):
    (number,) = take({})
    assert desk(role).get("/referrals/").status_code == 403
    assert desk(role).get(f"/referrals/{number}").status_code == 403


def test_a_referral_out_of_scope_and_one_that_is_not_are_alike(desk):
    (number,) = take({})
    case = referral(number).case
    with transaction():
        case.restricted = True
    officer = desk(Role.INTAKE_OFFICER)
    hidden, absent = officer.get(f"/referrals/{number}"), officer.get("/referrals/999999")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert len(hidden.data) == len(absent.data)


def upload(officer, content: bytes, feed: str = "police"):
    page = officer.get("/referrals/imports/new")
    data = form_of(page) | {"feed": feed, "file": (io.BytesIO(content), "list.csv")}
    return officer.post("/referrals/imports/new", data=data, content_type="multipart/form-data")


def test_a_file_is_previewed_then_confirmed_then_taken_in(officer):
    preview = upload(officer, a_file({}, {"crime_reference": ""}))
    assert "crime_reference is missing" in text_of(preview)
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 0
    confirmed = officer.post("/referrals/imports/confirm", data=form_of(preview))
    assert confirmed.status_code == 302
    assert "Waiting" in text_of(officer.get(confirmed.location))
    assert import_uploads() == 1
    assert import_uploads() == 0
    batch = db.session.scalars(sa.select(ImportBatch)).one()
    assert (batch.state, batch.upload, batch.by_id) == (
        BatchState.FINISHED,
        None,
        officer.person_id,
    )
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 1
    page = officer.get(f"/referrals/imports/{batch.id}")
    assert "crime_reference is missing" in text_of(page)
    assert "list.csv" in text_of(officer.get("/referrals/imports/"))


def test_no_upload_is_readable_on_the_disk_or_left_there(app: Flask, officer):
    preview = upload(officer, a_file({}))
    (kept,) = (app.config["BEACON"].instance / "uploads").iterdir()
    assert b"Marsh" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    officer.post("/referrals/imports/confirm", data=form_of(preview))
    import_uploads()
    assert not kept.exists()


def test_another_person_cannot_confirm_the_upload(desk, officer):
    form = form_of(upload(officer, a_file({})))
    other = desk(Role.INTAKE_OFFICER)
    form["csrf_token"] = form_of(other.get("/referrals/imports/new"))["csrf_token"]
    other.post("/referrals/imports/confirm", data=form)
    assert db.session.scalar(sa.select(sa.func.count(ImportBatch.id))) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"first_name\nRobin\n", "not a police file"),
        (b"\x89PNG\r\n", "picture"),
        ("crime_reference\n£\n".encode("cp1252"), "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_beside_the_box(officer, content, says):
    page = upload(officer, content)
    assert says in text_of(page)
    assert db.session.scalar(sa.select(sa.func.count(ImportBatch.id))) == 0


def test_a_file_over_the_limit_is_turned_away(officer):
    page = upload(officer, b"x" * (26 * 1024 * 1024))
    assert page.status_code == 413
