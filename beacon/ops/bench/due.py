"""What a case manager must tell, as the desk asks for it, beside bare SQL for the same lines."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from beacon.accounts.queries import get_staff
from beacon.cases import queries as cases
from beacon.cases.queries.reminding import viewer_of
from beacon.core import clock
from beacon.core.db import db
from beacon.desk.queries.desks import AHEAD, LINES_AT_MOST
from beacon.ops.bench.county import County
from beacon.ops.bench.figures import Figure, Floor, code_of, in_turn, must, spread
from beacon.ops.bench.ground import Ground

ROUNDS, WARM_UP = 200, 5
DUE = sa.text(
    """
    SELECT duty.id, duty.due_on, duty.rule, case_file.reference, case_file.enhanced,
           victim.first_name, victim.last_name, safe_contact.overall, safe_contact.preferred
    FROM case_file
    JOIN duty ON duty.case_id = case_file.id
    JOIN victim ON victim.id = case_file.victim_id
    LEFT JOIN safe_contact ON safe_contact.victim_id = victim.id
    WHERE case_file.manager_id = :manager AND case_file.closed_at IS NULL
      AND duty.state = 'open' AND duty.due_on <= :until
    ORDER BY duty.due_on, duty.id LIMIT :lines
    """
)


def bare_due(engine: sa.Engine, manager: int, until: date, lines: int) -> list[int]:
    """The floor: one statement without access rules, and the numbers of the duties."""
    asked = {"manager": manager, "until": until.isoformat(), "lines": lines}
    if engine.dialect.name == "postgresql":
        asked["until"] = until
    with engine.connect() as connection:
        return [row.id for row in connection.execute(DUE, asked).all()]


def measure(ground: Ground, county: County) -> Figure:
    """The median of the due list of one case manager: its lines, and how each may be reached."""
    manager, until = county.manager, clock.today() + AHEAD
    with ground.app.app_context():
        viewer = viewer_of(get_staff(manager))

        def due() -> list[int]:
            found = cases.duties_due(viewer, until, manager_id=manager, at_most=LINES_AT_MOST)
            cases.safe_states([row.case_id for row in found])
            db.session.remove()
            return [row.duty_id for row in found]

        def bare() -> list[int]:
            return bare_due(ground.bare, manager, until, LINES_AT_MOST)

        for _ in range(WARM_UP):
            must(due() == bare() != [], "The due list and its floor are not the same lines.")
        lines, rounds = len(due()), county.rounds(ROUNDS)
        ours, theirs = in_turn(rounds, due, bare)
    whole, floor = spread(ours), spread(theirs)
    return Figure(
        name="due_list",
        database=ground.name,
        value=whole["median_ms"],
        unit="ms",
        floor=Floor(
            what="one bare statement for the same lines, without access rules",
            value=floor["median_ms"],
            ms=floor["median_ms"],
            code=code_of(bare_due, str(DUE)),
        ),
        more={
            "lines": lines,
            "caseload": county.caseload,
            "duties": county.duties,
            "rounds": rounds,
            "list": whole,
            "bare": floor,
        },
    )
