"""The pages of what is written to victims: held and why, settled, printed and traced."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.mail.jobs import send_mails
from beacon.notices.models import Printing, PrintRun, VictimNotice
from beacon.notices.terms import NoticeState
from beacon.notify.jobs import send_texts
from beacon.people import commands as people
from beacon.people.commands import ContactAnswers
from beacon.people.terms import Preferred, Safe
from beacon.referrals import jobs
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.factories import TEST
from tests.feed_rows import a_file
from tests.pages import form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STREET = "17 Hidden Mews, Ware"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(desk):
    return desk(Role.INTAKE_OFFICER)


@pytest.fixture
def held(app):
    """An acknowledgement that is held, because nobody has asked."""
    import_file("police", a_file({"safe_to_contact": ""}), file_name="list.csv", actor=TEST)
    jobs.acknowledge_referrals()
    return db.session.scalars(sa.select(VictimNotice.id)).one()


@pytest.fixture
def letter(app):
    """A letter to somebody who agreed to letters."""
    row = {"safe_to_contact": "yes", "address": STREET, "postcode": "SG12 9ZZ"}
    import_file("police", a_file(row), file_name="list.csv", actor=TEST)
    victim = db.session.scalars(sa.select(Referral)).one().victim
    answers = ContactAnswers(overall=Safe.YES, preferred=Preferred.POST, letter_ok=Safe.YES)
    people.confirm_contact(victim, answers, version=victim.version, actor=TEST)
    jobs.acknowledge_referrals()
    return db.session.scalars(sa.select(VictimNotice.id)).one()


def the_notice() -> VictimNotice:
    db.session.rollback()
    return db.session.scalars(sa.select(VictimNotice)).one()


def send(browser, address: str, page: str, **answers):
    token = form_of(browser.get(page))["csrf_token"]
    return browser.post(address, data={"csrf_token": token} | answers)


def test_what_is_held_is_listed_with_why_and_no_way_to_reach_anybody(officer, held):
    page = officer.get("/letters/?state=held")
    assert "Nobody has asked whether contact is safe." in text_of(page)
    assert "Robin Marsh" in text_of(page)
    assert b"900123" not in page.data


def test_one_says_what_to_do_and_its_safe_contact_comes_first(officer, held):
    html = officer.get(f"/letters/{held}").get_data(as_text=True)
    assert html.index("Safe contact") < html.index("Ask them when they can talk freely")


def test_a_person_settles_it_with_their_words(officer, held):
    assert "Choose what came of it" in text_of(officer.submit(f"/letters/{held}"))
    officer.submit(f"/letters/{held}", outcome="told", words="Told them when they rang.")
    assert (the_notice().state, the_notice().because) == (
        NoticeState.TOLD,
        "Told them when they rang.",
    )
    assert "Told them when they rang." in text_of(officer.get(f"/letters/{held}"))


def test_the_page_of_the_referral_says_that_it_is_held_and_why(officer, held):
    page = text_of(officer.get(f"/referrals/{the_notice().about_id}"))
    assert "Acknowledgement" in page
    assert "Nobody has asked whether contact is safe." in page


def test_an_old_version_of_the_page_is_refused(officer, held):
    form = form_of(officer.get(f"/letters/{held}")) | {"outcome": "told", "words": "Told."}
    officer.post(f"/letters/{held}", data=form)
    again = officer.post(f"/letters/{held}", data=form)
    assert "changed meanwhile" in text_of(again)


@pytest.mark.proves("P-01", "P-02")
def test_where_they_live_is_on_the_printed_letter_and_on_no_other_page(officer, letter):
    answer = send(officer, "/letters/print", "/letters/print")
    run = answer.location
    for where in ("/letters/", "/letters/print", run, f"/letters/{letter}"):
        assert b"Hidden Mews" not in officer.get(where).data
    printed = send(officer, f"{run}/paper", run)
    assert b"Hidden Mews" in printed.data
    assert "no-store" in printed.headers["Cache-Control"]
    shown = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "address.shown")
    ).one()
    assert shown.actor_id == officer.person_id


def test_a_second_printing_asks_why_and_both_are_listed(officer, letter):
    run = send(officer, "/letters/print", "/letters/print").location
    send(officer, f"{run}/paper", run)
    refused = send(officer, f"{run}/paper", run)
    assert "printed already" in text_of(refused)
    assert b"Hidden Mews" not in refused.data
    send(officer, f"{run}/paper", run, reason="The printer jammed in the middle.")
    assert "The printer jammed in the middle." in text_of(officer.get(run))
    assert db.session.scalar(sa.select(sa.func.count(Printing.id))) == 2


def test_they_are_in_the_post_when_somebody_says_so(officer, letter):
    run = send(officer, "/letters/print", "/letters/print").location
    send(officer, f"{run}/posted", run)
    assert the_notice().state is NoticeState.IN_RUN
    send(officer, f"{run}/paper", run)
    send(officer, f"{run}/posted", run)
    assert the_notice().state is NoticeState.SENT
    assert "In the post since" in text_of(officer.get(run))


def test_without_a_letter_there_is_no_run(officer):
    answer = send(officer, "/letters/print", "/referrals/")
    assert "No letter waits to be printed" in text_of(officer.get(answer.location))
    assert db.session.scalar(sa.select(sa.func.count(PrintRun.id))) == 0


def test_the_letters_cannot_be_asked_for_by_their_address_alone(officer, letter):
    run = send(officer, "/letters/print", "/letters/print").location
    assert officer.get(f"{run}/paper").status_code == 405
    assert officer.post(f"{run}/paper").status_code == 400


@pytest.mark.parametrize(
    "role", [Role.CASE_MANAGER, Role.COURT_OFFICER, Role.PARTNER, Role.AUDITOR]
)
def test_others_may_not_open_them(desk, held, role):
    browser = desk(role, agency="Example Refuge")
    for where in ("/letters/", f"/letters/{held}", "/letters/print"):
        assert browser.get(where).status_code == 403


def test_consent_is_recorded_on_its_page_with_its_history(officer, held):
    where = f"/people/{the_notice().victim_id}/consent"
    assert "Choose what they said" in text_of(officer.submit(where, purpose="survey"))
    officer.submit(
        where, purpose="refer_on", agency="Example Refuge", answer="given", how="phone",
        words="Name and number",
    )  # fmt: skip
    officer.submit(where, purpose="refer_on", agency="Example Refuge", answer="withdrawn",
                   how="in_person")  # fmt: skip
    page = " ".join(text_of(officer.get(where)).split())
    assert "To be referred on to an agency: Example Refuge Withdrawn" in page
    assert ": to be referred on to an agency, Example Refuge" in page
    assert "Name and number" in page


@pytest.mark.parametrize("preferred", ["sms", "email"])
def test_what_went_to_a_victim_lies_in_the_tray_for_those_alone_who_may_see_it(
    desk, app, preferred
):
    with transaction() as session:
        session.add(Setting(name="notices.by_text", text="yes"))
    row = {"safe_to_contact": "yes", "preferred_contact": preferred}
    import_file("police", a_file(row), file_name="list.csv", actor=TEST)
    jobs.acknowledge_referrals()
    for _ in range(2):  # while it waits, and once it has left
        seen = {
            role: "Your reference" in text_of(desk(role).get("/paper/"))
            for role in (Role.TEAM_LEADER, Role.COURT_OFFICER)
        }
        assert not seen[Role.COURT_OFFICER]
        with clock.fixed(datetime(2026, 11, 23, 10, 0, tzinfo=UTC)):
            send_texts()
            send_mails()
    assert seen[Role.TEAM_LEADER]
