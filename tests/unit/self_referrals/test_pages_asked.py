"""Which pages are asked, and what the answers say in the words of the trade."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from beacon.cases.terms import CrimeKind
from beacon.referrals.rules import FLAGS, proposed_grounds
from beacon.self_referrals import rules
from beacon.self_referrals.rules import Answers
from beacon.self_referrals.terms import Happened, Step, Strand, Way

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


def answers(**pages: list[tuple[str, str]]) -> Answers:
    return Answers(dict(pages))


def test_somebody_who_writes_for_themselves_is_asked_nothing_about_another():
    asked = rules.asked(answers(**{"for": [("filled_by", "self")]}))
    assert Step.HELPER not in asked
    assert Step.AGREED not in asked


def test_somebody_who_writes_for_another_says_who_they_are_and_that_the_other_agrees():
    asked = rules.asked(answers(**{"for": [("filled_by", "friend")]}))
    assert asked[:3] == [Step.FOR, Step.HELPER, Step.AGREED]


@pytest.mark.parametrize(
    ("ways", "asked"),
    [
        ([Way.NONE], set()),
        ([Way.HELPER], set()),
        ([Way.TEXT], {Step.TIMES}),
        ([Way.CALL], {Step.TIMES, Step.VOICEMAIL}),
        ([Way.CALL, Way.EMAIL], {Step.TIMES, Step.VOICEMAIL, Step.BEST}),
    ],
)
def test_what_is_asked_of_reaching_them_follows_from_what_is_safe(
    ways: list[Way], asked: set[Step]
):
    said = answers(reach=[("ways", way.value) for way in ways])
    assert {Step.TIMES, Step.VOICEMAIL, Step.BEST} & set(rules.asked(said)) == asked


def test_a_way_that_the_form_never_offered_is_no_way():
    assert answers(reach=[("ways", "pigeon"), ("ways", "text")]).ways == [Way.TEXT]


def test_what_is_unanswered_comes_first():
    said = answers(**{"for": [("filled_by", "self")], "name": []})
    assert rules.unanswered(said) is Step.NOW
    assert rules.before(said, Step.NAME) is Step.NOW
    assert rules.before(said, Step.FOR) is None


def test_a_persons_own_words_are_never_the_offence():
    kinds = [Happened.HATE, Happened.HURT]
    assert rules.offence_of(kinds) == "Assault or threats; Hate crime"
    assert rules.offence_of([Happened.NOT_SAID]) == "Not said"


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        ([Happened.FRAUD], CrimeKind.FRAUD),
        ([Happened.NEIGHBOURS], CrimeKind.ASB),
        ([Happened.FRAUD, Happened.HURT], CrimeKind.CRIME),
        ([], CrimeKind.CRIME),
    ],
)
def test_a_fraud_alone_is_the_hubs(kinds: list[Happened], kind: CrimeKind):
    assert rules.crime_kind_of(kinds) is kind


def test_every_flag_is_a_column_that_speaks_for_enhanced_rights():
    flags = rules.flags_of(list(Happened), [Strand.RACE], in_danger=True)
    assert set(flags) <= set(FLAGS)


def test_what_somebody_thinks_it_was_about_is_enough_for_a_hate_crime():
    flags = rules.flags_of([Happened.HATE], [], in_danger=False)
    grounds = proposed_grounds(flags, offence="", under_18=False)
    assert [ground.value for ground, _ in grounds] == ["hate_crime"]


def test_nobody_is_too_slow():
    assert rules.is_too_quick(NOW - timedelta(seconds=3), NOW)
    assert rules.is_too_quick(None, NOW)
    assert not rules.is_too_quick(NOW - timedelta(days=7), NOW)


def test_a_code_is_the_same_however_it_is_written_down():
    assert rules.compared("b2c3-d4f5 g6h7-j8k9") == "B2C3D4F5G6H7J8K9"
    assert rules.grouped("B2C3D4F5G6H7J8K9") == "B2C3-D4F5-G6H7-J8K9"
