"""Sending a case on: what is chosen, the consent that must stand, and what is put by."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, TimelineEntry
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.roles import Role
from beacon.partners import commands, queries
from beacon.partners.commands import Answer, Choice
from beacon.partners.models import PartnerReferral, PartnerStep
from beacon.partners.terms import (
    Basis,
    LawfulGround,
    Outcome,
    ReferralState,
    SharedFact,
    StepKind,
)
from beacon.people import commands as people
from beacon.people.terms import Agreed
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.work.partners.builders import (
    ASKS,
    NAMED,
    TRUST,
    a_draft,
    a_sent_one,
    a_service,
    agree,
    send,
)
from tests.work.plans.conftest import MONDAY

TODAY = date(2026, 11, 23)
REACHED = frozenset({SharedFact.PHONE, SharedFact.EMAIL})


@pytest.fixture
def careful(manager) -> CaseFile:
    """A case of somebody with a safe number, a home, and words on how they may be reached."""
    victim = a_victim(
        mobile="07700 900101",
        email="vica@example.org",
        address="12 Secrecy Row, Hertford",
        postcode="SG14 1AB",
        safe="yes",
        safe_notes="Never after six",
    )
    return a_case(manager=manager, victim=victim)


def held(sharing: PartnerReferral) -> dict[str, object]:
    return dict(json.loads(sharing.shared))


def test_what_is_sent_is_what_was_chosen_and_nothing_else(careful, actor):
    facts = frozenset({SharedFact.PHONE, SharedFact.SAFE_CONTACT})
    sharing = a_sent_one(careful, actor=actor, facts=facts)
    said = held(sharing)
    assert set(said["facts"]) == {"phone", "safe_contact"}
    assert said["asks"] == ASKS
    assert "07700 900101" in said["facts"]["phone"]
    assert "do not text, leave no voicemail" in said["facts"]["phone"]
    for kept in ("vica@", "Secrecy", "SG14", careful.victim.last_name, careful.reference):
        assert kept not in sharing.shared
    assert sharing.state is ReferralState.SENT
    assert sharing.expires_on == TODAY + timedelta(days=90)
    assert sharing.reply_due_on == date(2026, 11, 26)


def test_the_log_names_the_facts_that_went_and_none_of_their_words(careful, actor):
    facts = frozenset({SharedFact.NAME, SharedFact.CRIME})
    sharing = a_sent_one(careful, actor=actor, facts=facts)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "partner_referral.sent")
    ).one()
    assert entry.object_id == str(sharing.id)
    assert '"name"' in entry.facts
    assert '"crime"' in entry.facts
    assert careful.victim.last_name not in entry.facts
    assert entry.operation == "disclosure"


def test_the_history_of_the_case_says_to_whom_it_went(careful, actor):
    a_sent_one(careful, actor=actor)
    words = [
        line.words
        for line in db.session.scalars(
            sa.select(TimelineEntry).filter_by(case_id=careful.id, event=TimelineEvent.PARTNER)
        )
    ]
    assert any("Talking it through, Example Refuge: sent" in one for one in words)


@pytest.mark.parametrize("fact", sorted(REACHED))
def test_a_way_to_reach_them_never_goes_without_the_words_on_safe_contact(careful, actor, fact):
    with pytest.raises(RuleBroken, match="Share them with the number"):
        a_draft(careful, facts=frozenset({fact}), actor=actor)


@pytest.mark.parametrize("safe", ["no", "ask", ""])
def test_a_number_that_is_not_known_to_be_safe_is_never_shared(manager, safe):
    victim = a_victim(mobile="07700 900102", email="x@example.org", safe=safe)
    known = queries.known_facts(a_case(manager=manager, victim=victim))
    assert known[SharedFact.PHONE] == ""
    assert known[SharedFact.EMAIL] == ""


@pytest.mark.parametrize(
    "words",
    ["She is at 12 secrecy row", "Post: SG141AB", "Ring 07700 900101", "never AFTER six"],
)
def test_words_that_say_more_than_was_chosen_are_refused(careful, actor, words):
    with pytest.raises(RuleBroken, match="not to be shared"):
        a_draft(careful, asks=words, actor=actor)
    assert db.session.scalars(sa.select(PartnerReferral)).all() == []


def test_a_number_that_was_chosen_may_stand_in_the_words_too(careful, actor):
    facts = frozenset({SharedFact.PHONE, SharedFact.SAFE_CONTACT})
    sharing = a_draft(careful, facts=facts, asks="Ring 07700 900101, never after six", actor=actor)
    assert sharing.state is ReferralState.DRAFT


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "have not been asked"),
        (Agreed.NOT_ASKED, "have not been asked"),
        (Agreed.REFUSED, "did not agree"),
    ],
)
def test_without_consent_to_this_agency_nothing_goes(careful, actor, answer, sentence):
    if answer is not None:
        agree(careful, answer=answer)
    agree(careful, TRUST)  # of another agency: it says nothing of this one
    sharing = a_draft(careful, actor=actor)
    with pytest.raises(RuleBroken, match=sentence):
        send(careful, sharing, actor=actor)
    db.session.refresh(sharing)
    assert (sharing.state, sharing.shared) == (ReferralState.DRAFT, "")


def test_a_consent_that_has_run_out_is_none(careful, actor):
    agree(careful, expires_on=TODAY)
    sharing = a_draft(careful, actor=actor)
    with (
        clock.fixed(MONDAY + timedelta(days=1)),
        pytest.raises(RuleBroken, match="has run out"),
    ):
        send(careful, sharing, actor=actor)


def test_without_consent_it_needs_a_lawful_ground_and_words(careful, actor):
    agree(careful, answer=Agreed.REFUSED)
    sharing = a_draft(careful, actor=actor)
    with pytest.raises(RuleBroken, match="own words"):
        send(careful, sharing, actor=actor, ground=LawfulGround.SERIOUS_HARM, ground_words="x")
    why = "He said that he will come tonight."
    send(careful, sharing, actor=actor, ground=LawfulGround.SERIOUS_HARM, ground_words=why)
    assert sharing.basis is Basis.OVERRIDE
    assert (sharing.ground, sharing.ground_words) == (LawfulGround.SERIOUS_HARM, why)
    assert sharing.consent_id is None


def test_where_they_agree_no_ground_is_kept(careful, actor):
    agree(careful)
    sharing = a_draft(careful, actor=actor)
    send(careful, sharing, actor=actor, ground=LawfulGround.COURT_ORDER, ground_words="As ordered.")
    assert (sharing.basis, sharing.ground, sharing.ground_words) == (Basis.CONSENT, None, "")


def test_it_ends_no_later_than_the_consent(careful, actor):
    agree(careful, expires_on=TODAY + timedelta(days=10))
    sharing = a_draft(careful, actor=actor)
    send(careful, sharing, actor=actor)
    assert sharing.expires_on == TODAY + timedelta(days=10)


def test_where_a_fact_changed_after_the_preview_nothing_is_sent(careful, actor):
    agree(careful)
    sharing = a_draft(careful, actor=actor)
    mark = queries.preview(actor, careful, sharing).mark
    other = a_member_of_staff(Role.CASE_MANAGER, name="Somebody Else")
    cases.assign_manager(careful, other, version=careful.version, actor=TEST)
    with pytest.raises(RuleBroken, match="changed since you looked"):
        send(careful, sharing, mark=mark)
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.DRAFT


def test_a_draft_that_a_colleague_changed_is_not_sent_from_an_older_page(careful, actor):
    agree(careful)
    sharing = a_draft(careful, actor=actor)
    choice = Choice(facts=NAMED, asks="Something else")
    commands.change_draft(careful, sharing, choice, version=1, actor=TEST)
    sending = commands.Sending(mark=queries.preview(actor, careful, sharing).mark)
    with pytest.raises(Stale):
        commands.send(careful, sharing, sending, version=1, actor=actor)


def test_the_same_form_sent_twice_writes_one_draft(careful, actor):
    service = a_service()
    assert a_draft(careful, service).id == a_draft(careful, service).id


def test_a_service_has_a_case_before_it_once(careful, actor):
    service = a_service()
    a_sent_one(careful, service, actor=actor)
    again = a_draft(careful, service, actor=actor)
    with pytest.raises(RuleBroken, match="has the case before it already"):
        send(careful, again, actor=actor)


def test_nothing_goes_to_a_service_that_takes_nobody(careful, actor):
    with pytest.raises(RuleBroken, match="takes nobody now"):
        a_draft(careful, a_service(active_to=TODAY - timedelta(days=1)), actor=actor)
    service = a_service(name="Another one", active_to=TODAY)
    agree(careful)
    sharing = a_draft(careful, service, actor=actor)
    with clock.fixed(MONDAY + timedelta(days=1)), pytest.raises(RuleBroken, match="takes nobody"):
        send(careful, sharing, actor=actor)


def test_what_was_sent_stays_as_it_was(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    before = sharing.shared
    choice = Choice(facts=frozenset({SharedFact.CRIME}), asks="More")
    with pytest.raises(RuleBroken, match="stays as it was"):
        commands.change_draft(careful, sharing, choice, version=sharing.version, actor=actor)
    other = a_member_of_staff(Role.CASE_MANAGER, name="Somebody Else")
    cases.assign_manager(careful, other, version=careful.version, actor=TEST)
    db.session.refresh(sharing)
    assert sharing.shared == before


@pytest.mark.proves("Z-16")
def test_nobody_without_the_case_sends_it_on_or_takes_it_back(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    stranger = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    officer = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    for person, refusal in ((stranger, NotFound), (officer, RuleBroken)):
        with pytest.raises(refusal):
            a_draft(careful, actor=person)
        with pytest.raises(refusal):
            commands.take_back(careful, sharing, reason="x", version=sharing.version, actor=person)


def test_what_is_taken_back_is_so_with_its_reason(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    with pytest.raises(RuleBroken, match="Enter why"):
        commands.take_back(careful, sharing, reason=" ", version=sharing.version, actor=actor)
    commands.take_back(careful, sharing, reason="Too late", version=sharing.version, actor=actor)
    assert sharing.state is ReferralState.REVOKED
    assert sharing.revoked_at == clock.now()
    assert queries.steps_of(actor, sharing)[0].words == "Too late"


def test_what_an_agency_says_by_telephone_is_written_down(careful, actor):
    sharing = a_sent_one(careful, actor=actor)

    def say(state: ReferralState, **known: object) -> None:
        answer = Answer(**{"state": state} | known)
        commands.record_answer(careful, sharing, answer, version=sharing.version, actor=actor)

    say(ReferralState.ACCEPTED)
    say(ReferralState.IN_PROGRESS)
    with pytest.raises(RuleBroken, match="Choose how it ended"):
        say(ReferralState.FINISHED)
    say(ReferralState.FINISHED, outcome=Outcome.HELPED, words="Six sessions")
    assert (sharing.state, sharing.outcome) == (ReferralState.FINISHED, Outcome.HELPED)
    assert sharing.expires_on == TODAY + timedelta(days=14)
    with pytest.raises(RuleBroken, match="cannot become"):
        say(ReferralState.ACCEPTED)
    kinds = [one.kind for one in queries.steps_of(actor, sharing)]
    assert kinds == [
        StepKind.FINISHED,
        StepKind.IN_PROGRESS,
        StepKind.ACCEPTED,
        StepKind.SENT,
        StepKind.DRAFTED,
    ]


def test_the_history_of_a_referral_only_grows(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    step = db.session.scalars(sa.select(PartnerStep).filter_by(sharing_id=sharing.id)).first()
    for order in ("UPDATE partner_step SET by_name = 'x'", "DELETE FROM partner_step"):
        with pytest.raises(sa.exc.DBAPIError):
            db.session.execute(sa.text(order))
        db.session.rollback()
    assert db.session.get(PartnerStep, step.id) is not None


# Consent that is taken back


def test_when_consent_is_taken_back_the_agency_sees_nothing_at_once(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    agree(careful, answer=Agreed.WITHDRAWN, actor=actor)
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.REVOKED
    assert sharing.revoked_at is not None


def test_what_the_agency_had_finished_is_gone_too_and_stays_finished(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    for state, outcome in (
        (ReferralState.ACCEPTED, None),
        (ReferralState.FINISHED, Outcome.HELPED),
    ):
        answer = Answer(state=state, outcome=outcome)
        commands.record_answer(careful, sharing, answer, version=sharing.version, actor=actor)
    agree(careful, answer=Agreed.WITHDRAWN, actor=actor)
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.FINISHED
    assert sharing.revoked_at is not None


def test_consent_to_another_agency_taken_back_changes_nothing(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    agree(careful, TRUST)
    agree(careful, TRUST, answer=Agreed.WITHDRAWN)
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.SENT


def test_an_agency_is_the_same_however_its_name_is_spaced(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    agree(careful, "example  REFUGE", answer=Agreed.WITHDRAWN)
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.REVOKED


def test_what_was_shared_on_a_lawful_ground_stays(careful, actor):
    agree(careful)
    agree(careful, answer=Agreed.WITHDRAWN)
    sharing = a_draft(careful, actor=actor)
    send(careful, sharing, ground=LawfulGround.SAFEGUARDING, ground_words="A child is at risk.")
    agree(careful, answer=Agreed.REFUSED)
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.SENT


def test_a_consent_that_now_ends_earlier_ends_the_referral_earlier(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    with clock.fixed(MONDAY + timedelta(hours=1)):
        agree(careful, expires_on=TODAY + timedelta(days=5))
    db.session.refresh(sharing)
    assert sharing.expires_on == TODAY + timedelta(days=5)


def test_consent_taken_back_under_a_linked_record_counts(careful, actor):
    sharing = a_sent_one(careful, actor=actor)
    twin = a_victim(last_name="Twin")
    people.link(careful.victim, twin, facts=(), actor=TEST)
    with clock.fixed(MONDAY + timedelta(hours=1)):
        agree(a_case(victim=twin), answer=Agreed.WITHDRAWN)
    db.session.refresh(sharing)
    assert sharing.state is ReferralState.REVOKED


# A case that is to be closed


def close(case: CaseFile, actor) -> None:
    cases.close_case(case, note="All is done", version=case.version, actor=actor)


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_case_is_not_closed_while_a_draft_or_an_unanswered_referral_stands(case, actor, is_sent):
    sharing = a_sent_one(case, actor=actor) if is_sent else a_draft(case, actor=actor)
    with pytest.raises(RuleBroken, match="Sent on to Example Refuge"):
        close(case, actor)
    commands.take_back(case, sharing, reason="It ends", version=sharing.version, actor=actor)
    close(case, actor)
    assert not case.is_open


def test_what_an_agency_works_on_is_named_and_may_go_on(case, actor):
    sharing = a_sent_one(case, actor=actor)
    answer = Answer(state=ReferralState.ACCEPTED)
    commands.record_answer(case, sharing, answer, version=sharing.version, actor=actor)
    (end,) = queries.ends_of(case)
    assert not end.waits
    assert end.words == "Sent on to Example Refuge: accepted"
    close(case, actor)
    assert not case.is_open
