"""Rows of the feeds become people, crimes, referrals and cases, once each."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from beacon.cases.commands import decide_category
from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.cases.terms import CaseStatus, Consent, CrimeKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, EnhancedGround, VictimCategory
from beacon.feeds.models import FeedKey, FeedRecord, ImportBatch
from beacon.feeds.terms import BatchState, FileRefused
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held
from beacon.people.commands import NO_NAME
from beacon.people.models import PersonLink, ProposedChange, Victim
from beacon.people.terms import LinkState, Safe
from beacon.referrals.commands import open_waiting
from beacon.referrals.commands.receiving import proposals_of
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from beacon.referrals.queries import proposed_route
from beacon.referrals.terms import Place, ReferralState, Route, Waits
from tests.factories import TEST
from tests.feed_rows import FRAUD, POLICE, a_file, without


def how_many(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_complete_row_of_a_new_person_opens_a_case_by_itself(take, referrals):
    report = take({})
    (referral,) = referrals()
    assert report.figures("created") == {"read": 1, "created": 1, "rejected": 0}
    assert report.counts["people_new"] == report.counts["cases_opened"] == 1
    assert referral.state is ReferralState.ACCEPTED
    assert referral.place == Place.NEW_CASE
    assert referral.case.status is CaseStatus.NEW
    assert referral.case.manager_id is None


@pytest.mark.proves("M-12")
def test_a_case_of_the_feed_has_the_duty_of_the_referral_met_at_receipt(take, referrals):
    take({})
    (referral,) = referrals()
    duties = db.session.scalars(sa.select(Duty).where(Duty.case_id == referral.case_id)).all()
    assert {duty.rule: duty.state for duty in duties}["R4_REFER"] is DutyState.MET


def test_the_same_row_again_in_the_file_or_another_day_is_unchanged(take):
    first = take({}, {})
    again = take({})
    assert first.counts["created"] == first.counts["unchanged"] == 1
    assert again.counts["unchanged"] == 1
    assert how_many(Referral) == how_many(Victim) == how_many(Crime) == 1


def test_case_spaces_and_another_form_of_the_date_make_no_other_row(take):
    take({})
    again = take({"date_of_birth": "01/05/1980", "crime_reference": " 41/000100/2026"})
    assert again.counts["unchanged"] == 1


def test_any_other_fact_is_an_update(take, referrals):
    take({})
    report = take({"district": "Dacorum"})
    (referral,) = referrals()
    assert report.counts["updated"] == 1
    assert referral.crime.district == "Dacorum"


def test_an_empty_fact_erases_nothing(take, referrals):
    take({"district": "Dacorum"})
    take(without({}, ["email", "district"]))
    (referral,) = referrals()
    assert referral.crime.district == "Dacorum"
    assert {point.value for point in referral.victim.contact_points if not point.retired_at} == {
        "+447700900123",
        "robin.marsh@example.org",
    }


def test_a_victim_reference_that_appears_later_is_an_update_and_finds_the_row_from_then_on(take):
    take({})
    report = take({"victim_reference": "P1"})
    renamed = take({"victim_reference": "P1", "last_name": "Marsh-Hill"})
    assert report.counts["updated"] == renamed.counts["updated"] == 1
    assert how_many(Referral) == 1
    assert how_many(FeedKey) == 3


def test_two_victim_references_are_two_victims_even_of_one_name_and_birth(take, referrals):
    take({"victim_reference": "P1"})
    report = take({"victim_reference": "P2"})
    assert report.counts["created"] == report.counts["queued_for_review"] == 1
    assert referrals()[1].waits is Waits.POSSIBLE_MATCH


def test_the_same_crime_and_name_with_another_birth_is_queued_and_opens_no_case(take, referrals):
    take({})
    report = take({"date_of_birth": "1999-01-02", "mobile": "", "email": "other@example.org"})
    later = referrals()[1]
    assert (report.counts["created"], report.counts["queued_for_review"]) == (1, 1)
    assert report.counts["cases_opened"] == 0
    assert (later.waits, later.case_id) == (Waits.BIRTH_DATE_DIFFERS, None)


def test_the_same_crime_may_have_several_victims(take):
    report = take({}, {"first_name": "Kim", "last_name": "Bell", "mobile": "07700 900124",
                       "email": "", "date_of_birth": "1971-02-03"})  # fmt: skip
    assert report.counts["cases_opened"] == 2
    assert (how_many(Crime), how_many(CaseFile)) == (1, 2)


@pytest.mark.parametrize(
    ("changed", "waits"),
    [
        ({"consent_to_referral": "no"}, Waits.NO_CONSENT),
        ({"mobile": "", "email": ""}, Waits.NO_CONTACT_POINT),
    ],
)
def test_a_row_without_consent_or_contact_waits(take, referrals, changed, waits):
    report = take(changed)
    (referral,) = referrals()
    assert report.counts["people_new"] == 1
    assert report.counts["cases_opened"] == 0
    assert (referral.state, referral.waits) == (ReferralState.WAITING, waits)


def test_a_postal_address_alone_is_a_contact_point(take):
    report = take({"mobile": "", "email": "", "address": "4 Example Road", "postcode": "AL1 3LB"})
    assert report.counts["cases_opened"] == 1


def test_consent_that_comes_later_opens_the_case(take, referrals):
    take({"consent_to_referral": "no"})
    report = take({"consent_to_referral": "yes"})
    (referral,) = referrals()
    assert (report.counts["updated"], report.counts["cases_opened"]) == (1, 1)
    assert referral.case is not None


def test_consent_taken_back_puts_the_case_before_a_person_again(take, referrals):
    take({})
    take({"consent_to_referral": "no"})
    (referral,) = referrals()
    assert (referral.waits, referral.place) == (Waits.CONSENT_WITHDRAWN, Place.WAITING)
    assert referral.consent is Consent.NO


def test_a_new_ground_puts_the_case_before_a_person_again(take, referrals):
    take({})
    take({"domestic_abuse": "yes"})
    (referral,) = referrals()
    assert (referral.waits, referral.pressing) == (Waits.NEW_GROUNDS, 0)


def test_every_number_is_held_even_where_no_case_opens(take):
    take({"consent_to_referral": "no", "phone": "020 7946 0780"})
    assert holder("07700900123", crime_reference="41/100/26") is Held.SAME_CASE
    assert holder("+44 20 7946 0780") is Held.ANOTHER_CASE


def test_a_number_that_cannot_be_rung_still_guards_by_its_digits(take):
    take({"mobile": "07700 90012"})
    assert holder("0770090012") is Held.ANOTHER_CASE


def test_a_number_that_changes_leaves_the_old_one_guarded(take, referrals):
    take({})
    take({"mobile": "07700 900124"})
    (referral,) = referrals()
    live = [point.value for point in referral.victim.contact_points if not point.retired_at]
    assert "+447700900124" in live
    assert "+447700900123" not in live
    assert holder("07700900123") is not Held.NONE


def test_safe_opens_the_points_of_the_row_and_texts_only_where_preferred(take, referrals):
    take({"phone": "020 7946 0780"})
    victim = referrals()[0].victim
    assert {point.safe for point in victim.contact_points} == {Safe.YES}
    assert [p.text_ok for p in victim.contact_points if p.kind.value == "mobile"] == [Safe.YES]
    assert {point.voicemail_ok for point in victim.contact_points} == {Safe.NOT_ASKED}


def test_a_person_known_by_reference_is_linked_and_not_merged(take, referrals):
    take({"victim_reference": "P1"})
    report = take({"victim_reference": "P1", "crime_reference": "41/101/26"})
    first, second = referrals()
    link = db.session.scalars(sa.select(PersonLink)).one()
    assert report.counts["people_linked"] == report.counts["cases_opened"] == 1
    assert link.state is LinkState.LINKED
    assert first.victim_id != second.victim_id


def test_a_person_with_two_agreeing_facts_is_queued(take, referrals):
    take({})
    report = take({"crime_reference": "41/101/26", "date_of_birth": "", "email": ""})
    assert report.counts["queued_for_review"] == 1
    assert referrals()[1].waits is Waits.POSSIBLE_MATCH
    assert db.session.scalars(sa.select(PersonLink)).one().state is LinkState.POSSIBLE


@pytest.mark.parametrize(
    "shared",
    [
        {"mobile": "07700 900123"},
        {"address": "4 Example Road", "postcode": "AL1 3LB"},
        {"mobile": "07700 900123", "address": "4 Example Road", "postcode": "AL1 3LB"},
    ],
)
def test_a_household_that_shares_phone_or_address_is_never_queued_and_never_linked(take, shared):
    take({"address": "4 Example Road", "postcode": "AL1 3LB"})
    other = {"crime_reference": "41/101/26", "first_name": "Kim", "last_name": "Bell"}
    other |= {"date_of_birth": "1971-02-03", "mobile": "", "email": ""}
    report = take(other | shared)
    assert (report.counts["people_new"], report.counts["cases_opened"]) == (1, 1)
    assert how_many(PersonLink) == 0


def test_three_crimes_in_a_year_propose_that_somebody_is_targeted(take, referrals):
    known = {"victim_reference": "P1"}
    for number in ("41/101/26", "41/102/26", "41/103/26"):
        take(known | {"crime_reference": number})
    grounds = [ground for ground, _ in proposals_of(referrals()[-1])]
    assert grounds == [EnhancedGround.PERSISTENTLY_TARGETED]


def test_under_18_at_the_offence_sets_itself(take, referrals):
    take({"date_of_birth": "2008-11-21", "offence_date": "2026-11-20"})
    case = referrals()[0].case
    assert case.enhanced
    assert case.category_decided_at is not None


def test_a_confirmed_number_is_not_overwritten_but_a_change_is_proposed(take, referrals):
    take({})
    (referral,) = referrals()
    with transaction():
        for point in referral.victim.contact_points:
            point.confirmed_at = clock.now()
    take({"mobile": "07700 900199"})
    change = db.session.scalars(sa.select(ProposedChange)).one()
    assert (change.field, change.value) == ("mobile", "+447700900199")
    assert [p.value for p in referral.victim.contact_points if p.kind.value == "mobile"] == [
        "+447700900123"
    ]
    assert holder("07700900199") is not Held.NONE


def test_a_fraud_report_keeps_its_intake_facts_and_makes_a_fraud_case(take, referrals):
    report = take({}, feed="fraud")
    (referral,) = referrals()
    fraud = db.session.scalars(sa.select(FraudReport)).one()
    assert report.counts["cases_opened"] == 1
    assert referral.crime.kind is CrimeKind.FRAUD
    assert (fraud.amount_lost_pence, fraud.sending_bank) == (123_456, "Example Bank")
    assert referral.crime.began_on.isoformat() == "2026-11-02"


def test_a_partner_without_a_name_waits_for_a_person(take, referrals):
    nobody = {"anonymous": "yes", "first_name": "", "last_name": ""}
    report = take(nobody, {**nobody, "agency_reference": "R-18"}, feed="partner")
    assert report.counts["queued_for_review"] == 2
    assert {one.waits for one in referrals()} == {Waits.ANONYMOUS}
    assert how_many(PersonLink) == 0


def test_the_number_of_a_partner_without_a_name_is_held_and_stands_nowhere(take, referrals):
    said = {
        "anonymous": "yes",
        "title": "Ms",
        "organisation": "Marsh & Co",
        "phone": "01632 960001 after 6pm",
        "email": "robin@example.org",
        "address": "1 High St",
        "postcode": "AL1 1AA",
        "victim_reference": "P1",
        "date_of_birth": "2012-05-01",
        "safe_to_contact": "yes",
        "preferred_contact": "sms",
        "domestic_abuse": "yes",
        "safe_contact_notes": "He reads her telephone.",
    }
    take(said, feed="partner")
    (referral,) = referrals()
    victim = referral.victim
    crime = referral.crime.reference_key
    for number in ("07700 900123", "01632 960001"):
        assert holder(number) is Held.ANOTHER_CASE
        assert holder(number, crime_reference=crime) is Held.SAME_CASE
    assert (victim.first_name, victim.last_name, victim.name_key) == ("", NO_NAME, "")
    assert (victim.title, victim.organisation, victim.victim_reference) == ("", "", None)
    assert (victim.contact_points, victim.addresses) == ([], [])
    safe = victim.safe_contact
    assert (safe.overall, safe.preferred) == (Safe.NOT_ASKED, None)
    assert safe.words == "He reads her telephone."
    assert victim.date_of_birth == date(2012, 5, 1)
    assert EnhancedGround.UNDER_18 in dict(proposals_of(referral))
    assert proposed_route(referral).route is Route.SAFEGUARDING
    case = open_waiting(referral, actor=TEST)
    assert holder("07700 900123", [case.id]) is Held.SAME_CASE


def test_nobody_is_matched_by_the_number_of_a_partner_without_a_name(take, referrals):
    take({"date_of_birth": "1980-05-01"})
    nobody = {"anonymous": "yes", "date_of_birth": "1980-05-01"}
    take(nobody, feed="partner")
    take({"crime_reference": "41/101/26", "last_name": "Bell", "email": ""})
    assert [one.waits for one in referrals()] == [None, Waits.ANONYMOUS, Waits.POSSIBLE_MATCH]
    (link,) = db.session.scalars(sa.select(PersonLink))
    assert referrals()[1].victim_id not in {link.victim_id, link.other_id}


@pytest.mark.parametrize(
    ("said", "waits", "links"),
    [
        ({"last_name": "Bell", "mobile": "07700 900199"}, None, []),
        ({}, None, [LinkState.LINKED]),
        ({"email": "", "mobile": "", "address": "1 High St"}, Waits.POSSIBLE_MATCH,
         [LinkState.POSSIBLE]),
        ({"last_name": "Bell", "mobile": "07700 900199", "consent_to_referral": "no"},
         Waits.NO_CONSENT, []),
        ({"last_name": "Bell", "email": "", "mobile": ""}, Waits.NO_CONTACT_POINT, []),
        ({"first_name": "", "last_name": "", "anonymous": "yes", "reason": "Afraid."},
         Waits.ANONYMOUS, []),
    ],
)  # fmt: skip
def test_who_is_named_only_later_is_judged_as_a_new_person_is(take, referrals, said, waits, links):
    take({})
    born = {"date_of_birth": "1980-05-01"}
    take(born | {"anonymous": "yes", "first_name": "", "last_name": ""}, feed="partner")
    named = born | {"anonymous": "no", "crime_reported": "yes"} | said
    dry = take(named, feed="partner", dry_run=True)
    wet = take(named, feed="partner")
    assert dry.counts == wet.counts
    assert (wet.counts["updated"], wet.counts["cases_opened"]) == (1, int(waits is None))
    later = referrals()[1]
    assert (later.waits, later.case_id is None) == (waits, waits is not None)
    assert [one.state for one in db.session.scalars(sa.select(PersonLink))] == links
    assert later.linked_to_known is (LinkState.LINKED in links)


def test_who_is_named_later_in_one_file_is_judged_in_a_dry_run_as_in_the_import(take):
    nobody = {"anonymous": "yes", "first_name": "", "last_name": ""}
    born = {"date_of_birth": "1980-05-01"}
    other = {"agency_reference": "R-18"}
    rows = (
        nobody,
        nobody | other,
        born,
        born | other | {"mobile": "", "address": "1 High St", "postcode": "AL1 1AA"},
        {"agency_reference": "R-19", "last_name": "Bell"},
    )
    dry = take(*rows, feed="partner", dry_run=True)
    assert take(*rows, feed="partner").counts == dry.counts
    assert dry.counts["cases_opened"] == 2


def test_a_partner_is_known_by_the_agency_and_its_own_reference(take):
    take({}, feed="partner")
    again = take({"agency": "EXAMPLE refuge", "agency_reference": "r-17"}, feed="partner")
    assert again.counts["updated"] == 1
    assert how_many(Referral) == 1


def test_a_dry_run_opens_a_waiting_referral_once_and_by_all_that_its_rows_say(take):
    out_of_reach = {"mobile": "", "email": ""}
    take(out_of_reach, out_of_reach | {"crime_reference": "41/101/26", "consent_to_referral": "no"})
    rows = (
        {},
        {"notes": "again"},
        out_of_reach | {"crime_reference": "41/101/26", "consent_to_referral": "yes"},
        {"crime_reference": "41/101/26", "consent_to_referral": ""},
    )
    dry = take(*rows, dry_run=True)
    assert take(*rows).counts == dry.counts


def test_a_dry_run_says_the_same_as_the_import_and_stores_nothing(take):
    rows = [
        {},
        {},
        {"crime_reference": "41/101/26", "victim_reference": "P1"},
        {"crime_reference": "41/102/26", "victim_reference": "P1"},
        {"date_of_birth": "1999-01-02", "email": "", "mobile": "07700 900125"},
        {"crime_reference": "41/103/26", "consent_to_referral": "no", "last_name": "Bell"},
        {"crime_reference": "41/103/26", "consent_to_referral": "yes", "last_name": "Bell"},
        {"crime_reference": "", "last_name": "Nobody"},
    ]
    dry = take(*rows, dry_run=True)
    assert how_many(Referral) == how_many(ImportBatch) == how_many(FeedRecord) == 0
    wet = take(*rows)
    assert dry.counts == wet.counts
    assert (dry.read, dry.rejected) == (wet.read, wet.rejected) == (8, 1)


def test_a_file_of_another_feed_is_refused_whole(app):
    content = a_file({}, like=FRAUD)
    with pytest.raises(FileRefused, match="not a police file"):
        import_file("police", content, file_name="list.csv", actor=TEST)
    assert how_many(ImportBatch) == 0


def test_a_finished_batch_has_its_figures(take):
    report = take({}, {"crime_reference": ""})
    batch = db.session.get_one(ImportBatch, report.batch_id)
    assert batch.state is BatchState.FINISHED
    assert '"rejected": 1' in batch.counts


def test_nothing_that_reaches_anybody_is_readable_in_the_raw_rows(take):
    take({"address": "4 Example Road"})
    sealed = db.session.scalars(sa.select(FeedRecord.raw_sealed)).one()
    assert b"Example" not in bytes(sealed)
    assert "4 Example Road" in db.session.scalars(sa.select(FeedRecord)).one().raw
    assert POLICE["mobile"] in db.session.scalars(sa.select(FeedRecord)).one().raw


def test_a_new_ground_counts_as_enhanced_until_a_person_decides(take, referrals):
    take({})
    take({"domestic_abuse": "yes"})
    (referral,) = referrals()
    (ground,) = referral.case.grounds
    assert (ground.ground, ground.holds) == (EnhancedGround.DOMESTIC_ABUSE, None)
    assert (referral.case.enhanced, referral.case.category_is_proposed) == (True, True)
    assert referral.case.domestic_abuse
    assert referral.case.needs_a_named_manager


def test_a_new_ground_opens_a_category_that_was_decided_as_standard(take, referrals):
    take({"vulnerable": "yes"})
    (referral,) = referrals()
    decide_category(
        referral.case,
        category=VictimCategory.STANDARD,
        grounds={},
        reason="They say they are not.",
        version=referral.case.version,
        actor=TEST,
    )
    take({"vulnerable": "yes", "notes": "Rang again."})
    assert not referral.case.enhanced
    take({"vulnerable": "yes", "hate_strand": "race"})
    assert (referral.case.enhanced, referral.case.category_is_proposed) == (True, True)
    held = {one.ground: one.holds for one in referral.case.grounds}
    assert held == {EnhancedGround.VULNERABLE: False, EnhancedGround.HATE_CRIME: None}


def test_a_date_of_birth_that_comes_later_gives_a_child_enhanced_rights(take, referrals):
    take({"victim_reference": "V1", "date_of_birth": ""})
    take({"victim_reference": "V1", "date_of_birth": "2012-05-01"})
    (referral,) = referrals()
    case = referral.case
    assert (case.category, case.category_is_proposed) == (VictimCategory.ENHANCED, False)
    assert [one.holds for one in case.grounds] == [True]


def test_an_empty_cell_takes_no_ground_away(take, referrals):
    take({"consent_to_referral": "no", "domestic_abuse": "yes", "vulnerable": "yes"})
    take({"domestic_abuse": "", "vulnerable": "no"})
    (referral,) = referrals()
    assert [one.ground for one in referral.case.grounds] == [EnhancedGround.DOMESTIC_ABUSE]
    assert referral.case.domestic_abuse
