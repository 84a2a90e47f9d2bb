"""A court officer's day: the morning, the call list, the outcomes, the numbers, did it work."""

import csv
import io
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.courts import commands
from beacon.courts.commands import plan_texts
from beacon.courts.models import CourtCall, Hearing
from beacon.courts.terms import Attendance, HearingOutcome, Remand
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim
from tests.hearings import MONDAY_MORNING, TUESDAY, a_hearing
from tests.kin import declare
from tests.pages import form_of, text_of

MONDAY = date(2026, 11, 23)
LANDLINE = "01632 960512"
TUESDAY_MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


@pytest.fixture
def officer(desk):
    return desk(Role.COURT_OFFICER)


def mark(hearing: Hearing, state: TextState, *, code: int | None = None) -> None:
    with transaction() as session:
        text = session.query(OutboundText).filter_by(about_id=hearing.id).one()
        text.state, text.error_code, text.claimed_at = state, code, clock.now()


def logged(action: str) -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == action)))


def a_day() -> None:
    """Three texted, two on the call list, one who is not eligible."""
    hearings = [a_hearing(last_name=f"Texted{number}") for number in range(4)]
    a_hearing(last_name="Landline", mobile=LANDLINE)
    a_hearing(last_name="Custody", remand=Remand.CUSTODY)
    plan_texts(TUESDAY, actor=TEST)
    for hearing, state in zip(hearings, ("delivered", "sent", "delivered", "failed"), strict=True):
        mark(hearing, TextState(state), code=30005 if state == "failed" else None)


@pytest.mark.parametrize("address", ["/", "/hearings/morning"])
def test_the_morning_says_in_one_sentence_where_tomorrows_hearings_stand(officer, address):
    a_day()
    words = text_of(officer.get(address))
    assert "6 hearings tomorrow, Tue 24 Nov:" in words
    assert "3 texted, 2 on the call list, 1 not eligible." in words
    assert "2 people still to ring" in words
    assert "In custody" in words


def test_the_morning_shows_what_came_of_yesterdays_texts(desk):
    a_day()
    with clock.fixed(TUESDAY_MORNING):
        words = text_of(desk(Role.COURT_OFFICER).get("/hearings/morning?day=24&day=11&day=2026"))
    assert "Texts sent on Mon 23 Nov" in words
    assert "4 sent, or may have been 2 delivered 1 not delivered 1 without a receipt" in words
    assert "The number is not in use." in words
    assert "2 people to ring about today" in words


def test_the_morning_leads_to_the_hearings_of_each_figure(officer):
    a_day()
    words = text_of(officer.get("/hearings/standing?day=2026-11-24&where=not_eligible"))
    assert "Robin Custody" in words
    assert "Robin Texted0" not in words
    assert "Robin Texted0" in text_of(officer.get("/hearings/standing?where=texted"))


def test_a_place_that_is_none_and_a_day_that_is_none_do_no_harm(officer):
    assert officer.get("/hearings/standing?where=nowhere&day=31&day=2&day=2026").status_code == 200
    assert officer.get("/hearings/morning?day=31&day=2&day=2026").status_code == 200


def test_a_morning_without_hearings_says_so_and_shows_the_next_that_has_any(officer):
    assert "No hearings are listed tomorrow" in text_of(officer.get("/hearings/morning"))
    a_hearing(held_on=date(2026, 11, 26))
    assert "1 hearing on Thu 26 Nov" in text_of(officer.get("/hearings/morning"))


def test_the_charts_are_drawings_without_styles(officer):
    a_day()
    for address in ("/hearings/morning.svg?day=2026-11-24", "/hearings/attendance.svg"):
        answer = officer.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
        assert "style=" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/", "/hearings/morning"])
def test_the_morning_takes_as_many_statements_for_sixty_hearings_as_for_six(
    officer, address, count_queries
):
    sent = []
    for days in (1, 9):
        for _ in range(days):
            a_day()
        count_queries.clear()
        assert officer.get(address).status_code == 200
        sent.append(len(count_queries))
    assert sent[0] == sent[1] <= 40


