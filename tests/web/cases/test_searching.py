"""Search: by whatever the caller can say, within what the person may see, never in an address."""

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import AccessReview
from beacon.cases.terms import ReviewKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.oversight.queries import reviews_waiting, unusual, week_of
from beacon.oversight.rules import Unusual
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare
from tests.pages import form_of, text_of


def found(browser, words):
    answer = browser.submit("/search", words=words)
    assert answer.status_code == 200
    return text_of(answer)


@pytest.mark.parametrize(
    "words",
    [
        "Hartwell",
        "amelia hartwell",
        "HARTWEL",
        "07700 900123",
        "+447700900123",
        "900123",
        "amelia@example.org",
        "hp1 1aa",
    ],
)
def test_a_case_is_found_by_what_is_known_of_the_person(browser, case, words):
    assert case.reference in found(browser, words)


def test_a_case_is_found_by_its_own_and_by_the_crimes_reference(browser, case):
    assert "Amelia Hartwell" in found(browser, case.reference.lower())
    assert "Amelia Hartwell" in found(browser, f" {case.crime.reference} ")


def test_nothing_is_found_of_what_a_person_may_not_see(desk, case):
    stranger = desk(Role.CASE_MANAGER, team="South")
    assert "Nobody that you may see is like that." in found(stranger, "Hartwell")


def test_too_many_words_are_refused_in_a_sentence(browser):
    refused = "What you look for must be 200 characters or fewer."
    assert refused in found(browser, "x" * 201)
    assert refused not in found(browser, "x" * 200)


def test_what_was_found_is_written_down_without_the_words(browser, case):
    found(browser, "Hartwell")
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.object_id) == ("case.found", str(case.id))
    assert "Hartwell" not in entry.facts


@pytest.mark.proves("Z-11", "U-12")
def test_searching_for_ones_kin_is_told_to_the_leader_and_stands_in_the_weekly_list(desk, app):
    person = a_member_of_staff(Role.CASE_MANAGER, name="Nina Nosy")
    case = a_case(victim=a_victim(last_name="Kinsman", mobile="07700 900321"))
    declare(person, mobile="07700 900321")
    browser = desk(person=person)
    for _ in range(3):
        assert case.reference not in found(browser, "Kinsman")
    db.session.rollback()
    (review,) = reviews_waiting(an_actor(a_member_of_staff(Role.TEAM_LEADER)))
    assert (review.kind, review.who, review.reference) == (
        ReviewKind.CONFLICT,
        "Nina Nosy",
        case.reference,
    )
    (line,) = unusual(week_of(clock.today()))
    assert (line.finding.rule, line.finding.person_id) == (Unusual.REFUSALS, person.id)
    assert (line.finding.records, line.finding.count) == ((case.reference,), 3)
    # A search that points to nobody they know is nobody's business.
    found(browser, "Somebody Else")
    assert len(db.session.scalars(sa.select(AccessReview)).all()) == 1


@pytest.mark.proves("U-12")
def test_one_opening_of_ones_kins_case_counts_once_however_often_it_is_written_down(desk, app):
    person = a_member_of_staff(Role.CASE_MANAGER)
    case = a_case(victim=a_victim(mobile="07700 900321"))
    declare(person, mobile="07700 900321")
    browser = desk(person=person)
    where = (f"/cases/{case.reference}", f"/people/{case.victim_id}/contact")
    assert [browser.get(one).status_code for one in where] == [404, 404]
    db.session.rollback()
    assert unusual(week_of(clock.today())) == []
    browser.get(where[0])
    db.session.rollback()
    (line,) = unusual(week_of(clock.today()))
    assert (line.finding.rule, line.finding.count) == (Unusual.REFUSALS, 3)
    assert line.finding.records == (case.reference,)


def test_no_words_are_asked_for_again(browser):
    assert "Enter a name, date of birth" in found(browser, "   ")


def test_words_in_the_address_are_not_searched_for(browser, case):
    assert "Amelia" not in text_of(browser.get("/search?words=Hartwell"))


def typed(browser, words):
    """What the script of the page is answered while somebody types."""
    form = form_of(browser.get("/search"))
    answer = browser.post("/search/typed", data=form | {"words": words})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_what_is_found_while_typing_is_what_is_found_and_nothing_around_it(browser, case):
    page = typed(browser, "hartw")
    assert case.reference in page
    assert "<h1" not in page
    assert "<form" not in page
    assert 'data-said="1 record"' in page


def test_nothing_comes_back_to_who_typed_nothing(browser, case):
    assert typed(browser, "  ").strip() == ""


@pytest.mark.proves("U-02")
def test_each_answer_while_typing_is_written_down_without_the_words(browser, case):
    typed(browser, "hartw")
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.object_id) == ("case.found", str(case.id))
    assert "hartw" not in entry.facts


def test_without_the_token_of_the_page_nothing_is_answered(browser, case):
    assert browser.post("/search/typed", data={"words": "hartw"}).status_code == 400


@pytest.mark.proves("Z-11")
def test_half_a_name_of_ones_kin_is_nobodys_business_and_the_whole_of_it_is(desk, app):
    person = a_member_of_staff(Role.CASE_MANAGER)
    case = a_case(victim=a_victim(first_name="Ada", last_name="Kinsman", mobile="07700 900321"))
    declare(person, mobile="07700 900321")
    browser = desk(person=person)
    assert case.reference not in typed(browser, "kins")
    assert db.session.scalars(sa.select(AccessReview)).all() == []
    assert case.reference not in typed(browser, "ada kinsman")
    db.session.rollback()
    assert len(db.session.scalars(sa.select(AccessReview)).all()) == 1


@pytest.mark.proves("Z-18")
def test_typing_counts_as_searching_and_stops_at_the_same_limit(browser, case, app):
    with transaction() as session:
        session.add(Setting(name="access.searches_in_ten_minutes", text="3"))
    for _ in range(3):
        typed(browser, "hartw")
    form = form_of(browser.get("/search"))
    answer = browser.post("/search/typed", data=form | {"words": "hartw"})
    assert answer.status_code == 429


def test_who_is_found_by_nothing_is_told_what_to_try(browser, case):
    page = found(browser, "Quorndon")
    assert "Looked for a name." in page
    assert "the last six digits of a phone number" in page
