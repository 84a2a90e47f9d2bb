"""Search as a browser shows it: answered while typing, by keyboard, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from beacon.accounts import queries as staff
from beacon.core.roles import Role
from tests import browser as browsers
from tests.factories import a_case, a_victim

DATABASES = ("sqlite",)
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
BOX = "Find a person, a referral or a case"


def people() -> list[str]:
    manager = staff.by_email("priya@example.org")
    names = [("Amelia", "Hartwell"), ("Benedict", "Hartwell"), ("Carys", "Poole")]
    return [
        a_case(victim=a_victim(first_name=one, last_name=two), manager=manager).reference
        for one, two in names
    ]


def test_search_answers_while_typing_and_is_walked_by_keyboard(
    at_desk: Callable[..., Page], site: str, tmp_path: Path
):
    page = at_desk(Role.CASE_MANAGER, name="Priya Shah")
    amelia, benedict, _ = people()
    page.goto(f"{site}/search")
    box = page.get_by_label(BOX)
    box.press_sequentially("hartw")
    expect(page.get_by_role("link", name="Amelia Hartwell")).to_be_visible()
    expect(page.locator("#found-said")).to_have_text("2 records")
    expect(box).to_be_focused()
    assert page.url == f"{site}/search"
    assert browsers.faults(page) == []
    browsers.picture(page, "typed", tmp_path)
    box.press("ArrowDown")
    expect(page.get_by_role("link", name="Amelia Hartwell")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Benedict Hartwell")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    box.fill("zzyzx")
    expect(page.get_by_text("Nobody that you may see is like that.")).to_be_visible()
    expect(page.locator("#found-said")).to_have_text("Nobody found")
    assert browsers.faults(page) == []
    box.fill("benedict hart")
    link = page.get_by_role("link", name="Benedict Hartwell")
    expect(link).to_be_visible()
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/cases/{benedict}**")
    assert amelia not in page.url


def test_search_is_whole_without_scripts_and_in_320_pixels(
    at_desk: Callable[..., Page], site: str, tmp_path: Path
):
    page = at_desk(Role.CASE_MANAGER, name="Priya Shah", scripts=False)
    people()
    page.set_viewport_size(browsers.NARROW)
    page.goto(f"{site}/search")
    page.get_by_label(BOX).fill("hartwell")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Amelia Hartwell")).to_be_visible()
    browsers.picture(page, "narrow", tmp_path)
    box = page.get_by_role("link", name="Amelia Hartwell").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320
