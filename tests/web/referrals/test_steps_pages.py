"""The pages of triage beside the final decision, by form alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.referrals.imports import import_file
from beacon.referrals.models import ContactTry, Referral, ReferralHold
from beacon.referrals.terms import Ending, Place, Route
from tests.factories import TEST
from tests.feed_rows import a_file
from tests.pages import form_of, text_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OTHER = {
    "crime_reference": "41/101/26",
    "last_name": "Bell",
    "mobile": "07700 900124",
    "email": "",
    "date_of_birth": "",
}


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


def order(browser, address: str, page: str = "/referrals/", **more):
    return browser.post(
        address, data={"csrf_token": form_of(browser.get(page))["csrf_token"]} | more
    )


def test_take_the_next_leads_to_it_and_says_until_when(officer):
    first, _ = take({}, OTHER)
    answer = order(officer, "/referrals/next")
    assert answer.location == f"/referrals/{first}#main-content"
    assert "In your hands until 9:20am" in text_of(officer.get(f"/referrals/{first}"))


def test_another_is_given_another_one_and_sees_who_has_the_first(officer, desk):
    first, second = take({}, OTHER)
    order(officer, "/referrals/next")
    other = desk(Role.INTAKE_OFFICER)
    assert order(other, "/referrals/next").location == f"/referrals/{second}#main-content"
    assert "has it until 9:20am" in text_of(other.get(f"/referrals/{first}"))
    assert "In hand:" in text_of(other.get("/referrals/"))


def test_nobody_confirms_what_another_has_in_hand_and_their_answers_stay(officer, desk):
    (first,) = take({})
    page = desk(Role.INTAKE_OFFICER).get("/referrals/")
    other = desk(Role.INTAKE_OFFICER)
    form = form_of(other.get(f"/referrals/{first}"))
    order(officer, "/referrals/next")
    answer = other.post(f"/referrals/{first}", data=form | {"reason": "Typed with care"})
    assert "has this referral in hand until 09:20" in text_of(answer)
    assert "Typed with care" in text_of(answer)
    assert referral(first).place == Place.NEW_CASE
    assert page.status_code == 200


def test_an_empty_queue_says_that_nothing_is_free(officer):
    answer = order(officer, "/referrals/next")
    assert "No referral is free now" in text_of(officer.get(answer.location))


def test_it_is_given_back_and_left_by_buttons(officer):
    first, second = take({}, OTHER)
    order(officer, "/referrals/next")
    order(officer, f"/referrals/{first}/give-back", version="1")
    assert db.session.scalar(sa.select(sa.func.count(ReferralHold.id))) == 0
    order(officer, f"/referrals/{first}/take", version="1")
    answer = order(officer, f"/referrals/{first}/leave", version="1")
    assert answer.location == f"/referrals/{second}#main-content"


@pytest.mark.parametrize("step", ["give-back", "leave", "take", "go-on"])
def test_an_order_without_a_token_is_refused(officer, step):
    (first,) = take({})
    assert officer.post(f"/referrals/{first}/{step}").status_code == 400


def test_the_stages_are_shown_with_their_day_and_person(officer):
    (first,) = take({})
    page = officer.get(f"/referrals/{first}")
    assert "It goes on to screening" in text_of(page)
    order(officer, f"/referrals/{first}/go-on", version=str(referral(first).version))
    page = text_of(officer.get(f"/referrals/{first}"))
    assert "Initial decision Goes on, 23 November 2026" in " ".join(page.split())
    assert "It goes on to the final decision" in page


def test_an_old_version_goes_on_to_nothing(officer):
    (first,) = take({})
    answer = order(officer, f"/referrals/{first}/go-on", version="0")
    assert "Somebody else changed" in text_of(officer.get(answer.location))


def test_the_proposed_way_is_shown_with_every_rule_that_applies(officer):
    (first,) = take({"domestic_abuse": "yes", "date_of_birth": "2012-05-01"})
    page = text_of(officer.get(f"/referrals/{first}"))
    assert "Proposed: Safeguarding" in " ".join(page.split())
    assert "Safeguarding: Under 18, with domestic abuse" in page
    assert "Case manager: Enhanced Rights are proposed" in page


def test_another_way_than_the_proposed_one_asks_why_beside_the_box(officer):
    (first,) = take({})
    answer = officer.submit(f"/referrals/{first}", route=Route.CASE_MANAGER.value)
    assert "Say why it does not go the proposed way" in text_of(answer)
    officer.submit(f"/referrals/{first}", route=Route.CASE_MANAGER.value, reason="Asked for it.")
    assert referral(first).route is Route.CASE_MANAGER


def test_urgency_is_proposed_marked_and_taken_back_on_its_page(officer):
    (first,) = take({"domestic_abuse": "yes", "suspect_status": "bailed"})
    page = text_of(officer.get(f"/referrals/{first}"))
    assert "The suspect is known to them and not in custody" in page
    assert "it counts until somebody decides" in page
    address = f"/referrals/{first}/urgent"
    form = form_of(officer.get(address))
    assert form["because"] == "suspect_near"
    refused = officer.post(address, data=form | {"because": [], "reason": ""})
    assert "Say why it is not urgent" in text_of(refused)
    officer.post(address, data=form | {"because": [], "reason": "Remanded this morning."})
    assert not referral(first).is_urgent
    assert "Remanded this morning." in text_of(officer.get(f"/referrals/{first}"))


def test_urgent_referrals_come_first_and_are_found_by_the_filter(officer):
    first, second = take({}, OTHER | {"domestic_abuse": "yes", "suspect_status": "bailed"})
    page = officer.get("/referrals/").get_data(as_text=True)
    assert page.index(f"/referrals/{second}") < page.index(f"/referrals/{first}")
    only = officer.get("/referrals/?urgent=yes").get_data(as_text=True)
    assert f'/referrals/{first}"' not in only


def test_a_try_is_recorded_and_the_referral_waits_until_the_next(officer):
    first, second = take({}, OTHER)
    order(officer, "/referrals/next")
    answer = officer.submit(
        f"/referrals/{first}/try", channel="phone", outcome="no_answer", notes="Rang out."
    )
    assert answer.location == f"/referrals/{second}#main-content"
    assert db.session.scalars(sa.select(ContactTry)).one().notes == "Rang out."
    page = text_of(officer.get(f"/referrals/{first}"))
    assert "Rang out." in page
    assert "Tried 1 time of 3. Try again" in " ".join(page.split())


def test_a_try_without_an_answer_says_what_is_missing(officer):
    (first,) = take({})
    answer = text_of(officer.submit(f"/referrals/{first}/try"))
    assert "Choose how you tried" in answer
    assert "Choose what came of it" in answer


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"ending": "", "reason": "Because"}, "Choose how it ends"),
        ({"ending": "withdrawn", "reason": ""}, "Say why the referral is ended"),
        ({"ending": "out_of_area", "reason": "Moved"}, "Choose the force"),
        ({"ending": "out_of_area", "reason": "Moved", "handed_to": "Essex Police"},
         "not been asked whether they agree to Essex Police"),
        ({"ending": "no_reply", "reason": "Silent"}, "Try them again"),
        ({"ending": "declined", "reason": "No", "handed_to": "Essex Police"}, "Only what is out"),
    ],
)  # fmt: skip
def test_an_ending_says_what_it_still_needs(officer, answers, refusal):
    (first,) = take({})
    answer = officer.submit(f"/referrals/{first}/decline", **answers)
    assert refusal in text_of(answer)
    assert referral(first).ending is None


def test_handed_on_to_another_force_after_their_consent_is_recorded(officer):
    (first,) = take({})
    where = f"/people/{referral(first).victim_id}/consent"
    officer.submit(where, purpose="refer_on", agency="Essex Police", answer="given", how="phone")
    officer.submit(
        f"/referrals/{first}/decline",
        ending="out_of_area",
        reason="Lives in Harlow.",
        handed_to="Essex Police",
    )
    assert referral(first).ending is Ending.OUT_OF_AREA
    page = text_of(officer.get(f"/referrals/{first}"))
    assert "Out of area" in page
    assert "handed to Essex Police" in page


@pytest.mark.parametrize("page", ["try", "urgent", "decline"])
@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.COURT_OFFICER, Role.ADMINISTRATOR])
def test_others_may_not_open_the_pages_of_triage(desk, role, page):
    (first,) = take({})
    assert desk(role).get(f"/referrals/{first}/{page}").status_code == 403