@pytest.mark.parametrize(
    "address",
    ["morning", "standing", "calls", "outcomes", "attendance", "numbers", "numbers.csv"],
)
@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.TEAM_LEADER, Role.ANALYST])
def test_the_court_day_is_the_court_officers_alone(desk, role, address):
    assert desk(role).get(f"/hearings/{address}").status_code == 403


def test_the_call_list_shows_whom_to_ring_and_no_whole_number(officer):
    a_day()
    answer = officer.get("/hearings/calls?day=2026-11-24")
    words = text_of(answer)
    assert "Robin Landline" in words
    assert "The text failed" in words
    assert "Not rung yet" in words
    assert "960512" not in answer.get_data(as_text=True).replace(" ", "")
    assert "Robin Custody" not in words


def test_outside_the_hours_the_list_says_so(desk):
    a_day()
    with clock.fixed(MONDAY_MORNING.replace(hour=21)):
        assert "Not at this hour." in text_of(desk(Role.COURT_OFFICER).get("/hearings/calls"))


def test_the_number_to_ring_is_shown_on_asking_with_the_words_to_say(officer):
    hearing = a_hearing(mobile=LANDLINE)
    page = officer.get(f"/hearings/{hearing.id}/call")
    assert "You must be at St Albans Magistrates' Court" in text_of(page)
    assert "01632 960512" not in text_of(page)
    shown = officer.post(f"/hearings/{hearing.id}/call/number", data=form_of(page))
    assert "01632 960512" in text_of(shown)
    (entry,) = logged("defendant.number_shown")
    assert (entry.object_id, entry.actor_id) == (str(hearing.defendant_id), officer.person_id)


def test_a_number_of_somebody_we_protect_is_not_shown_for_ringing(officer):
    hearing = a_hearing(mobile=LANDLINE)
    page = officer.get(f"/hearings/{hearing.id}/call")
    numbers.hold(LANDLINE, Owner.VICTIM, 1)
    shown = officer.post(f"/hearings/{hearing.id}/call/number", data=form_of(page))
    assert "960512" not in text_of(shown).replace(" ", "")
    assert "someone we protect" in text_of(shown)
    assert logged("defendant.number_shown") == []


def test_a_call_is_written_down_and_leaves_the_top_of_the_list(officer):
    hearing = a_hearing(last_name="Landline", mobile=LANDLINE)
    answer = officer.submit(f"/hearings/{hearing.id}/call", outcome="reached", note="At her desk")
    assert answer.status_code == 302
    words = text_of(officer.get(answer.location))
    assert "Nobody is left to ring" in words
    assert words.index("Nobody is left to ring") < words.index("Robin Landline")
    assert "At her desk" in text_of(officer.get(f"/hearings/{hearing.id}/call"))
    db.session.rollback()
    call = db.session.scalars(sa.select(CourtCall)).one()
    assert (call.by_id, call.rung_at) == (officer.person_id, MONDAY_MORNING)


def test_a_wrong_number_leads_to_the_box_for_another(officer):
    hearing = a_hearing(mobile=LANDLINE)
    answer = officer.submit(f"/hearings/{hearing.id}/call", outcome="wrong_number")
    assert answer.location == f"/hearings/{hearing.id}/defendant"
    assert "Another number is needed" in text_of(officer.get("/hearings/calls"))
    assert "Do not ring it." in text_of(officer.get(f"/hearings/{hearing.id}/call"))


def test_a_call_without_an_answer_or_from_a_stale_page_is_not_written(officer):
    hearing = a_hearing(mobile=LANDLINE)
    assert "Say what came of the call" in text_of(officer.submit(f"/hearings/{hearing.id}/call"))
    stale = form_of(officer.get(f"/hearings/{hearing.id}/call"))
    officer.submit(f"/hearings/{hearing.id}/call", outcome="no_answer")
    for seen in (stale["seen"], "-1", "x" * 30):
        sent = stale | {"outcome": "reached", "seen": seen}
        answer = officer.post(f"/hearings/{hearing.id}/call", data=sent)
        assert "Somebody else has just rung this defendant" in text_of(answer)


