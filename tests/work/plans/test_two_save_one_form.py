"""Two people save the same form: the second is shown both versions, and loses nothing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people import commands as people
from beacon.people.models import PersonAround, Victim
from beacon.people.rules import AroundFacts
from beacon.people.terms import Around, Safe
from beacon.plans import commands
from beacon.plans.models import PlanChange, SafetyPlan
from beacon.plans.terms import Part
from tests.pages import Page, form_of, text_of

MINE, THEIRS = "He waits at the gate.", "He sits in a car outside."


def forms(answer) -> list[dict]:
    """The forms of a page that send something, in the order of the page."""
    posts = Page(answer.get_data(as_text=True)).forms
    return [form["values"] for form in posts if form["method"] == "post"]


def said(case) -> SafetyPlan:
    db.session.rollback()
    return db.session.scalars(sa.select(SafetyPlan).where(SafetyPlan.case_id == case.id)).one()


@pytest.fixture
def page(case) -> str:
    return f"/cases/{case.reference}/plan/safety"


@pytest.fixture
def both_open(app, case, actor, manager, leader, desk, page):
    """Both have the page open; the leader saves first, then the manager sends what they typed."""
    first = commands.SafetyGiven(signs="He drinks.", steps="Go to the neighbour.")
    commands.save_safety_plan(case, first, reason="", version=0, actor=actor)
    mine, theirs = desk(person=manager), desk(person=leader)
    opened, other = form_of(mine.get(page)), form_of(theirs.get(page))
    saved = theirs.post(page, data=other | {"signs": THEIRS, "reason": "She told me."})
    assert saved.status_code == 302
    answer = mine.post(page, data=opened | {"signs": MINE, "reason": "She rang."})
    return mine, answer


@pytest.mark.proves("L-02")
def test_the_second_is_shown_both_versions_side_by_side_and_nothing_is_saved_over(both_open, case):
    _, answer = both_open
    words = text_of(answer)
    assert answer.status_code == 200
    assert "Somebody else has saved this since you opened the page" in words
    assert "Both versions" in words
    for text in (MINE, THEIRS):
        assert text in words
    assert "Go to the neighbour. Both say the same" not in words
    assert "Both say the same" in words  # the steps, which neither changed
    assert said(case).signs == THEIRS
    assert form_of(answer)["signs"] == MINE  # the boxes hold what was typed


@pytest.mark.proves("L-02")
def test_one_press_keeps_what_is_saved(both_open, case):
    mine, answer = both_open
    keep = next(form for form in forms(answer) if set(form) == {"csrf_token", "beacon_place"})
    back = mine.post("/drafts/throw-away", data=keep)
    assert back.status_code == 302
    assert form_of(mine.get(back.location))["signs"] == THEIRS
    assert said(case).signs == THEIRS


@pytest.mark.proves("L-02")
def test_one_press_keeps_what_was_typed_and_the_other_is_in_the_history(both_open, case, page):
    mine, answer = both_open
    keeps = [form for form in forms(answer) if form.get("signs") == MINE]
    assert mine.post(page, data=keeps[0]).status_code == 302
    assert said(case).signs == MINE
    lines = db.session.scalars(sa.select(PlanChange).where(PlanChange.field == "signs")).all()
    assert [(line.part, line.old, line.new) for line in lines][-1] == (Part.SAFETY, THEIRS, MINE)


@pytest.mark.proves("L-02")
def test_one_press_keeps_the_words_of_both(both_open, case, page):
    mine, answer = both_open
    (joined,) = [form for form in forms(answer) if THEIRS in form.get("signs", "")]
    assert mine.post(page, data=joined).status_code == 302
    assert said(case).signs.split("\n\n") == [THEIRS, MINE]
    assert said(case).steps == "Go to the neighbour."


@pytest.mark.proves("L-02")
def test_a_third_version_meanwhile_is_shown_too(both_open, case, leader, desk, page):
    mine, answer = both_open
    keeps = [form for form in forms(answer) if form.get("signs") == MINE]
    third = desk(person=leader)
    third.submit(page, signs="He has a key.", reason="She found out.")
    again = mine.post(page, data=keeps[0])
    assert "He has a key." in text_of(again)
    assert MINE in text_of(again)
    assert said(case).signs == "He has a key."


@pytest.mark.proves("L-02")
def test_a_form_of_another_record_is_met_in_the_same_way(app, case, manager, leader, desk):
    page = f"/people/{case.victim_id}/communication"
    mine, theirs = desk(person=manager), desk(person=leader)
    opened = form_of(mine.get(page))
    theirs.submit(page, language="Polish", needs=["large_print"], words="Speak slowly.")
    answer = mine.post(page, data=opened | {"language": "Urdu", "words": "Ask her sister."})
    for text in ("Polish", "Urdu", "Large print", "Speak slowly.", "Ask her sister."):
        assert text in text_of(answer)
    victim = db.session.get(Victim, case.victim_id, populate_existing=True)
    assert victim.language == "Polish"


@pytest.mark.proves("L-02")
def test_so_is_what_may_be_said_to_somebody_around_them(app, case, actor, manager, leader, desk):
    facts = AroundFacts(kind=Around.NEXT_OF_KIN, name="Wanda Example", speak=Safe.ASK)
    beside = people.add_around(case.victim, facts, actor=actor)
    page = f"/people/{case.victim_id}/around/{beside.id}"
    mine, theirs = desk(person=manager), desk(person=leader)
    opened = form_of(mine.get(page))
    theirs.submit(page, notes="Not about the hearing.", speak="no")
    answer = mine.post(page, data=opened | {"notes": "Ring after six."})
    words = text_of(answer)
    for text in ("Not about the hearing.", "Ring after six.", "Ask the victim each time"):
        assert text in words
    (joined,) = [form for form in forms(answer) if "\n\n" in form.get("notes", "")]
    assert mine.post(page, data=joined).status_code == 302
    assert db.session.get(PersonAround, beside.id, populate_existing=True).notes == (
        "Not about the hearing.\n\nRing after six."
    )


@pytest.mark.proves("L-02")
def test_an_altered_version_is_an_old_one(app, case, actor, manager, desk, page):
    first = commands.SafetyGiven(steps="Go to the neighbour.")
    commands.save_safety_plan(case, first, reason="", version=0, actor=actor)
    browser = desk(person=manager)
    sent = form_of(browser.get(page)) | {"signs": MINE, "reason": "x", "version": "１"}
    assert "Both versions" in text_of(browser.post(page, data=sent))
    assert said(case).signs == ""
    assert Role.CASE_MANAGER in manager.roles
    query = sa.select(sa.func.count()).where(AuditEntry.action == "safety.changed")
    assert db.session.scalar(query) == 0
