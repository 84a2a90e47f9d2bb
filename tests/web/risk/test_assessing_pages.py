"""Risk through its pages: the questions, the grounds, the level on every list, and MARAC."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.risk import commands, queries
from beacon.risk.models import MaracReferral, RiskAssessment
from beacon.risk.terms import QUESTIONS, RiskLevel, RiskTool
from tests.factories import TEST
from tests.pages import form_of, text_of
from tests.work.risk.builders import WHY, a_marac, an_assessment, judged, yes_to


def at(case: CaseFile, rest: str = "") -> str:
    return f"/cases/{case.reference}{rest}"


def answered(count: int) -> dict[str, str]:
    return {f"question{number}": answer.value for number, answer in yes_to(count).items()}


def box_error(answer, box: str) -> str:
    html = answer.get_data(as_text=True)
    mark = f'id="{box}-error"'
    assert mark in html, f"no error beside {box}"
    return html.split(mark, 1)[1].split("</p>", 1)[0]


def level(case: CaseFile) -> RiskLevel | None:
    db.session.rollback()
    return queries.levels([case.id]).get(case.id)


def test_the_form_asks_the_24_topics_with_nothing_asked_yet(browser, case):
    page = browser.get(at(case, "/risk/assess/dash"))
    words = text_of(page)
    assert [t for t in QUESTIONS[RiskTool.DASH] if t not in words] == []
    sent = form_of(page)
    assert {sent[f"question{n}"] for n in range(1, 25)} == {"not_asked"}


def test_a_judgement_at_a_score_of_three_is_high_with_its_ground_and_tasks(browser, case):
    answer = browser.submit(
        at(case, "/risk/assess/dash"), **answered(3), judged_high="y", judgement=WHY
    )
    assert answer.status_code == 302
    words = text_of(browser.get(at(case, "/risk")))
    assert "High risk since 23 November 2026" in words
    assert "3 yes" in words
    assert "Professional judgement: a person's own, with their words" in words
    page = text_of(browser.get(at(case)))
    assert page.index("High risk") < page.index("Safe contact")
    for task in ("refer to MARAC", "refer to an IDVA", "confirm again", "check whether a child"):
        assert f"High risk, the same day: {task}" in page


def test_high_stays_high_at_thirteen_on_the_page(browser, case):
    browser.submit(at(case, "/risk/assess/dash"), **answered(14))
    browser.submit(at(case, "/risk/assess/dash"), **answered(13))
    words = text_of(browser.get(at(case, "/risk")))
    assert "Visible high risk: 14 yes, 14 or more is high" in words
    assert level(case) is RiskLevel.HIGH
    assert words.count("Medium risk") == 1  # what the second assessment comes to


def test_a_refusal_stands_by_its_box_and_keeps_every_answer(browser, case):
    answer = browser.submit(at(case, "/risk/assess/dash"), **answered(5), judged_high="y")
    assert "Say in your own words" in box_error(answer, "judgement")
    kept = form_of(answer)
    assert [kept[f"question{n}"] for n in (1, 5, 6)] == ["yes", "yes", "no"]
    assert level(case) is None


def test_stalking_has_no_score_and_asks_how_high_it_is(browser, case):
    page = text_of(browser.get(at(case, "/risk/assess/vs_dash")))
    assert "This form has no score from which a risk is high" in page
    answer = browser.submit(at(case, "/risk/assess/vs_dash"), question1="yes")
    assert "Choose how high the risk is" in box_error(answer, "level")
    browser.submit(at(case, "/risk/assess/vs_dash"), question1="yes", level="medium")
    assert level(case) is RiskLevel.MEDIUM


def test_a_tool_that_is_none_is_not_found(browser, case):
    assert browser.get(at(case, "/risk/assess/guess")).status_code == 404


def test_only_a_persons_reason_lowers_the_level(browser, case):
    an_assessment(case, 14)
    answer = browser.submit(at(case, "/risk/level"), level="standard")
    assert "Enter why" in box_error(answer, "reason")
    browser.submit(at(case, "/risk/level"), level="standard", reason="He is in prison.")
    words = text_of(browser.get(at(case, "/risk")))
    assert "Standard risk since" in words
    assert "Lowered by a person: Priya Shah" in words
    assert "He is in prison." in words
    assert "Levels before (1)" in words


def test_the_answers_are_shown_and_that_is_written_down(browser, case):
    made = an_assessment(case, 15, **judged())
    words = text_of(browser.get(at(case, f"/risk/assessments/{made.id}")))
    assert "Strangulation that did not kill" in words
    assert "Threats to kill" in words
    assert WHY in words
    db.session.rollback()
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.action, entry.object_id) == ("case.shown", str(case.id))
    assert "risk.answers" in entry.facts


def test_licensed_wording_stands_in_the_place_of_our_topics(browser, case):
    commands.load_wording(RiskTool.DASH, {1: "Words that a service is licensed for"}, actor=TEST)
    words = text_of(browser.get(at(case, "/risk/assess/dash")))
    assert "1. Words that a service is licensed for" in words
    assert "Injury now" not in words
    assert "2. Very frightened" in words


def test_the_level_stands_in_the_list_of_cases(browser, case):
    assert "High risk" not in text_of(browser.get("/cases/"))
    an_assessment(case, 14)
    assert "High risk" in text_of(browser.get("/cases/"))


def test_the_level_stands_beside_whom_to_tell_on_the_desk(browser, case):
    an_assessment(case, 10)
    words = text_of(browser.get("/"))
    assert f"{case.reference} Medium risk" in words


def test_an_intake_officer_sees_the_level_and_no_answer(desk, case):
    made = an_assessment(case, 14)
    browser = desk(Role.INTAKE_OFFICER)
    page = text_of(browser.get(at(case, "/risk")))
    assert "High risk" in page
    assert "Assess with DASH" not in page
    assert browser.get(at(case, f"/risk/assessments/{made.id}")).status_code == 403
    assert browser.get(at(case, "/risk/assess/dash")).status_code == 403


def test_the_team_leader_sees_what_a_high_risk_asks_for_today(desk, case):
    an_assessment(case, 14)
    words = text_of(desk(Role.TEAM_LEADER).get("/"))
    assert "High risk, the same day: refer to MARAC" in words
    assert case.reference in words


def test_a_referral_to_marac_is_recorded_with_grounds_consent_and_what_came_of_it(browser, case):
    an_assessment(case, 14)
    assert form_of(browser.get(at(case, "/risk/marac/new")))["grounds"] == "visible_high"
    browser.submit(at(case, "/risk/marac/new"), consent="refused", reason=WHY)
    db.session.rollback()
    row = db.session.scalars(sa.select(MaracReferral)).one()
    words = text_of(browser.get(at(case, "/risk")))
    assert "They do not agree; referred all the same" in words
    assert (
        "the same day: refer to MARAC" not in text_of(browser.get(at(case))).partition("History")[0]
    )
    browser.submit(
        at(case, f"/risk/marac/{row.id}"),
        meeting_on=["23", "11", "2026"],
        outcome="heard",
        actions="Police to fit an alarm.",
    )
    words = text_of(browser.get(at(case, "/risk")))
    assert "Heard at the meeting" in words
    assert "Police to fit an alarm." in words


def test_a_repeat_within_twelve_months_is_worked_out(browser, case):
    a_marac(case)
    browser.submit(
        at(case, "/risk/marac/new"), grounds="repeat", consent="given", reason="He came again."
    )
    assert "Repeat The last MARAC was on 23 November 2026" in text_of(
        browser.get(at(case, "/risk"))
    )


def test_what_is_typed_is_back_when_the_page_is_opened_again(browser, case):
    typed = form_of(browser.get(at(case, "/risk/assess/dash"))) | {"judgement": WHY}
    place = {"beacon_place": at(case, "/risk/assess/dash")}
    assert browser.post("/drafts", data=typed | place).status_code in {200, 204}
    assert form_of(browser.get(at(case, "/risk/assess/dash")))["judgement"].strip() == WHY


def test_the_case_page_takes_as_many_statements_for_many_assessments_as_for_one(
    browser, case, count_queries
):
    sent = []
    for more in (1, 12):
        for number in range(more):
            an_assessment(case, number + 1, **judged())
        count_queries.clear()
        browser.get(at(case))
        sent.append(len(count_queries))
    assert sent[0] == sent[1]


def test_the_wording_of_an_old_assessment_is_that_of_its_tool(browser, case):
    made = an_assessment(case, tool=RiskTool.DARA, answers={}, level=RiskLevel.MEDIUM)
    page = browser.get(at(case, f"/risk/assessments/{made.id}"))
    assert "The answers" not in text_of(page)
    assert db.session.get_one(RiskAssessment, made.id).yes is None
