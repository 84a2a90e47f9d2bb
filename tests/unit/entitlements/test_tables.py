"""The tables themselves: whole, marked, and of one piece."""

from enum import StrEnum

import pytest

from beacon.core.roles import Role
from beacon.entitlements import terms
from beacon.entitlements.codes import CODES, LOCAL_STANDARDS, OTHER_CLOCKS, SOURCES, Code, Rule
from beacon.entitlements.codes.rows import table
from beacon.entitlements.terms import Body, ClockStart, Mark, Unit

CODE_2020, CODE_2015 = (CODES[day] for day in sorted(CODES, reverse=True))
ALL = [*CODES.values(), *OTHER_CLOCKS]
ROWS = [rule for code in ALL for rule in code.rules.values()] + list(LOCAL_STANDARDS.values())

# domain.md 1.2, in its order.
KEYS_2020 = """
R1_INTERP R2_RECORD R3_WRITTEN R3_EXPECT R3_RJ R4_NEEDS R4_WCUNEEDS R4_REFER R5_COMP R6_NOINV
R6_ARREST R6_IUC R6_RWC R6_BAIL R6_RUI R6_BAILCH R6_FREQ R6_OOCVIEW R6_OOC R6_CHARGE R6_NOCHARGE
R6_STOPALTER R6_VRR R7_VPS R8_HEARING R8_BAILOUT R8_WARRANT R8_COURT2WCU R8_WITNESS R8_SPECIAL
R8_FAMIL R9_COURT2WCU R9_OUTCOME R9_SENTENCE R9_BEREAVED R9_APPEAL R9_ULS R10_EXP R10_PROP
R11_VCS R11_VCSINFO R11_RELEASE R12_COMPLAINT R12_PHSO YOT_INFO VSS_CONTACT
"""

# domain.md 1.2: who decides settles the limit.
LIMITS_2020 = {
    (2, 2): "R4_REFER",
    (5, 1): "R6_NOINV R6_ARREST R6_IUC R6_RWC R6_BAIL R6_RUI R6_BAILCH R6_OOC R6_CHARGE "
    "R6_NOCHARGE R6_STOPALTER R8_BAILOUT R8_WARRANT",
    (1, 1): "R8_HEARING R8_WITNESS R9_OUTCOME R9_SENTENCE R9_APPEAL",
    (5, 5): "R8_COURT2WCU R9_COURT2WCU",
    (10, 10): "R10_EXP R12_COMPLAINT",
    (20, 20): "R11_VCS",
    (28, 28): "R9_ULS",
}


def test_the_2020_table_has_every_row():
    assert sorted(CODE_2020.rules) == sorted(KEYS_2020.split())


@pytest.mark.parametrize(("limits", "keys"), LIMITS_2020.items())
def test_the_limits_of_the_2020_table(limits: tuple[int, int], keys: str):
    rules = CODE_2020.rules.values()
    assert {r.key for r in rules if (r.standard, r.enhanced) == limits} == set(keys.split())


def test_only_the_attorney_generals_time_is_counted_in_calendar_days():
    counted = [key for key, rule in CODE_2020.rules.items() if rule.unit is Unit.CALENDAR_DAYS]
    assert counted == ["R9_ULS"]


def test_what_witness_care_passes_on_waits_for_receipt():
    waiting = {key for key, rule in CODE_2020.rules.items() if rule.waits_for_receipt}
    assert waiting == {
        "R8_HEARING", "R8_BAILOUT", "R8_WARRANT", "R8_WITNESS", "R8_SPECIAL", "R9_OUTCOME",
        "R9_SENTENCE", "R9_APPEAL",
    }  # fmt: skip


@pytest.mark.parametrize("rule", ROWS, ids=lambda rule: rule.key)
def test_a_row_hangs_together(rule: Rule):
    assert rule.title
    assert rule.who
    assert (rule.standard is None) == (rule.enhanced is None) == (rule.unit is Unit.NONE)
    assert not rule.has_limit or rule.starts is not None


@pytest.mark.parametrize("rule", ROWS, ids=lambda rule: rule.key)
def test_a_row_names_pages_that_are_listed(rule: Rule):
    keys = [key for key in rule.source.split(", ") if key]
    assert [key for key in keys if key not in SOURCES] == []
    assert keys or rule.mark is not Mark.SEEN


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.name)
def test_what_is_passed_on_is_fed_by_a_row_of_the_same_table(code: Code):
    fed = [rule.fed_by for rule in code.rules.values() if rule.fed_by]
    assert [key for key in fed if code.rules[key].who != (Body.COURT,)] == []


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.name)
def test_the_name_of_a_code_fits_its_column(code: Code):
    assert len(code.name) <= 20


@pytest.mark.parametrize("key", ["R11_VCS", "R9_APPEAL", "R6_OOC", "R6_CHARGE", "R6_NOCHARGE"])
def test_what_a_person_must_check_before_use_says_so(key: str):
    rule = CODE_2020.rules[key]
    assert rule.must_be_checked
    assert rule.doubt
    assert not rule.verified


def test_a_row_that_was_read_and_raises_no_doubt_need_not_be_checked():
    assert not CODE_2020.rules["R6_ARREST"].must_be_checked


@pytest.mark.parametrize(
    ("key", "amount"),
    [("VRR_ACK", 10), ("VRR_DECIDE", 30), ("VRRC_LOCAL", 10), ("VRRC_DECIDE", 30),
     ("PSR_PAY", 5), ("PSR_FINAL", 35), ("SM_MC", 20), ("SM_CC", 10)],
)  # fmt: skip
def test_the_clocks_beside_the_code(key: str, amount: int):
    rule = next(scheme.rules[key] for scheme in OTHER_CLOCKS if key in scheme.rules)
    assert (rule.standard, rule.enhanced, rule.right) == (amount, amount, None)


def test_no_key_stands_twice_in_a_table():
    twice = CODE_2020.rules["R6_ARREST"]
    with pytest.raises(ValueError, match="R6_ARREST stands twice"):
        table([twice, twice])


def test_keys_of_codes_and_of_other_clocks_do_not_meet():
    beside = {key for scheme in OTHER_CLOCKS for key in scheme.rules}
    assert beside.isdisjoint({*CODE_2020.rules, *CODE_2015.rules})


@pytest.mark.parametrize(
    "words",
    [
        terms.VictimCategory, terms.EnhancedGround, terms.Milestone, terms.Body, ClockStart, Unit,
        Mark, terms.DutyState, terms.Channel,
    ],
)  # fmt: skip
def test_every_word_has_a_label_and_fits_its_column(words: type[StrEnum]):
    labels = [word.label for word in words]  # type: ignore[attr-defined]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert max(len(word) for word in words) <= 40


def test_every_ground_stands_in_one_group():
    grouped = [ground for grounds in terms.GROUND_GROUPS.values() for ground in grounds]
    assert sorted(grouped) == sorted(terms.EnhancedGround)
    assert terms.EnhancedGround.UNDER_18.group == "Vulnerable or intimidated"


def test_every_permission_is_granted_to_somebody_and_none_to_a_partner():
    assert set(terms.GRANTS) == set(terms.EntitlementPermission)
    assert [p for p, roles in terms.GRANTS.items() if not roles or Role.PARTNER in roles] == []
