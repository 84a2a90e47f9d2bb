"""Take-on day as a browser shows it: the file, what would come of it, what became of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from beacon.core.roles import Role
from tests import browser as browsers
from tests.factories import a_member_of_staff
from tests.feed_rows import POLICE, a_file

DATABASES = ("sqlite",)
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LIVE = POLICE | {"victim_reference": "V-1", "manager": "omar@example.org", "status": "open"}
ROWS = (
    {},
    {"victim_reference": "V-2", "last_name": "Poole", "category": "enhanced"},
    {"victim_reference": "V-3", "last_name": "Reed", "manager": "nobody@example.org"},
)


def looked_at(page: Page, name: str, folder: Path) -> list[str]:
    """What is wrong with the page as it stands, wide and narrow."""
    page.set_viewport_size(browsers.WIDE)
    found = [*browsers.faults(page)]
    browsers.picture(page, name, folder)
    page.set_viewport_size(browsers.NARROW)
    if page.evaluate(WIDER):
        found.append("wider than 320 pixels")
    browsers.picture(page, f"{name}-narrow", folder)
    page.set_viewport_size(browsers.WIDE)
    return found


def test_a_leader_takes_a_caseload_on_and_saves_its_reconciliation(
    at_desk: Callable[..., Page], site: str, tmp_path: Path
):
    page = at_desk(Role.TEAM_LEADER, name="Lena Holt")
    a_member_of_staff(Role.CASE_MANAGER, email="omar@example.org", name="Omar Reid")
    file = tmp_path / "live.csv"
    file.write_bytes(a_file(*ROWS, like=LIVE))
    page.goto(f"{site}/cases/")
    page.get_by_role("link", name="Take on live cases").click()
    found = {"file": looked_at(page, "file", tmp_path)}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Show what would come of it").click()
    found["preview"] = looked_at(page, "preview", tmp_path)
    page.get_by_role("button", name="Take them on without the 1 row left out").click()
    found["taken"] = looked_at(page, "taken", tmp_path)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the reconciliation").click()
    assert saving.value.suggested_filename == "reconciliation.xlsx"
    assert found == {"file": [], "preview": [], "taken": []}
