"""The pack of a period: the same days and moment give the same bytes, whatever happened since."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from beacon.cases import commands
from beacon.core import clock
from beacon.core.db import db
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, Milestone
from beacon.reports import queries
from beacon.reports.rules import Period, digest_of, pack_of
from tests.factories import TEST, a_case

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
IN_OCTOBER = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
WHY = {"late_because": "They were away.", "recovery": "Ring them first thing."}


@pytest.fixture
def cases(app):
    """Charges of September, of which some victims were told in time."""
    random = Random(3)
    with clock.fixed(MONDAY):
        made = [a_case() for _ in range(12)]
        for case in made:
            commands.record_milestone(case.crime, kind=Milestone.CHARGED, at=MONDAY, actor=TEST)
    with clock.fixed(MONDAY + timedelta(days=2)):
        for case in random.sample(made, 7):
            tell(case, clock.now())
    return made


def charge_of(case) -> Duty:
    return db.session.scalars(
        sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == "R6_CHARGE")
    ).one()


def tell(case, at: datetime, **why: str) -> None:
    known = {"late_because": "", "recovery": ""} | why
    commands.tell_victim(case, charge_of(case), at=at, channel=Channel.PHONE, **known, actor=TEST)


def packed(as_at: datetime) -> bytes:
    db.session.rollback()
    return pack_of(queries.facts(QUARTER, as_at), QUARTER, as_at)


def of_charges(pack: bytes) -> dict:
    return next(row for row in json.loads(pack)["rights"] if row["rule"] == "R6_CHARGE")


def test_a_pack_made_again_after_later_changes_has_the_same_bytes(cases):
    with clock.fixed(IN_OCTOBER):
        first = packed(IN_OCTOBER)
    assert (of_charges(first)["met"], of_charges(first)["missed"]) == (7, 5)
    with clock.fixed(LATER):
        for case in cases:
            if charge_of(case).state is DutyState.OPEN:
                tell(case, LATER, **WHY)
        late_case = a_case()
        commands.record_milestone(late_case.crime, kind=Milestone.CHARGED, at=LATER, actor=TEST)
        assert packed(IN_OCTOBER) == first
        assert (of_charges(packed(LATER))["late"], of_charges(packed(LATER))["missed"]) == (5, 0)


def test_figures_tie_to_the_duties_that_a_pack_lists(cases):
    pack = json.loads(packed(IN_OCTOBER))
    assert sum(row["due"] for row in pack["rights"]) == len(pack["duties"])
    assert sum(row["due"] for row in pack["standards"]) == len(pack["standard_duties"])
    assert {charge_of(case).id for case in cases} <= set(pack["duties"])
    assert pack["duties"] == sorted(set(pack["duties"]))
    by_id = {one.id: one for one in db.session.scalars(sa.select(Duty))}
    assert all(by_id[one].code != "standard" for one in pack["duties"])
    assert all(by_id[one].code == "standard" for one in pack["standard_duties"])


def test_a_changed_byte_is_seen_by_the_hash(cases):
    pack = packed(IN_OCTOBER)
    assert json.loads(pack)["sha256"] == digest_of(pack)
    changed = pack.replace(b'"met":7', b'"met":8')
    assert changed != pack
    assert json.loads(changed)["sha256"] != digest_of(changed)


def test_the_order_in_which_rows_come_changes_no_byte(cases):
    rows = queries.facts(QUARTER, IN_OCTOBER)
    turned = pack_of(reversed(rows), QUARTER, IN_OCTOBER)
    assert turned == pack_of(rows, QUARTER, IN_OCTOBER)


def test_before_anything_was_written_down_a_pack_is_empty(cases):
    assert json.loads(packed(MONDAY - timedelta(days=1)))["duties"] == []


def test_a_duty_whose_clock_stands_still_is_not_missed(cases):
    waiting = next(case for case in cases if charge_of(case).state is DutyState.OPEN)
    with clock.fixed(MONDAY + timedelta(days=2)):
        commands.pause_duty(waiting, charge_of(waiting), reason="In hospital.", actor=TEST)
    row = of_charges(packed(IN_OCTOBER))
    assert (row["open"], row["missed"]) == (1, 4)


def write(app, out: Path, as_at: str):
    words = ["--from", "2026-07-01", "--to", "2026-09-30", "--as-at", as_at, "--out", str(out)]
    return app.test_cli_runner().invoke(args=["reports", "pack", *words])


def test_a_pack_is_written_at_a_terminal(app, cases, tmp_path):
    with clock.fixed(LATER):
        answer = write(app, tmp_path / "pack.json", "2026-10-05T10:00:00+01:00")
    assert answer.exit_code == 0, answer.output
    content = (tmp_path / "pack.json").read_bytes()
    assert content == packed(IN_OCTOBER)
    assert digest_of(content) in answer.stdout


@pytest.mark.parametrize("as_at", ["tomorrow", "2026-12-01T00:00:00Z"])
def test_a_moment_that_is_none_or_has_not_come_is_refused(app, tmp_path, as_at):
    with clock.fixed(LATER):
        answer = write(app, tmp_path / "pack.json", as_at)
    assert answer.exit_code == 2
    assert not (tmp_path / "pack.json").exists()
