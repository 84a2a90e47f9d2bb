"""The whole matrix in one process: how many cells, how long it took, and what was unlike."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.core.db import db
from beacon.core.roles import Role
from tests.web.security.matrix.asking import Asker, gone, unsaid
from tests.web.security.matrix.test_scope import differences
from tests.web.security.matrix.world import Sit, World

DATABASES = ("sqlite",)


@pytest.mark.proves("Z-01", "Z-02", "U-03")
@pytest.mark.timeout(1_800)
def test_every_cell_of_the_matrix_is_asked_for_and_none_is_unlike_the_tables(
    app: Flask, world: World, world_file: Path, sit: Sit
):
    begun, cells, faults = time.process_time(), 0, [*unsaid(app), *gone(app)]
    for role in [None, *Role]:
        found = Asker(app, world, world_file, sit, role, whole=True).ask_everything()
        print(
            f"{role or 'anon'}: {found.cells} cells of pages, {len(found.faults)} differences, "
            f"{found.with_people} pages that showed people, each in the log"
        )
        cells += found.cells
        faults += found.faults
    of_rows = 0
    for role in Role:
        rows = list(differences(world, role, db.session.get_one(Staff, world.people[role])))
        of_rows += len(rows)
        faults += [fault for fault in rows if fault]
    took = time.process_time() - begun
    print(
        f"{cells} cells of pages and {of_rows} of rows, {cells + of_rows} in all, in {took:.0f} s "
        f"of one core; {len(faults)} differences"
    )
    assert not faults, "\n".join(faults)
    assert cells > 10_000
