"""Who may open a case, breaking the glass, linked cases and conflicts, as their pages show them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands
from beacon.cases.models import AccessReview, BreakGlass, CaseFile, CaseName, ContactLog
from beacon.cases.terms import CrimeKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from tests.factories import a_case, a_crime, a_member_of_staff, a_victim
from tests.kin import declare, restricted
from tests.pages import form_of, text_of
from tests.web.cases.conftest import MONDAY

WHY = "She rang: he is at her door tonight."
LINE = (
    "Some records are restricted. If you expected somebody here, ask your team leader, or break "
    "the glass"
)


def fresh(case: CaseFile) -> CaseFile:
    db.session.rollback()
    return db.session.get_one(CaseFile, case.id, populate_existing=True)


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.seq)))


def page(browser, case, tail=""):
    return browser.get(f"/cases/{case.reference}{tail}")


def broken(browser, case, reason=WHY):
    return browser.submit("/break-glass", reference=case.reference, reason=reason)


@pytest.fixture
def stranger(desk):
    return desk(Role.CASE_MANAGER, team="South")


@pytest.mark.proves("Z-08")
def test_a_manager_restricts_the_case_names_somebody_and_takes_them_off_again(browser, case, desk):
    named = a_member_of_staff(team="South", name="Noor Named")
    theirs = desk(person=named)
    assert "Access" in text_of(page(browser, case))
    shown = text_of(page(browser, case, "/access"))
    assert "Priya Shah Case manager" in shown
    assert "Case managers of the North team" in shown
    browser.submit(f"/cases/{case.reference}/access", reason="A colleague lives next door")
    assert fresh(case).restricted
    assert page(theirs, case).status_code == 404
    answer = browser.get(f"/cases/{case.reference}/access")
    token = form_of(answer)["csrf_token"]
    sent = {"csrf_token": token, "person": str(named.id)}
    browser.post(f"/cases/{case.reference}/access/names", data=sent)
    assert "Noor Named Named on this case" in text_of(page(browser, case, "/access"))
    assert page(theirs, case).status_code == 200
    elsewhere = a_case(manager=case.manager).reference
    name = db.session.scalars(sa.select(CaseName.id)).one()
    foreign = f"/cases/{elsewhere}/access/names/{name}/remove"
    assert browser.post(foreign, data={"csrf_token": token}).status_code == 404
    where = f"/cases/{case.reference}/access/names/{name}/remove"
    browser.post(where, data={"csrf_token": token})
    assert page(theirs, case).status_code == 404
    assert actions().count("case.named") == 1
    assert {"case.restricted", "case.name_removed", "case.access"} <= set(actions())
    browser.submit(f"/cases/{case.reference}/access", reason="They have moved")
    assert not fresh(case).restricted


def test_a_colleague_sees_who_may_open_a_case_and_decides_nothing(desk, case):
    colleague = desk(Role.CASE_MANAGER)
    words = text_of(page(colleague, case, "/access"))
    assert "The case manager and the leader of the team decide this." in words
    assert "Restrict the case" not in words


def test_a_mistake_on_the_page_of_access_keeps_what_was_typed(browser, case):
    answer = browser.submit(f"/cases/{case.reference}/access", reason="")
    assert "Enter why" in text_of(answer)
    restricted(case)
    token = form_of(browser.get(f"/cases/{case.reference}/access"))["csrf_token"]
    answer = browser.post(
        f"/cases/{case.reference}/access/names", data={"csrf_token": token, "person": ""}
    )
    assert "Choose somebody" in text_of(answer)


@pytest.mark.proves("Z-08")
def test_search_says_the_same_of_a_restricted_record_as_of_none_and_asks_nobody_else(
    desk, case, stranger
):
    restricted(case)
    intake = desk(Role.INTAKE_OFFICER)
    for browser in (intake, stranger):
        # The page says what it took the words for: each stands beside words of its own kind.
        for words, nobodys in (
            ("Hartwell", "Nobodysname"),
            ("07700 900123", "07700 900499"),
            (case.reference, "BCN-ZZZZZ"),
        ):
            said = [
                text_of(browser.submit("/search", words=one)).replace(one, "")
                for one in (words, nobodys)
            ]
            assert said[0] == said[1]
            assert LINE in said[0]
    assert LINE in text_of(intake.get("/search"))


@pytest.mark.proves("Z-09")
def test_the_glass_is_broken_with_a_reason_and_the_page_says_until_when(stranger, case):
    restricted(case)
    assert page(stranger, case).status_code == 404
    for reason in ("", "abc"):
        answer = broken(stranger, case, reason)
        assert answer.status_code == 200
        assert case.reference in answer.get_data(as_text=True)
        assert page(stranger, case).status_code == 404
    answer = broken(stranger, case)
    assert answer.location.endswith(f"/cases/{case.reference}")
    words = text_of(page(stranger, case))
    assert (
        "You broke the glass to read this case. It closes at 23 November 2026 at 10:30am" in words
    )
    assert "Amelia Hartwell" in words
    assert actions().count("break_glass") == 2  # one was refused by its reason, one done


@pytest.mark.proves("Z-09")
def test_who_has_not_lately_proved_who_they_are_is_asked_to_before_the_glass_is_broken(
    stranger, case
):
    held = form_of(stranger.get("/break-glass"))
    sent = held | {"reference": case.reference, "reason": WHY}
    with clock.fixed(MONDAY + timedelta(minutes=11)):
        for answer in (stranger.get("/break-glass"), stranger.post("/break-glass", data=sent)):
            assert answer.status_code == 302
            assert answer.location.startswith("/prove?next=%2Fbreak-glass")
    assert db.session.scalar(sa.select(BreakGlass)) is None


@pytest.mark.proves("Z-09")
@pytest.mark.parametrize("role", [Role.COURT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_works_with_no_case_may_not_open_the_page_of_the_glass(desk, role):
    assert desk(role).get("/break-glass").status_code == 403


def looked_into(browser, case):
    """Every address of the case that offers or takes a form."""
    ends = ("/contacts/new", "/needs/new", "/milestones/new", "/assign", "/category", "/close")
    ends += ("/reopen", "/access", "/charge")
    token = form_of(browser.get("/search"))["csrf_token"]
    for end in ends:
        yield end, page(browser, case, end).status_code
        sent = {"csrf_token": token, "reason": "Why", "note": "A note", "version": "1"}
        yield end, browser.post(f"/cases/{case.reference}{end}", data=sent).status_code


def buttons(browser, case):
    """The orders that the page offers; to call and to narrow a history is to read, and is none."""
    html = page(browser, case).get_data(as_text=True)
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    main = re.sub(r'<form[^>]* action="/people/[0-9]+/points/.*?</form>', "", main, flags=re.DOTALL)
    main = re.sub(r'<form class="beacon-filter".*?</form>', "", main, flags=re.DOTALL)
    main = main.replace(f'href="/cases/{case.reference}/risk"', "")  # to read of a risk is to read
    return main.count("<form"), main.count("govuk-button "), f"{case.reference}/" in main


@pytest.mark.proves("Z-09", "Z-04")
def test_behind_broken_glass_nothing_is_offered_and_nothing_can_be_changed(desk, case):
    leader = desk(Role.TEAM_LEADER, team="South")
    broken(leader, case)
    assert page(leader, case).status_code == 200
    assert {status for _, status in looked_into(leader, case)} == {404}
    assert leader.get(f"/people/{case.victim_id}/contact").status_code == 404
    assert buttons(leader, case)[0] == 1  # close it now
    assert fresh(case).version == 2
    assert db.session.scalar(sa.select(ContactLog)) is None


@pytest.mark.proves("Z-04")
def test_a_linked_case_is_read_with_the_reason_and_nothing_on_it_is_offered(
    desk, case, manager, browser
):
    other = a_case(
        crime=case.crime,
        victim=a_victim(last_name="Bystander"),
        manager=a_member_of_staff(team="South"),
    )
    words = text_of(page(browser, other))
    assert f"You see this case because you work on {case.reference}." in words
    assert buttons(browser, other) == (0, 0, False)
    assert {status for _, status in looked_into(browser, other)} == {403, 404}
    assert fresh(other).version == 2
    assert "Bystander" in text_of(page(browser, case))
    assert page(desk(Role.CASE_MANAGER), other).status_code == 404
    assert "Bystander" not in text_of(browser.submit("/search", words="Bystander")).replace(
        "Bystander", "", 1
    )


def test_the_money_of_a_linked_fraud_is_read_and_not_logged(desk):
    fraud = a_crime(kind=CrimeKind.FRAUD)
    mine = a_member_of_staff(Role.CASE_MANAGER)
    a_case(crime=fraud, manager=mine)
    other = a_case(crime=fraud, manager=a_member_of_staff(team="South"))
    browser = desk(person=mine)
    answer = browser.get(f"/fraud/cases/{other.reference}")
    assert answer.status_code == 200
    assert "Log a loss" not in text_of(answer)
    assert browser.get(f"/fraud/cases/{other.reference}/loss").status_code in {403, 404}


@pytest.mark.proves("Z-10")
def test_the_case_closes_after_an_hour_or_when_the_reader_says_so(desk, case):
    restricted(case)
    first, second = desk(Role.CASE_MANAGER, team="South"), desk(Role.INTAKE_OFFICER, team="South")
    broken(first, case)
    broken(second, case)
    form = form_of(page(first, case))
    first.post(f"/cases/{case.reference}/close-glass", data={"csrf_token": form["csrf_token"]})
    assert page(first, case).status_code == 404
    assert page(second, case).status_code == 200
    with transaction() as session:
        for glass in session.scalars(sa.select(BreakGlass)):
            glass.until = MONDAY
    assert page(second, case).status_code == 404


@pytest.mark.proves("Z-09", "Z-11")
def test_the_glass_answers_alike_for_what_is_absent_erased_and_in_conflict(desk, case):
    person = a_member_of_staff(Role.CASE_MANAGER, team="South")
    browser = desk(person=person)
    kins, erased = a_case(victim=a_victim(mobile="07700 900321")), a_case()
    declare(person, mobile="07700 900321")
    with transaction():
        erased.erased_at = clock.now()
    said = set()
    for reference in ("BCN-ZZZZZ", "nonsense", kins.reference, erased.reference):
        answer = browser.submit("/break-glass", reference=reference, reason=WHY)
        assert answer.status_code == 200
        said.add(text_of(answer).replace(reference, ""))
    assert len(said) == 1
    assert "No case of that reference can be opened so." in said.pop()
    assert db.session.scalar(sa.select(BreakGlass)) is None
    assert actions().count("case.conflict") == 1


@pytest.mark.proves("Z-11")
def test_a_leader_finds_no_case_of_kin_by_any_way_and_each_try_is_written_down(desk):
    leader = a_member_of_staff(Role.TEAM_LEADER)
    browser = desk(person=leader)
    victim = a_victim(last_name="Kinsey", mobile="07700 900321")
    case = a_case(victim=victim, manager=a_member_of_staff())
    assert page(browser, case).status_code == 200
    declare(leader, mobile="07700 900321")
    for where, absent in (
        (f"/cases/{case.reference}", "/cases/BCN-ZZZZZ"),
        (f"/cases/{case.reference}/assign", "/cases/BCN-ZZZZZ/assign"),
        (f"/cases/{case.reference}/access", "/cases/BCN-ZZZZZ/access"),
        (f"/people/{victim.id}/contact", "/people/999/contact"),
    ):
        answer = browser.get(where)
        assert answer.status_code == 404
        assert len(answer.data) == len(browser.get(absent).data)
    before = actions().count("case.conflict")
    assert before == 4
    assert case.reference not in text_of(browser.submit("/search", words="07700 900321"))
    assert case.reference not in text_of(browser.get("/cases/"))
    assert actions().count("case.conflict") == before + 1
    assert len(db.session.scalars(sa.select(AccessReview)).all()) == 1


@pytest.mark.proves("Z-11")
def test_the_form_of_assigning_leaves_out_who_must_not_meet_the_victim(desk, leader):
    declaring = a_member_of_staff(name="Dee Kin")
    declare(declaring, mobile="07700 900321")
    case = a_case(victim=a_victim(mobile="07700 900321"))
    where = f"/cases/{case.reference}/assign"
    answer = leader.get(where)
    assert "Dee Kin" not in text_of(answer)
    answer = leader.post(where, data=form_of(answer) | {"manager": str(declaring.id)})
    assert fresh(case).manager_id is None
    assert "conflict" not in text_of(answer).casefold()


@pytest.mark.proves("Z-12")
def test_a_member_of_staff_and_their_leader_are_refused_the_record_of_that_member(desk):
    person = a_member_of_staff(Role.INTAKE_OFFICER, email="own.record@example.org")
    case = a_case(victim=a_victim(email="Own.Record@example.org"))
    assert case.restricted
    with transaction():
        case.restricted = False
    for browser in (desk(person=person), desk(Role.TEAM_LEADER)):
        assert page(browser, case).status_code == 404
    assert page(desk(Role.INTAKE_OFFICER, team="South"), case).status_code == 200


@pytest.mark.proves("Z-26")
def test_a_form_of_a_case_that_is_restricted_meanwhile_is_refused(desk, case):
    colleague = desk(Role.TEAM_LEADER)
    answer = colleague.get(f"/cases/{case.reference}/assign")
    with transaction():
        case.restricted, case.team_id = True, a_member_of_staff(team="South").team_id
    sent = form_of(answer) | {"manager": str(a_member_of_staff().id)}
    assert colleague.post(f"/cases/{case.reference}/assign", data=sent).status_code == 404


def test_a_page_of_ones_own_case_says_nothing_of_glass_or_links(browser, case):
    words = text_of(page(browser, case))
    assert "You see this case because" not in words
    assert "broke the glass" not in words
    commands.restrict(case, reason="Why", version=fresh(case).version, actor=actor_of(case))
    assert "Restricted" in text_of(page(browser, case))


def actor_of(case):
    from tests.factories import an_actor

    return an_actor(case.manager)
