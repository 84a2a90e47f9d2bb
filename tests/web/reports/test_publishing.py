"""A quarter that was published: fixed, listed, the same bytes again, beside the live figures."""

import json
import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements import commands as entitlements
from beacon.entitlements.models import Duty, PublishedFigures
from beacon.entitlements.terms import DutyState
from beacon.reports import queries
from beacon.reports.rules import Period, digest_of, pack_of, read_back
from tests.duties import OCTOBER, a_duty, many, write_down
from tests.factories import TEST, a_case, a_member_of_staff, an_actor
from tests.pages import text_of

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
PUBLISH, FIXED = "/reports/compliance/publish", "/reports/compliance/fixed"
LATER = OCTOBER + timedelta(minutes=9)  # the browsers are still signed in


@pytest.fixture(autouse=True)
def october(app):
    with clock.fixed(OCTOBER):
        yield


@pytest.fixture
def analyst(desk):
    return desk(Role.ANALYST)


@pytest.fixture
def leader(desk):
    return desk(Role.TEAM_LEADER)


def published(leader) -> PublishedFigures:
    """The third quarter, published by the page."""
    many(300)
    answer = leader.submit(PUBLISH, sure="y")
    assert answer.headers["Location"].startswith(FIXED)
    assert "Published: July to September 2026" in text_of(leader.get(FIXED))
    return row()


def row() -> PublishedFigures:
    db.session.rollback()
    return db.session.scalars(sa.select(PublishedFigures)).one()


def much_changes() -> None:
    """Every duty that was missed is met late, and there are some more."""
    case = a_case()
    missed = sa.select(Duty).where(Duty.state == DutyState.OPEN)
    with transaction() as session:
        for duty in session.scalars(missed):
            duty.state = DutyState.MET_LATE
        for number in range(9):
            session.add(
                a_duty(case, "R6_ARREST", date(2026, 8, 3), DutyState.MET, about=f"new:{number}")
            )
    write_down()


def test_what_was_published_is_the_same_bytes_whatever_is_recorded_later(leader, analyst, app):
    kept = published(leader)
    first = leader.get(f"{FIXED}.json").data
    words = text_of(analyst.get(FIXED))
    assert "Published on 20 October 2026" in words
    with clock.fixed(LATER):
        much_changes()
        assert leader.get(f"{FIXED}.json").data == first
        assert analyst.get(f"{FIXED}.json").data == first
        assert text_of(analyst.get(FIXED)) == words
    assert kept.content.encode() == first
    assert json.loads(first)["sha256"] == digest_of(first)


def test_the_exact_pack_as_at_the_moment_of_publishing_bears_the_hash_that_was_kept(leader, app):
    kept = published(leader)
    with clock.fixed(LATER):
        much_changes()
        pack = pack_of(queries.facts(QUARTER, kept.as_at), QUARTER, kept.as_at)
    assert digest_of(pack) == kept.pack_sha256 == read_back(kept.content.encode()).pack_sha256


@pytest.mark.proves("X-11")
def test_no_small_count_stands_in_the_file_that_was_published(leader, app):
    said = json.loads(published(leader).content)
    lines = [line for table in said["code"]["tables"].values() for line in table["lines"]]
    numbers = [n for line in [said["code"]["total"], *lines] for n in line.values()]
    assert None in numbers
    assert [one for one in numbers if isinstance(one, int) and 0 < one < 5] == []


@pytest.mark.proves("Z-21")
def test_who_reads_totals_reads_only_what_was_published_once_it_was(leader, analyst, app):
    many(300)
    before = {where: analyst.get(where).data for where in files_of()}
    assert "has not been published yet" in text_of(analyst.get("/reports/compliance"))
    leader.submit(PUBLISH, sure="y")
    with clock.fixed(LATER):
        much_changes()
        assert {where: analyst.get(where).data for where in files_of()} == before
        words = text_of(analyst.get("/reports/compliance"))
        assert "These figures are fixed" in words
        assert "Published and now" not in words


def files_of() -> tuple[str, str]:
    return "/reports/compliance.csv", "/reports/compliance.svg"


def test_a_leader_sees_the_live_figures_beside_the_published_ones(leader, app):
    published(leader)
    with clock.fixed(LATER):
        much_changes()
        page = leader.get("/reports/compliance").get_data(as_text=True)
    table = page.partition('id="beside"')[2].partition("</table>")[0]
    due = re.findall(r'scope="row">(\w+)</th><td class="numeric">(\d+)<', table)
    assert due == [("Published", "300"), ("Now", "309")]
    assert f"{FIXED}?quarter=2026-07-01" in page


def test_the_list_says_which_quarter_when_who_and_its_hash(leader, analyst, app):
    assert "No quarter has been published yet" in text_of(analyst.get(f"{PUBLISH}ed"))
    kept = published(leader)
    words = text_of(analyst.get(f"{PUBLISH}ed"))
    assert "July to September 2026 20 October 2026" in words
    assert kept.published_by in words
    assert kept.sha256 in words


def test_a_quarter_is_published_once(leader, app):
    kept = published(leader)
    assert leader.get(PUBLISH).headers["Location"].startswith(FIXED)
    again = entitlements.Publishing(
        first_on=kept.first_on,
        last_on=kept.last_on,
        as_at=OCTOBER,
        content=b"{}",
        pack_sha256=kept.pack_sha256,
    )
    with pytest.raises(RuleBroken, match="published already"):
        entitlements.publish_figures(again, actor=TEST)
    assert row().content == kept.content


def test_a_quarter_that_runs_is_not_published(app):
    what = entitlements.Publishing(
        first_on=date(2026, 10, 1),
        last_on=date(2026, 12, 31),
        as_at=OCTOBER,
        content=b"{}",
        pack_sha256="",
    )
    with pytest.raises(RuleBroken, match="has not ended"):
        entitlements.publish_figures(what, actor=TEST)


def test_nothing_is_published_without_a_look(leader, app):
    many(60)
    answer = leader.submit(PUBLISH)
    assert "Tick the box once you have looked through the figures" in text_of(answer)
    assert db.session.scalar(sa.select(sa.func.count(PublishedFigures.id))) == 0


def test_a_reader_of_totals_publishes_nothing(analyst, app):
    assert analyst.get(PUBLISH).status_code == 403
    reader = an_actor(a_member_of_staff(Role.ANALYST, team=None))
    what = entitlements.Publishing(
        first_on=date(2026, 7, 1),
        last_on=date(2026, 9, 30),
        as_at=OCTOBER,
        content=b"{}",
        pack_sha256="",
    )
    with pytest.raises(RuleBroken):
        entitlements.publish_figures(what, actor=reader)


def test_of_a_quarter_that_was_not_published_there_is_nothing_fixed(analyst, app):
    for where in (FIXED, f"{FIXED}.json"):
        assert analyst.get(where).headers["Location"].endswith("/published")


def test_publishing_is_written_down(leader, app):
    published(leader)
    actions = [
        entry.operation
        for entry in db.session.scalars(
            sa.select(AuditEntry).where(AuditEntry.action == "compliance.published")
        )
    ]
    assert actions == ["disclosure"]
