"""Route x method x role x state of the record: every cell is as the tables say."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from beacon.app import create_app
from beacon.core.roles import Role
from beacon.web.guard import Unguarded, check_every_view
from config import Config
from tests.long import each
from tests.web.security.matrix.asking import Asker, gone, unsaid
from tests.web.security.matrix.world import Sit, World

# The suite asks two columns, of each address some states of its record: that of an outsider who
# may see little, and that of nobody. The long evidence asks every cell there is.
ASKED = (Role.CASE_MANAGER, Role.PARTNER)


@pytest.mark.proves("Z-01", "Z-02")
def test_the_table_has_one_line_for_each_rule_and_method_and_none_for_what_is_gone(app: Flask):
    faults = [*unsaid(app), *gone(app)]
    assert not faults, "\n".join(faults)


@pytest.mark.proves("Z-01")
def test_a_route_without_a_policy_stops_the_start_and_one_without_a_cell_fails_here(tmp_path: Path):
    fresh = create_app(Config.from_environment({"BEACON_INSTANCE": str(tmp_path)}))
    check_every_view(fresh)
    fresh.add_url_rule("/every-address", "every_address", lambda: "all of them")
    with pytest.raises(Unguarded, match="every_address"):
        check_every_view(fresh)
    assert any("GET /every-address" in fault for fault in unsaid(fresh))


@pytest.mark.timeout(900)
@pytest.mark.proves("Z-02", "Z-03", "Z-04", "Z-19", "Z-25", "U-03")
@pytest.mark.parametrize("role", [pytest.param(None, id="anon"), *each(ASKED, soon=[Role.PARTNER])])
def test_the_cells_of_the_matrix_are_as_the_tables_say(
    role: Role | None, app: Flask, world: World, world_file: Path, sit: Sit
):
    found = Asker(app, world, world_file, sit, role, whole=False).ask_everything()
    print(
        f"{role or 'anon'}: {found.cells} cells, {found.seconds:.1f} s, "
        f"{len(found.faults)} differences, {found.with_people} pages that showed people"
    )
    assert not found.faults, "\n".join(found.faults)
    assert found.cells > 300
