"""The pages of referrals, as an intake officer uses them: with scripts off, by form alone."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.terms import VictimCategory
from beacon.feeds.commands import hold_check, note_check
from beacon.feeds.jobs import sweep_uploads
from beacon.feeds.models import ImportBatch, KeptReject
from beacon.feeds.queries import ordered
from beacon.feeds.terms import BatchState, Way
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


def confirm(officer, sent, **answers: str):
    """Tick what the page asks for, and have the file taken in."""
    page = officer.get(sent.location)
    return officer.post(f"{sent.location}/confirm", data=form_of(page) | answers)


@pytest.mark.proves("M-10")
def test_a_file_is_previewed_then_confirmed_then_taken_in(officer):
    sent = upload(officer, a_file({}, {"crime_reference": ""}, {"suspect_status": "unheard of"}))
    assert sent.status_code == 302
    preview = text_of(officer.get(sent.location))
    assert "What would come of the file" in preview
    assert "3 Left out: crime_reference is missing" in preview
    assert "4 Taken in, with a doubt: suspect_status" in preview
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 0
    refused = confirm(officer, sent)
    assert "are to be left out" in text_of(refused)
    assert import_uploads() == 0
    confirmed = confirm(officer, sent, leave_out="y")
    assert confirmed.status_code == 302
    assert "Waiting" in text_of(officer.get(confirmed.location))
    assert import_uploads() == 1
    assert import_uploads() == 0
    batch = db.session.scalars(sa.select(ImportBatch)).one()
    assert (batch.state, batch.upload, batch.by_id, batch.way) == (
        BatchState.FINISHED,
        None,
        officer.person_id,
        Way.PAGE,
    )
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 1
    page = text_of(officer.get(f"/referrals/imports/{batch.id}"))
    assert page.count("crime_reference is missing") == 1
    assert "with a doubt" not in page
    assert "list.csv" in text_of(officer.get("/referrals/imports/"))


def test_a_second_click_orders_nothing_more(officer):
    sent = upload(officer, a_file({}))
    assert confirm(officer, sent).status_code == 302
    again = officer.post(f"{sent.location}/confirm", data=form_of(officer.get("/")))
    assert "no longer waiting for you" in text_of(officer.get(again.location))
    assert import_uploads() == 1


def test_a_file_may_be_thrown_away(app: Flask, officer):
    sent = upload(officer, a_file({}, {"crime_reference": ""}))
    officer.post(f"{sent.location}/throw-away", data=form_of(officer.get(sent.location)))
    assert "Thrown away" in text_of(officer.get(sent.location))
    assert list((app.config["BEACON"].instance / "uploads").iterdir()) == []
    assert db.session.scalar(sa.select(sa.func.count(KeptReject.id))) == 0
    assert import_uploads() == 0


def many(number: int) -> bytes:
    """A list that is too long to be checked while its sender waits."""
    rows = [
        {"crime_reference": f"41/{n}/26", "last_name": f"Made{n}", "notes": "x" * 200}
        for n in range(1, number)
    ]
    return a_file(*rows, {"crime_reference": ""})


@pytest.mark.proves("M-13")
def test_a_file_beyond_the_size_of_a_form_is_taken_by_its_page_and_no_other(officer):
    big = a_file({"notes": "x" * 32_000}) + b" " * (3 * 1024 * 1024)
    assert upload(officer, big).status_code != 413
    page = form_of(officer.get("/referrals/imports/"))
    assert officer.post("/sign-out", data=page | {"x": "x" * (3 * 1024 * 1024)}).status_code == 413


def test_a_large_file_is_checked_in_the_background_and_again_where_that_was_cut_short(officer):
    sent = upload(officer, many(400))
    page = text_of(officer.get(sent.location))
    assert "Being checked" in page
    assert "See how far it has come" in page
    batch = db.session.scalars(sa.select(ImportBatch)).one()
    hold_check(batch.id)
    note_check(batch.id, 200, 400)
    assert "200 of 400 rows" in text_of(officer.get(sent.location))
    assert import_uploads() == 0  # it is in hand
    with transaction():
        batch.process = "elsewhere:1:00"
    with clock.fixed(MONDAY + timedelta(minutes=3)):
        assert "The check was cut short" in text_of(officer.get(sent.location))
        assert import_uploads() == 1
        preview = text_of(officer.get(sent.location))
        assert "401 Left out: crime_reference is missing" in preview
        assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 0
        confirm(officer, sent, leave_out="y")
        assert import_uploads() == 1
        assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 399


def test_a_large_file_that_is_none_says_so_on_its_page(officer):
    sent = upload(officer, b"first_name\n" + b"Robin\n" * 20_000)
    assert import_uploads() == 1
    assert "not a police file" in text_of(officer.get(sent.location))
    assert db.session.scalars(sa.select(ImportBatch)).one().state is BatchState.REFUSED


def test_one_that_fails_holds_up_no_other(officer):
    first, second = (upload(officer, a_file({"last_name": name})) for name in ("One", "Two"))
    for sent in (first, second):
        confirm(officer, sent)
    with transaction() as session:
        for batch in session.scalars(sa.select(ImportBatch)):
            batch.beat_at += timedelta(minutes=-batch.id)
    assert [batch.id for batch in ordered(("police",))] == [2, 1]


def test_no_upload_is_readable_on_the_disk_or_left_there(app: Flask, officer):
    sent = upload(officer, a_file({}))
    (kept,) = (app.config["BEACON"].instance / "uploads").iterdir()
    assert b"Marsh" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    confirm(officer, sent)
    import_uploads()
    assert not kept.exists()


@pytest.mark.proves("M-20")
def test_an_upload_that_nobody_confirmed_is_gone_after_a_day(app: Flask, officer):
    upload(officer, a_file({}))
    with clock.fixed(datetime.now(UTC)):
        assert sweep_uploads() == 0
    with clock.fixed(datetime.now(UTC) + timedelta(hours=25)):
        assert sweep_uploads() == 1
    assert list((app.config["BEACON"].instance / "uploads").iterdir()) == []


def test_another_person_sees_the_file_and_cannot_confirm_it(desk, officer):
    sent = upload(officer, a_file({}))
    other = desk(Role.INTAKE_OFFICER)
    page = other.get(sent.location)
    assert "who sent it in" in text_of(page)
    for order in ("confirm", "throw-away"):
        form = {"csrf_token": form_of(other.get("/"))["csrf_token"]}
        assert other.post(f"{sent.location}/{order}", data=form).status_code == 404
    assert import_uploads() == 0


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


@pytest.mark.proves("M-01")
def test_a_file_over_the_limit_is_turned_away(officer):
    page = upload(officer, b"x" * (26 * 1024 * 1024))
    assert page.status_code == 413
