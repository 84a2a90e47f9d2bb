"""Links by hand, cut in the middle of a chain with a reason, and repeat victims by their rule."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.terms import EnhancedGround
from beacon.people.models import PersonLink
from beacon.people.queries import link_between, linked_ids, said_of
from beacon.people.terms import LinkState
from beacon.referrals import commands, queries
from beacon.referrals.commands.receiving import proposals_of
from beacon.referrals.terms import Repeats, SamePerson, Waits
from tests.factories import a_member_of_staff, an_actor

TARGETED = EnhancedGround.PERSISTENTLY_TARGETED


@pytest.fixture
def officer(app):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


@pytest.fixture
def four(take, referrals):
    """Four referrals of Robin Marsh, each with nothing but the name: nothing links them."""
    for number in range(4):
        take({"crime_reference": f"41/{200 + number}/26", "mobile": f"07700 90020{number}",
              "email": "", "date_of_birth": ""})  # fmt: skip
    return referrals


def link(referral, other, officer):
    commands.link_person(
        referral, other.victim, reason="They told us so on the phone.", actor=officer
    )


def chained(four, officer):
    """A chain: the first with the second, that with the third, that with the fourth."""
    for one, other in zip(four(), four()[1:], strict=False):
        link(other, one, officer)
    return four()


def test_where_too_little_agrees_a_person_must_say_how_they_know(four, officer):
    first, second = four()[:2]
    with pytest.raises(RuleBroken, match="how you know"):
        commands.link_person(second, first.victim, actor=officer)
    assert db.session.scalar(sa.select(sa.func.count(PersonLink.id))) == 0


@pytest.mark.proves("U-01")
def test_a_chain_is_cut_in_the_middle_and_each_side_holds_together(four, officer):
    first, second, third, fourth = chained(four, officer)
    middle = link_between(second.victim_id, third.victim_id)
    (joint,) = [one for one in queries.chain(officer, fourth).joints if one.id == middle.id]
    before = [
        {record.victim_id for record in side} for side in (joint.sides.one, joint.sides.other)
    ]
    commands.cut_link(middle, reason="Two people of one name.", actor=officer)
    assert linked_ids(first.victim_id) == {second.victim_id}
    assert linked_ids(fourth.victim_id) == {third.victim_id}
    assert before == [
        {first.victim_id, second.victim_id},
        {third.victim_id, fourth.victim_id},
    ]
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "person_link.undone")
    ).one()
    assert entry.operation == "combination"


def test_a_link_undone_beside_others_parts_nobody_and_the_page_says_so(four, officer):
    first, second, third, _ = chained(four, officer)
    link(third, first, officer)
    middle = link_between(second.victim_id, third.victim_id)
    (joint,) = [one for one in queries.chain(officer, first).joints if one.id == middle.id]
    assert joint.sides.hang_together
    commands.cut_link(middle, reason="Two people of one name.", actor=officer)
    assert third.victim_id in linked_ids(second.victim_id)


def test_who_said_what_and_why_is_kept_from_the_first_word(take, four, officer):
    first, second = four()[:2]
    link(second, first, officer)
    made = link_between(first.victim_id, second.victim_id)
    with pytest.raises(RuleBroken, match="Say why"):
        commands.cut_link(made, reason="no", actor=officer)
    commands.cut_link(made, reason="Two people of one name.", actor=officer)
    link(second, first, officer)
    told = said_of([made])[made.id]
    assert [(one.state, one.reason) for one in told] == [
        (LinkState.LINKED, "They told us so on the phone."),
        (LinkState.UNDONE, "Two people of one name."),
        (LinkState.LINKED, "They told us so on the phone."),
    ]
    assert {one.by for one in told} == {officer.name}


def test_what_is_linked_is_not_called_two_people_without_undoing_it(four, officer):
    first, second = four()[:2]
    link(second, first, officer)
    with pytest.raises(RuleBroken, match="Undo the link first"):
        commands.not_the_same_person(second, first.victim, actor=officer)


def test_three_candidates_are_answered_on_one_page(take, referrals, officer):
    known = {"date_of_birth": "1980-05-01", "email": ""}
    for number in range(3):
        take(known | {"crime_reference": f"41/30{number}/26", "mobile": f"07700 90030{number}",
                      "first_name": ("Robin", "Robyn", "R")[number]})  # fmt: skip
    take(known | {"crime_reference": "41/310/26", "mobile": "07700 900310"})
    last = referrals()[-1]
    asked = queries.candidates(officer, last).asked
    assert (last.waits, len(asked)) == (Waits.POSSIBLE_MATCH, 3)
    answers = dict.fromkeys((one.victim_id for one in asked), SamePerson.NOT_THE_SAME)
    answers[asked[0].victim_id] = SamePerson.SAME
    commands.say_who(last, answers, version=last.version, actor=officer)
    assert (last.waits, last.linked_to_known) == (None, True)
    assert linked_ids(last.victim_id) == {asked[0].victim_id}


def test_nothing_said_and_a_page_that_is_old_are_refused(four, officer):
    first, second = four()[:2]
    later = {first.victim_id: SamePerson.LATER}
    with pytest.raises(RuleBroken, match="at least one"):
        commands.say_who(second, later, version=second.version, actor=officer)
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.say_who(second, later, version=second.version + 1, actor=officer)


def test_three_crimes_in_a_year_flag_a_repeat_with_the_rule(take, referrals):
    for number in range(3):
        take({"victim_reference": "P1", "crime_reference": f"41/40{number}/26"})
    assert [one.repeats for one in referrals()] == [
        None,
        Repeats.EARLIER_CASE,
        Repeats.MANY_CRIMES,
    ]


def test_a_second_referral_without_an_earlier_case_is_no_repeat(take, referrals):
    for number in range(2):
        take({"victim_reference": "P1", "crime_reference": f"41/40{number}/26",
              "consent_to_referral": "no"})  # fmt: skip
    assert [one.repeats for one in referrals()] == [None, None]


def test_a_link_by_hand_flags_a_repeat_and_its_cut_takes_the_flag_away(four, officer):
    first, second, third, _ = four()
    link(second, first, officer)
    link(third, second, officer)
    assert (third.repeats, third.linked_to_known) == (Repeats.MANY_CRIMES, True)
    assert TARGETED in {ground for ground, _ in proposals_of(third)}
    made = link_between(second.victim_id, third.victim_id)
    commands.cut_link(made, reason="Two people of one name.", actor=officer)
    assert (third.repeats, third.linked_to_known) == (None, False)
    assert TARGETED not in {ground for ground, _ in proposals_of(third)}


def test_a_dry_run_says_of_people_what_taking_in_would(take, referrals):
    known = {"mobile": "", "email": "", "address": "4 Example Road", "postcode": "AL1 3LB"}
    rows = [
        known | {"crime_reference": "41/500/26", "date_of_birth": ""},
        # The same row with more in it: from now on its person can be known for certain.
        known | {"crime_reference": "41/500/26", "victim_reference": "P1"},
        known | {"crime_reference": "41/501/26"},
        {"crime_reference": "41/502/26", "victim_reference": "P1", "first_name": "Bob"},
        known | {"crime_reference": "41/503/26", "last_name": "Mrash"},
    ]
    figures = []
    for dry in (True, False):
        counts = take(*rows, dry_run=dry).counts
        figures.append({name: counts[name] for name in sorted(counts)})
    assert figures[0] == figures[1]
    assert figures[1]["people_linked"] > 0