def test_who_is_not_on_the_call_list_has_a_page_that_says_why(officer):
    hearing = a_hearing(remand=Remand.CUSTODY)
    words = text_of(officer.get(f"/hearings/{hearing.id}/call"))
    assert "not on the call list" in words
    assert "In custody" in words


OUTCOMES = "/hearings/outcomes?day=2026-11-23"


def over(**known) -> Hearing:
    return a_hearing(held_on=MONDAY, **known)


def answers(hearing: Hearing, outcome: str, attendance: str) -> dict[str, str]:
    return {f"outcome_{hearing.id}": outcome, f"attendance_{hearing.id}": attendance}


def recorded() -> dict[int, tuple[HearingOutcome, Attendance]]:
    db.session.rollback()
    rows = db.session.scalars(sa.select(Hearing).where(Hearing.outcome.is_not(None)))
    return {row.id: (row.outcome, row.attendance) for row in rows}


def test_a_whole_day_is_written_down_on_one_page(officer):
    hearings = [over() for _ in range(60)]
    sent = {}
    for hearing in hearings:
        sent |= answers(hearing, "held", "attended")
    answer = officer.submit(OUTCOMES, **sent)
    assert answer.status_code == 302
    assert len(recorded()) == 60
    words = text_of(officer.get(answer.location))
    assert "60 outcomes recorded." in words
    assert "Every hearing of that day has its outcome" in words


def test_nothing_is_filled_in_beforehand_and_empty_rows_stay_for_later(officer):
    first, second = over(last_name="Recorded"), over(last_name="Later")
    sent = form_of(officer.get(OUTCOMES))
    assert {text for name, text in sent.items() if name[:4] in {"outc", "atte"}} == {""}
    answer = officer.submit(OUTCOMES, **answers(first, "warrant", "did_not_attend"))
    assert recorded() == {first.id: (HearingOutcome.WARRANT, Attendance.DID_NOT_ATTEND)}
    words = text_of(officer.get(answer.location))
    assert "Robin Later" in words
    assert "Robin Recorded" not in words
    assert second.id


def test_a_row_that_cannot_be_saved_costs_the_others_nothing(officer):
    good, half, wrong = (over(last_name=name) for name in ("Good", "Half", "Wrong"))
    odd, stale = over(last_name="Odd"), over(last_name="Stale")
    sent = form_of(officer.get(OUTCOMES))
    commands.move_hearing(
        stale.id, court_code="B41MJ00", held_on=MONDAY, starts_at=time(14), version=1, actor=TEST
    )
    sent |= answers(good, "held", "attended") | answers(half, "held", "")
    sent |= answers(wrong, "warrant", "attended") | answers(odd, "no such word", "attended")
    answer = officer.post(OUTCOMES, data=sent | answers(stale, "held", "attended"))
    assert list(recorded()) == [good.id]
    words = text_of(answer)
    assert "1 outcome recorded." in words
    assert "Robin Half: Say whether the defendant came as well." in words
    assert "Robin Wrong: That outcome is for a defendant who did not come." in words
    assert "Robin Odd: Choose one of the answers in the list." in words
    assert "Robin Stale: Somebody else has just changed this hearing" in words
    again = form_of(answer)
    assert again[f"outcome_{half.id}"] == "held"
    assert f"outcome_{good.id}" not in again
    officer.post(OUTCOMES, data=again | answers(half, "held", "attended"))
    assert set(recorded()) == {good.id, half.id, stale.id}


def test_what_somebody_else_recorded_meanwhile_is_shown_and_not_written_over(officer):
    hearing = over(last_name="Both")
    sent = form_of(officer.get(OUTCOMES))
    commands.record_outcome(
        hearing.id,
        outcome=HearingOutcome.ADJOURNED,
        attendance=Attendance.ATTENDED,
        version=1,
        actor=TEST,
    )
    answer = officer.post(OUTCOMES, data=sent | answers(hearing, "held", "attended"))
    assert "Recorded meanwhile: Adjourned on the day, Came to court" in text_of(answer)
    assert recorded()[hearing.id][0] is HearingOutcome.ADJOURNED


