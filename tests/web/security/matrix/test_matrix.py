"""Route x method x role x state of the record: every cell is as the tables say."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from beacon.core.roles import Role
from tests.web.security.matrix.asking import Asker, gone, unsaid
from tests.web.security.matrix.world import Sit, World

LEAST = {None: 300, Role.PARTNER: 300}


@pytest.mark.proves("Z-01", "Z-02")
def test_the_table_has_one_line_for_each_rule_and_method_and_none_for_what_is_gone(app: Flask):
    faults = [*unsaid(app), *gone(app)]
    assert not faults, "\n".join(faults)


@pytest.mark.proves("Z-02", "Z-03", "Z-04", "Z-19", "Z-25", "U-03")
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "anon")
def test_every_cell_of_the_matrix_is_as_the_tables_say(
    role: Role | None, app: Flask, world: World, world_file: Path, sit: Sit
):
    found = Asker(app, world, world_file, sit, role).ask_everything()
    print(
        f"{role or 'anon'}: {found.cells} cells, {found.seconds:.1f} s, "
        f"{len(found.faults)} differences, {found.with_people} pages that showed people"
    )
    assert not found.faults, "\n".join(found.faults)
    assert found.cells > 300
