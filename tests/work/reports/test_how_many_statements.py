"""The pages of outcomes, of data quality and of the return: few statements, however many cases."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from tests.duties import OCTOBER
from tests.factories import a_case, a_crime

AUGUST = datetime(2026, 8, 12, 10, tzinfo=UTC)
NO_STATEMENTS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
DAYS = "first=1&first=7&first=2026&last=30&last=9&last=2026"
PLACES = (
    f"/reports/outcomes?{DAYS}",
    f"/reports/outcomes/rows?grid=cases.district&name=Watford&{DAYS}",
    "/reports/quality",
    "/reports/quality/cases?check=no_district",
    f"/reports/return?{DAYS}",
    f"/reports/return/missing?fact=district&{DAYS}",
)
MANY = (10, 100)
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def leader(desk):
    with clock.fixed(OCTOBER):
        yield desk(Role.TEAM_LEADER)


def statements(browser, address: str) -> int:
    """How many a page sends."""
    sent: list[str] = []

    def note(_c, _cursor, statement: str, *_rest: object) -> None:
        if not statement.startswith(NO_STATEMENTS):
            sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(address).status_code == 200, address
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


def test_a_page_costs_the_same_in_a_county_of_ten_and_of_a_hundred_cases(leader):
    costs: dict[str, list[int]] = {place: [] for place in PLACES}
    made = 0
    for many in MANY:
        with clock.fixed(AUGUST):
            for number in range(made, many):
                a_case(crime=a_crime(district="" if number % 2 else "Watford"))
        made = many
        for place in PLACES:
            statements(leader, place)  # what is read once in a while is read before
            costs[place].append(statements(leader, place))
    # Each case that is shown on a page is written into the log, in one lot of any size.
    assert all(few == many for few, many in costs.values()), costs
