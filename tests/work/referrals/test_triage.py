"""A person says who somebody is, what they are owed, and whether we take the referral."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseGround, ContactLog
from beacon.cases.terms import CaseStatus, Consent, ContactOutcome
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel, EnhancedGround, VictimCategory
from beacon.people.models import PersonLink, Victim
from beacon.people.terms import LinkState
from beacon.referrals import commands, queries
from beacon.referrals.commands import FirstContact, Triage
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place, ReferralState, Waits
from tests.factories import a_member_of_staff, an_actor

STANDARD, ENHANCED = VictimCategory.STANDARD, VictimCategory.ENHANCED


@pytest.fixture
def officer(app):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


@pytest.fixture
def last(referrals):
    return lambda: referrals()[-1]


def confirm(referral: Referral, officer, *grounds: EnhancedGround, **known):
    usual = {
        "category": ENHANCED if grounds else STANDARD,
        "grounds": dict.fromkeys(grounds, True),
        "consent": Consent.YES,
    }
    return commands.confirm(
        referral, Triage(**usual | known), version=referral.version, actor=officer
    )


def test_confirming_decides_the_category_and_leaves_the_queue(take, last, officer):
    take({"domestic_abuse": "yes"})
    case = confirm(last(), officer, EnhancedGround.DOMESTIC_ABUSE)
    assert case.category is ENHANCED
    assert case.category_decided_at is not None
    assert last().place == Place.DONE
    ground = db.session.scalars(sa.select(CaseGround)).one()
    assert (ground.holds, ground.proposed_by) == (True, "marked as domestic abuse")


def test_the_first_contact_is_recorded_with_the_confirmation(take, last, officer):
    take({})
    contact = FirstContact(
        channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, at=clock.now(), notes="Well."
    )
    case = confirm(last(), officer, contact=contact)
    assert case.status is CaseStatus.OPEN
    assert db.session.scalars(sa.select(ContactLog)).one().notes == "Well."


def test_a_contact_in_the_future_leaves_everything_as_it_was(take, last, officer):
    take({})
    contact = FirstContact(
        channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, at=clock.now() + timedelta(days=1)
    )
    with pytest.raises(RuleBroken):
        confirm(last(), officer, contact=contact)
    assert last().case.category_is_proposed
    assert last().place == Place.NEW_CASE


def test_a_waiting_referral_opens_its_case_when_it_is_confirmed(take, last, officer):
    take({"consent_to_referral": "no"})
    case = confirm(last(), officer)
    assert case.consent is Consent.YES
    assert last().state is ReferralState.ACCEPTED


def test_a_referral_without_consent_is_not_taken(take, last, officer):
    take({"consent_to_referral": "no"})
    with pytest.raises(RuleBroken, match="did not agree"):
        confirm(last(), officer, consent=Consent.NO)
    assert last().case_id is None


def test_a_possible_match_is_settled_before_the_case_opens(take, last, officer):
    take({})
    take({"crime_reference": "41/101/26", "date_of_birth": "", "email": ""})
    with pytest.raises(RuleBroken, match="possible matches"):
        confirm(last(), officer)
    (other,) = queries.candidates(officer, last()).shown
    known = other.card.victim_id
    commands.not_the_same_person(last(), db.session.get_one(Victim, known), actor=officer)
    assert last().waits is None
    assert confirm(last(), officer).is_open


def test_a_link_is_made_by_a_person_and_undone(take, last, officer, referrals):
    take({})
    take({"crime_reference": "41/101/26", "date_of_birth": "", "email": ""})
    first = referrals()[0]
    commands.link_person(last(), first.victim, actor=officer)
    link = db.session.scalars(sa.select(PersonLink)).one()
    assert (link.state, link.decided_by_id, last().linked_to_known) == (
        LinkState.LINKED,
        officer.id,
        True,
    )
    commands.unlink_person(last(), first.victim, reason="Two people, they say.", actor=officer)
    assert db.session.scalars(sa.select(PersonLink)).one().state is LinkState.UNDONE
    assert not last().linked_to_known


def test_declining_asks_why_and_keeps_the_referral(take, last, officer):
    take({"consent_to_referral": "no"})
    with pytest.raises(RuleBroken, match="why"):
        commands.decline(last(), reason=" ", version=last().version, actor=officer)
    commands.decline(last(), reason="Lives abroad.", version=last().version, actor=officer)
    assert (last().state, last().place) == (ReferralState.DECLINED, Place.DONE)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "referral.declined")
    ).one()
    assert "Lives abroad" not in entry.facts + entry.reason


def test_a_declined_referral_stays_declined_when_its_row_changes(take, last, officer):
    take({"consent_to_referral": "no"})
    commands.decline(last(), reason="Lives abroad.", version=last().version, actor=officer)
    report = take({"consent_to_referral": "yes"})
    assert report.counts["cases_opened"] == 0
    assert last().case_id is None


def test_an_older_version_of_the_page_is_refused(take, last, officer):
    take({})
    version = last().version
    take({"district": "Dacorum"})
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.confirm(
            last(), Triage(category=STANDARD, consent=Consent.YES), version=version, actor=officer
        )


def test_the_queue_shows_what_waits_before_new_cases_and_enhanced_before_standard(take, officer):
    rows = [
        {"crime_reference": "41/1/26", "last_name": "Newcase"},
        {"crime_reference": "41/2/26", "last_name": "Newenhanced", "vulnerable": "yes"},
        {"crime_reference": "41/3/26", "last_name": "Waits", "consent_to_referral": "no"},
        {
            "crime_reference": "41/4/26",
            "last_name": "Waitsenhanced",
            "consent_to_referral": "no",
            "vulnerable": "yes",
        },
    ]
    for number, row in enumerate(rows):
        take(row | {"mobile": f"07700 90020{number}", "email": "", "date_of_birth": ""})
    page = queries.Queue(viewer=officer).page()
    assert [row.name.split()[-1] for row in page] == [
        "Waitsenhanced",
        "Waits",
        "Newenhanced",
        "Newcase",
    ]
    only = queries.Queue(viewer=officer, waits=Waits.NO_CONSENT, pressing=True).page()
    assert [row.name.split()[-1] for row in only] == ["Waitsenhanced"]


def test_the_next_one_follows_in_the_queue_and_the_last_leads_to_the_first(
    take, referrals, officer
):
    for number in range(3):
        take(
            {
                "crime_reference": f"41/{number + 1}/26",
                "last_name": f"Made{number}",
                "mobile": f"07700 90020{number}",
                "email": "",
                "date_of_birth": "",
            }
        )
    queue = queries.Queue(viewer=officer)
    first, second, third = referrals()
    assert queue.next_after(queries.standing(first)) == second.id
    assert queue.next_after(queries.standing(third)) == first.id
    stood = queries.standing(second)
    confirm(second, officer)
    assert queue.next_after(stood) == third.id


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.COURT_OFFICER, Role.ANALYST])
def test_others_see_no_referral(take, role):
    take({"consent_to_referral": "no"})
    viewer = an_actor(a_member_of_staff(role))
    assert list(queries.Queue(viewer=viewer).page()) == []


def test_a_queue_page_costs_the_same_statements_however_long(take, officer, count_queries):
    take({"crime_reference": "41/1/26"})
    queries.Queue(viewer=officer).page()
    count_queries.clear()
    queries.Queue(viewer=officer).page()
    one = len([sent for sent in count_queries if "SELECT" in sent])
    take(*[{"crime_reference": f"41/{n}/26", "last_name": f"M{n}"} for n in range(2, 12)])
    count_queries.clear()
    queries.Queue(viewer=officer).page()
    assert len([sent for sent in count_queries if "SELECT" in sent]) == one
