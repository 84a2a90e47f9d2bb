"""The pack of a quarter of the demonstration: its figures tie, and no later change moves a byte."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from beacon.cases import commands
from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.cases.terms import CaseStatus
from beacon.core import clock
from beacon.core.db import db
from beacon.entitlements.codes import CODES
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, EnhancedGround, VictimCategory
from beacon.reports.rules import digest_of
from beacon.reports.terms import Outcome
from tests.factories import TEST

FRIDAY = datetime(2026, 11, 27, 16, 50, tzinfo=UTC)
WEEK_AFTER = FRIDAY + timedelta(days=7)
DAYS = ("--from", "2026-07-01", "--to", "2026-09-30")
IN_TIME = {"late_because": "", "recovery": ""}
LATE = {"late_because": "They were away.", "recovery": "Ring them first thing."}
CODE = next(reversed(CODES.values())).rules


@pytest.fixture
def county(app):
    """The demonstration, as it is loaded by the command."""
    with clock.fixed(FRIDAY):
        words = ["demo", "load", "--victims", "40", "--seed", "7"]
        loaded = app.test_cli_runner().invoke(args=words)
    assert loaded.exit_code == 0, loaded.output
    return app


@pytest.fixture
def make(county, tmp_path):
    """Writes the pack of the quarter by the command, and gives its bytes."""

    def made(as_at: datetime, name: str) -> bytes:
        db.session.rollback()
        out: Path = tmp_path / name
        words = ["reports", "pack", *DAYS, "--as-at", as_at.isoformat(), "--out", str(out)]
        answer = county.test_cli_runner().invoke(args=words)
        assert answer.exit_code == 0, answer.output
        assert digest_of(out.read_bytes()) in answer.stdout
        return out.read_bytes()

    return made


@pytest.mark.long_on("postgresql")
@pytest.mark.timeout(600)  # the county takes a minute, and longer where much else runs
def test_the_pack_of_a_demonstration_quarter_ties_and_does_not_move(county, make):
    with clock.fixed(FRIDAY):
        first = make(FRIDAY, "first.json")
        assert_shows_every_outcome(first)
        assert_every_figure_is_the_number_of_its_listed_duties(first)
        assert_the_listed_duties_are_those_of_the_table(first)
        assert_says_what_the_compliance_command_says(county, first)
        assert_marks_what_rests_on_memory(first)
    with clock.fixed(WEEK_AFTER):
        done = change_much(first)
        assert min(done.values()) > 0, done
        later = make(WEEK_AFTER, "later.json")
        assert moved(first, later) >= {Outcome.LATE, Outcome.MISSED, Outcome.OPEN}
        assert_every_figure_is_the_number_of_its_listed_duties(later)
        again = make(FRIDAY, "again.json")
        assert again == first
        assert json.loads(again)["sha256"] == json.loads(first)["sha256"] == digest_of(first)


def assert_shows_every_outcome(pack: bytes) -> None:
    """A commissioner who looks at the demonstration sees each column filled.

    But for the rarest: that a duty does not apply is said of few, and not in every quarter.
    """
    found = {row["outcome"] for row in json.loads(pack)["listed"]}
    assert found >= set(Outcome) - {Outcome.NOT_APPLICABLE}


def assert_every_figure_is_the_number_of_its_listed_duties(pack: bytes) -> None:
    """Each figure of each table, against the rows that bear its words."""
    body = json.loads(pack)
    listed = body["listed"]
    assert [row["id"] for row in listed] == body["duties"] == sorted(set(body["duties"]))
    assert [row["id"] for row in body["standards_listed"]] == body["standard_duties"]
    figures = 0
    for line in body["rights"]:
        rule = line["right"], line["rule"]
        figures += ties(line, [row for row in listed if (row["right"], row["rule"]) == rule])
    for line in body["standards"]:
        own = [row for row in body["standards_listed"] if row["rule"] == line["rule"]]
        figures += ties(line, own)
    for table, word in (("months", "month"), ("categories", "category"), ("bodies", "body")):
        lines = body[table]
        assert sum(line["due"] for line in lines) == len(listed)
        for line in lines:
            figures += ties(line, [row for row in listed if word_of(row, word) == line[word]])
    assert figures > 60


def word_of(row: dict[str, str], word: str) -> str:
    return row["due_on"][:7] if word == "month" else row[word]


def ties(line: dict[str, object], rows: list[dict[str, str]]) -> int:
    """How many figures of a line were held against its rows."""
    counts = Counter(row["outcome"] for row in rows)
    assert line["due"] == len(rows)
    assert {one.value: line[one.value] for one in Outcome} == {
        one.value: counts[one.value] for one in Outcome
    }
    judged = counts["met"] + counts["late"] + counts["missed"]
    assert line["percent"] == (round(100 * counts["met"] / judged, 1) if judged else None)
    return 2 + len(Outcome)


def assert_the_listed_duties_are_those_of_the_table(pack: bytes) -> None:
    """As at this moment, they are the duties that the database holds as due in the quarter."""
    due = sa.select(Duty).where(
        Duty.code != "standard", Duty.due_on.between(date(2026, 7, 1), date(2026, 9, 30))
    )
    held = {one.id: (one.rule, one.due_on.isoformat()) for one in db.session.scalars(due)}
    listed = {row["id"]: (row["rule"], row["due_on"]) for row in json.loads(pack)["listed"]}
    assert listed == held


def assert_says_what_the_compliance_command_says(county, pack: bytes) -> None:
    """The live figures and the pack of this moment are one."""
    answer = county.test_cli_runner().invoke(args=["reports", "compliance", *DAYS, "--json"])
    rows = json.loads(answer.stdout)["rights"]
    packed = json.loads(pack)["rights"]
    without = [{key: line[key] for key in line if key != "unverified"} for line in packed]
    assert rows == without


def assert_marks_what_rests_on_memory(pack: bytes) -> None:
    """The rows whose rule no published source bears out are marked, and no others."""
    body = json.loads(pack)
    unsure = {line["rule"] for line in body["rights"] if CODE[line["rule"]].must_be_checked}
    assert {line["rule"] for line in body["rights"] if line["unverified"]} == unsure
    assert body["unverified_rules"] == sorted(unsure)
    assert unsure
    assert {row["rule"] for row in body["listed"] if row["unverified"]} == unsure


def change_much(pack: bytes) -> Counter[str]:
    """Much is recorded in the cases of the quarter a week later; how much of what."""
    ids = json.loads(pack)["duties"]
    owing = sa.select(Duty.case_id).where(Duty.id.in_(ids)).distinct()
    case_ids = sorted(db.session.scalars(owing))
    done: Counter[str] = Counter()
    for case_id in case_ids:
        case = db.session.get_one(CaseFile, case_id)
        if case.status is CaseStatus.CLOSED:
            commands.reopen_case(case, note="More came.", version=case.version, actor=TEST)
            done["reopened"] += 1
        change_category(case)
        done["category changed"] += 1
    for duty_id in ids:
        done[settle(db.session.get_one(Duty, duty_id))] += 1
    crimes = sa.select(CaseFile.crime_id).where(CaseFile.id.in_(case_ids))
    recorded = sa.select(CrimeMilestone).where(
        CrimeMilestone.crime_id.in_(crimes),
        CrimeMilestone.withdrawn_at.is_(None),
        CrimeMilestone.happened_at > clock.start_of_day(FRIDAY.date() - timedelta(days=150)),
    )
    for one in db.session.scalars(recorded.order_by(CrimeMilestone.id)).all():
        correct(one)
        done["milestone corrected"] += 1
    return done


def change_category(case: CaseFile) -> None:
    """Standard becomes enhanced, enhanced standard; at once."""
    enhanced = not case.enhanced
    grounds = {EnhancedGround.HATE_CRIME: True} if enhanced else {}
    commands.decide_category(
        case,
        category=VictimCategory.ENHANCED if enhanced else VictimCategory.STANDARD,
        grounds=grounds,
        reason="Talked it through again.",
        version=case.version,
        actor=TEST,
    )


def withhold(case: CaseFile, duty: Duty) -> None:
    """The victim may not be told this yet."""
    why = "The officer asked us to wait."
    commands.set_duty_aside(case, duty, state=DutyState.WITHHELD, reason=why, actor=TEST)


def settle(duty: Duty) -> str:
    """What was open is told late, resumed and told, or withheld."""
    case = db.session.get_one(CaseFile, duty.case_id)
    if duty.state is DutyState.PAUSED:
        commands.resume_duty(case, duty, actor=TEST)
        withhold(case, duty)
        return "resumed and withheld"
    if duty.state is DutyState.SAFETY_DELAY:
        commands.tell_victim(
            case, duty, at=clock.now(), channel=Channel.PHONE, **IN_TIME, actor=TEST
        )
        return "told by a safer route"
    if not duty.is_open:
        return "left as it was"
    commands.tell_victim(case, duty, at=clock.now(), channel=Channel.PHONE, **LATE, actor=TEST)
    return "told late"


def correct(milestone: CrimeMilestone) -> None:
    """It happened half an hour before: taken back, and recorded again."""
    crime, kind, about = milestone.crime_id, milestone.kind, milestone.about
    moment = milestone.happened_at - timedelta(minutes=30)
    commands.withdraw_milestone(milestone, reason="Another time.", actor=TEST)
    case = db.session.scalars(sa.select(CaseFile).where(CaseFile.crime_id == crime)).first()
    assert case is not None
    commands.record_milestone(case.crime, kind=kind, at=moment, about=about, actor=TEST)


def moved(before: bytes, after: bytes) -> set[Outcome]:
    """Of which outcomes there are now more or fewer."""
    packs = [json.loads(one)["listed"] for one in (before, after)]
    was, is_now = (Counter(row["outcome"] for row in listed) for listed in packs)
    return {one for one in Outcome if was[one] != is_now[one]}