def test_a_row_for_a_hearing_that_is_not_there_is_nothing(officer):
    over()
    sent = form_of(officer.get(OUTCOMES))
    sent |= {"version_99999": "1", "outcome_99999": "held", "attendance_99999": "attended"}
    assert officer.post(OUTCOMES, data=sent).status_code == 302
    assert recorded() == {}


def test_the_days_list_may_be_narrowed_to_one_court(officer):
    over(last_name="Alban")
    over(last_name="Steven", court="B41MJ00")
    words = text_of(officer.get(f"{OUTCOMES}&court=B41MJ00"))
    assert "Robin Steven" in words
    assert "Robin Alban" not in words


def test_did_it_work_shows_rates_only_of_five_or_more(officer):
    for number in range(6):
        hearing = a_hearing(held_on=MONDAY, mobile="" if number else "07700 900601")
        commands.record_outcome(
            hearing.id,
            outcome=HearingOutcome.HELD,
            attendance=Attendance.ATTENDED,
            version=1,
            actor=TEST,
        )
        with transaction() as session:
            session.add(
                OutboundText(
                    kind="court_reminder",
                    about_id=hearing.id,
                    on_day=MONDAY,
                    audience="defendant",
                    state=TextState.SUPPRESSED if number else TextState.DELIVERED,
                    reason="no_number" if number else "",
                )
            )
    words = text_of(officer.get("/hearings/attendance"))
    assert "No number that can be texted 5 0 100% 57% to 100% 0" in words
    assert "Text delivered 1 0 Too few – 0" in words
    assert "Nobody was chosen by lot" in words


def test_a_period_that_ends_before_it_begins_is_said_so(officer):
    asked = "first=2&first=11&first=2026&last=1&last=11&last=2026"
    for page in ("attendance", "numbers"):
        words = text_of(officer.get(f"/hearings/{page}?{asked}"))
        assert "The last day must not be before the first." in words


def test_numbers_that_do_not_serve_are_listed_by_who_supplied_them(officer):
    a_hearing(last_name="Landline", mobile=LANDLINE)
    answer = officer.get("/hearings/numbers")
    assert "Robin Landline" in text_of(answer)
    assert "•••512" in text_of(answer)
    assert "960512" not in answer.get_data(as_text=True).replace(" ", "")


def test_the_file_of_numbers_has_neither_names_nor_numbers_and_no_formula(officer):
    hearing = a_hearing(last_name="Landline", mobile=LANDLINE)
    with transaction() as session:
        session.get_one(Hearing, hearing.id).defendant.reference = '=HYPERLINK("x")'
    answer = officer.get("/hearings/numbers.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = answer.get_data().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["defendant_reference"] == '\'=HYPERLINK("x")'
    assert row["fault"] == "Landline"
    assert "Landline" not in {row["urn"], row["supplied_by"]}
    assert "Robin" not in text
    assert "960512" not in text.replace(" ", "")
    (entry,) = logged("defendant.numbers_exported")
    assert entry.operation == "disclosure"


@pytest.mark.proves("Z-11")
def test_whom_the_officer_must_not_meet_is_on_no_page_of_the_day(desk):
    person = a_member_of_staff(Role.COURT_OFFICER)
    crime = a_crime()
    a_case(crime=crime, victim=a_victim(mobile="07700 900222"))
    hearing = a_hearing(last_name="Kept", crime_key=crime.reference_key, mobile=LANDLINE)
    browser = desk(person=person)
    calls, ring = "/hearings/calls?day=2026-11-24", f"/hearings/{hearing.id}/call"
    assert "Robin Kept" in text_of(browser.get(calls))
    declare(person, mobile="07700 900222")
    for page in ("calls", "standing", "numbers", "morning"):
        assert "Kept" not in text_of(browser.get(f"/hearings/{page}"))
    assert "No hearings are listed tomorrow" in text_of(browser.get("/"))
    assert browser.get(ring).status_code == 404
