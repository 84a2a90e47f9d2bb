"""Data quality: counted by team, listed by case, each with the box that mends it."""

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime, NeedsAssessment
from beacon.cases.terms import Stage
from beacon.core import clock
from beacon.core.db import transaction
from beacon.core.roles import Role
from beacon.people.models import Victim
from beacon.reports.queries.quality import LackList, lacking
from beacon.reports.terms.quality import Check
from tests.duties import OCTOBER
from tests.factories import TEST, a_case
from tests.pages import text_of
from tests.surveys import a_closed_case

JUNE = datetime(2026, 6, 3, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def october(app):
    with clock.fixed(OCTOBER):
        yield


@pytest.fixture
def leader(desk):
    return desk(Role.TEAM_LEADER)


@pytest.fixture
def case(app):
    """A case in which nearly everything is missing."""
    with clock.fixed(JUNE):
        one = a_case()
    with transaction() as session:
        session.execute(sa.update(Crime).values(district="", offence=""))
        session.execute(sa.update(Victim).values(date_of_birth=datetime(2015, 1, 1).date()))
        session.execute(sa.update(CaseFile).values(enhanced=True))
    return one


WRONG = {
    Check.NO_DISTRICT,
    Check.NO_OFFENCE,
    Check.NO_SAFE_CONTACT,
    Check.NO_MANAGER,
    Check.UNDECIDED,
    Check.NO_NEEDS,
    Check.CHILD_ALONE,
    Check.NOT_ASKED,
}


def test_each_lack_is_counted_and_listed_alike(case):
    found = lacking(TEST, OCTOBER.date())
    assert {check for check, counts in found.items() if counts.total()} == WRONG
    for check, counts in found.items():
        page = LackList(viewer=TEST, check=check, today=OCTOBER.date()).page()
        assert len(page) == counts.total()


def test_each_case_leads_to_the_box_that_mends_it(leader, case):
    page = leader.get("/reports/quality").get_data(as_text=True)
    for check in sorted(WRONG):
        assert f"check={check}" in page
        listed = leader.get(f"/reports/quality/cases?check={check}").get_data(as_text=True)
        (box,) = re.findall(r'href="([^"]+)">Put it right', listed)
        address, _, anchor = box.partition("#")
        target = leader.get(address)
        assert target.status_code == 200
        if anchor:
            assert f'id="{anchor}"' in target.get_data(as_text=True), box


def test_a_case_closed_without_its_scores_leads_to_being_opened_again(leader):
    with clock.fixed(JUNE):
        case = a_closed_case()
        kept = NeedsAssessment(
            case_id=case.id, stage=Stage.START, assessed_at=clock.now(), by_name="A colleague"
        )
        with transaction() as session:
            session.add(kept)
    listed = leader.get("/reports/quality/cases?check=no_close_scores").get_data(as_text=True)
    (box,) = re.findall(r'href="([^"]+)">Put it right', listed)
    assert box == f"/cases/{case.reference}/reopen#note"
    assert 'id="note"' in leader.get(box.partition("#")[0]).get_data(as_text=True)


def test_a_case_that_lacks_nothing_is_on_no_list(leader, app):
    a_case()
    words = text_of(leader.get("/reports/quality/cases?check=no_needs"))
    assert "No case that you may open is one of these" in words
    assert leader.get("/reports/quality/cases?check=other").headers["Location"] == (
        "/reports/quality"
    )
