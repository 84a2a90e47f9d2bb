"""From a case to an agency and back: chosen, looked at, sent, answered, as two people meet it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseTask
from beacon.cases.terms import TaskKind
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.partners.models import AgencyContact, PartnerReferral, PartnerService
from beacon.partners.terms import Basis, Outcome, ReferralState, SharedFact
from beacon.people.terms import Safe
from tests.pages import form_of, text_of
from tests.work.partners.builders import REFUGE, a_sent_one, a_service, agree

ASKS = "Please offer six sessions."


@pytest.fixture
def service(monday: None) -> PartnerService:
    return a_service(how="Ring the desk.")


@pytest.fixture
def partner(desk: Any, monday: None) -> Any:
    return desk(Role.PARTNER, agency=REFUGE)


def at(case, rest=""):
    return f"/cases/{case.reference}/partners{rest}"


def the_one() -> PartnerReferral:
    db.session.rollback()
    return db.session.scalars(sa.select(PartnerReferral)).one()


def press(partner, own: str, deed: str) -> None:
    token = form_of(partner.get(own))["csrf_token"]
    partner.post(f"{own}/{deed}", data={"csrf_token": token, "version": str(the_one().version)})


def tasks(kind: TaskKind) -> int:
    db.session.rollback()
    open_ones = sa.select(CaseTask).where(CaseTask.kind == kind, CaseTask.done_at.is_(None))
    return len(db.session.scalars(open_ones).all())


def test_a_case_is_sent_on_accepted_begun_written_of_and_finished(browser, partner, case, service):
    assert "Talking it through" in text_of(browser.get(at(case)))
    facts = ["name", "phone", "safe_contact"]
    browser.submit(at(case, f"/to/{service.id}"), facts=facts, asks=ASKS)
    sharing = the_one()
    page = text_of(browser.get(at(case, f"/{sharing.id}/send")))
    for seen in ("07700 900123", "Say you are from the library", "Amelia Hartwell", ASKS):
        assert seen in page
    assert "Nobody at Example Refuge signs in" not in page
    answer = browser.submit(at(case, f"/{sharing.id}/send"))
    assert "have not been asked whether they agree" in text_of(answer)
    agree(case)
    browser.submit(at(case, f"/{sharing.id}/send"))
    assert the_one().state is ReferralState.SENT

    own = f"/our-referrals/{sharing.id}"
    assert f"Referral {sharing.id}" in text_of(partner.get("/our-referrals/"))
    assert "Hartwell" not in text_of(partner.get("/our-referrals/"))
    page = text_of(partner.get(own))
    for seen in ("07700 900123", "Say you are from the library", "Amelia Hartwell", ASKS):
        assert seen in page
    for kept in ("HP1", "amelia@example.org", case.reference, "Burglary"):
        assert kept not in page
    press(partner, own, "accept")
    assert the_one().state is ReferralState.ACCEPTED
    press(partner, own, "begin")
    partner.submit(f"{own}/message", words="She asks for a lift.")
    partner.submit(f"{own}/finish", outcome="helped", words="Six sessions.")
    ended = the_one()
    assert (ended.state, ended.outcome) == (ReferralState.FINISHED, Outcome.HELPED)
    page = text_of(browser.get(at(case, f"/{sharing.id}")))
    for said in ("She asks for a lift.", "Six sessions.", "Helped with what was asked"):
        assert said in page
    assert tasks(TaskKind.PARTNER_SAID) == 4
    assert "Finished" in text_of(browser.get(f"/cases/{case.reference}"))


def test_without_consent_a_ground_and_words_are_asked_and_kept(browser, case, service):
    browser.submit(at(case, f"/to/{service.id}"), facts=["name"], asks=ASKS)
    where = at(case, f"/{the_one().id}/send")
    answer = browser.submit(where, ground="serious_harm", ground_words="x")
    assert "in your own words" in text_of(answer)
    browser.submit(where, ground="serious_harm", ground_words="He said that he comes tonight.")
    sent = the_one()
    assert (sent.state, sent.basis) == (ReferralState.SENT, Basis.OVERRIDE)
    assert "Risk of serious harm" in text_of(browser.get(at(case, f"/{sent.id}"))).replace(
        "risk of", "Risk of"
    )


def test_what_says_too_much_is_refused_by_its_box_and_nothing_is_lost(browser, case, service):
    words = "She lives at HP1 1AA, please write."
    answer = browser.submit(at(case, f"/to/{service.id}"), facts=["name"], asks=words)
    assert "not to be shared" in text_of(answer)
    assert form_of(answer)["asks"] == words
    answer = browser.submit(at(case, f"/to/{service.id}"), facts=["phone"], asks=ASKS)
    assert "Share them with the number" in text_of(answer)


def test_the_preview_is_written_down_and_a_number_is_whole_only_to_its_own_manager(
    browser, desk, case, service
):
    facts = ["phone", "safe_contact"]
    browser.submit(at(case, f"/to/{service.id}"), facts=facts, asks=ASKS)
    where = at(case, f"/{the_one().id}/send")
    assert "07700 900123" in text_of(browser.get(where))
    colleague = desk(Role.CASE_MANAGER)
    page = text_of(colleague.get(where))
    assert "07700 900123" not in page
    assert "Shown to them in full" in page
    db.session.rollback()
    seen = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "partner_referral.previewed")
    ).all()
    assert {one.actor_id for one in seen} >= {browser.person_id, colleague.person_id}


def test_an_agency_declines_with_its_reason_and_the_manager_is_told(
    browser, partner, case, service
):
    sharing = a_sent_one(case, service)
    own = f"/our-referrals/{sharing.id}"
    answer = partner.submit(f"{own}/decline", words="")
    assert "Enter why you cannot take it" in text_of(answer)
    answer = partner.submit(f"{own}/decline", words="We have no room until March.")
    assert answer.location.endswith("/our-referrals/")
    assert the_one().state is ReferralState.DECLINED
    assert "no room until March" in text_of(browser.get(at(case, f"/{sharing.id}")))
    assert tasks(TaskKind.PARTNER_SAID) == 1
    # Whoever says no needs the name and the number no longer.
    for rest in ("", "/message"):
        assert partner.get(own + rest).status_code == 404
    assert case.victim.full_name not in text_of(partner.get("/our-referrals/"))


def test_a_page_that_was_opened_before_another_step_changes_nothing(partner, case, service):
    sharing = a_sent_one(case, service)
    own = f"/our-referrals/{sharing.id}"
    old = form_of(partner.get(f"{own}/decline"))
    press(partner, own, "accept")
    answer = partner.post(f"{own}/decline", data=old | {"words": "No room"})
    assert "Somebody else has changed this referral" in text_of(answer)
    assert the_one().state is ReferralState.ACCEPTED


@pytest.mark.proves("Z-16")
def test_another_agency_and_our_own_staff_have_no_such_page(desk, browser, case, service):
    sharing = a_sent_one(case, service)
    other = desk(Role.PARTNER, agency="Example Trust")
    own = f"/our-referrals/{sharing.id}"
    token = form_of(other.get("/"))["csrf_token"]
    for rest in ("", "/decline", "/finish", "/message"):
        assert other.get(f"{own}{rest}").status_code == 404
        assert browser.get(f"{own}{rest}").status_code == 403
    for rest in ("accept", "begin", "decline", "finish", "message"):
        sent = {"csrf_token": token, "version": "2", "words": "x", "outcome": "helped"}
        assert other.post(f"{own}/{rest}", data=sent).status_code == 404
    assert the_one().state is ReferralState.SENT


def test_what_is_taken_back_says_why_and_what_they_said_by_telephone_is_kept(
    browser, case, service
):
    sharing = a_sent_one(case, service)
    browser.submit(at(case, f"/{sharing.id}/answer"), state="accepted", words="By telephone")
    assert the_one().state is ReferralState.ACCEPTED
    browser.submit(at(case, f"/{sharing.id}/take-back"), reason="She moved away")
    assert the_one().state is ReferralState.REVOKED
    assert "She moved away" in text_of(browser.get(at(case, f"/{sharing.id}")))


@pytest.mark.parametrize("change", ["rules", "number"])
def test_a_way_to_reach_them_that_has_changed_is_not_shown_to_the_agency_any_more(
    browser, partner, case, service, change
):
    facts = frozenset({SharedFact.NAME, SharedFact.PHONE, SharedFact.SAFE_CONTACT})
    sharing = a_sent_one(case, service, facts=facts)
    own = f"/our-referrals/{sharing.id}"
    assert "07700 900123" in text_of(partner.get(own))
    with transaction() as session:
        victim = session.merge(case.victim)
        if change == "rules":
            victim.safe_contact.words = "Never on a Monday"
        else:
            victim.contact_points[0].safe = Safe.NO
    page = text_of(partner.get(own))
    assert "07700 900123" not in page
    assert "from the library" not in page
    assert "Never on a Monday" not in page
    assert "Ask the case manager before you get in touch" in page
    assert "Amelia Hartwell" in page
    assert "has changed since this was sent" in text_of(browser.get(at(case, f"/{sharing.id}")))


# The directory


def test_a_service_is_added_found_changed_checked_and_ended(leader, browser, service):
    assert "Talking it through" in text_of(browser.get("/services/?need=n1"))
    assert "No service fits this" in text_of(browser.get("/services/?need=n6"))
    leader.submit(
        "/services/new",
        agency=str(service.agency_id),
        name="Safe doors",
        kind="home_security",
        needs=["n2"],
        districts=["watford"],
        age_from="18",
        active_from=["1", "1", "2026"],
    )
    page = text_of(browser.get("/services/?district=watford&need=n2"))
    assert "Safe doors" in page
    assert "Safe doors" not in text_of(browser.get("/services/?district=dacorum"))
    assert "Safe doors" not in text_of(browser.get("/services/?age=17"))
    made = db.session.scalars(sa.select(PartnerService).filter_by(name="Safe doors")).one()
    leader.submit(f"/services/{made.id}/change", waiting_weeks="3", waiting_told_on="")
    answer = leader.submit(f"/services/{made.id}/change", waiting_weeks="3")
    assert "Enter when they told us" in text_of(answer)
    leader.submit(f"/services/{made.id}/change", active_to=["22", "11", "2026"])
    assert "Safe doors" not in text_of(browser.get("/services/"))
    assert "Takes nobody now" in text_of(leader.get("/services/"))


def test_a_programme_for_perpetrators_is_not_even_offered(leader, service):
    page = leader.get("/services/new").get_data(as_text=True)
    assert "perpetrator_programme" not in page
    answer = leader.submit(
        "/services/new",
        agency=str(service.agency_id),
        name="For those who harm",
        kind="perpetrator_programme",
        needs=["n1"],
    )
    assert answer.status_code in {200, 400}
    assert len(db.session.scalars(sa.select(PartnerService)).all()) == 1


def test_champions_and_their_training_are_kept(leader, service):
    contacts = f"/agencies/{service.agency_id}/contacts"
    leader.submit(f"{contacts}/new", name="Agatha Encyrill", mobile="07700 900101")
    contact = db.session.scalars(sa.select(AgencyContact)).one()
    answer = leader.submit(
        f"{contacts}/{contact.id}/training", course="Hearing", done_on=["2", "2", "2026"]
    )
    assert "not in the champions" in text_of(answer)
    leader.submit(f"{contacts}/{contact.id}/champion", since=["1", "2", "2026"])
    leader.submit(
        f"{contacts}/{contact.id}/training",
        course="Hearing",
        done_on=["2", "2", "2026"],
        expires_on=["22", "11", "2026"],
    )
    page = text_of(leader.get("/agencies/champions"))
    for seen in ("Agatha Encyrill", "Hearing", "Run out"):
        assert seen in page
