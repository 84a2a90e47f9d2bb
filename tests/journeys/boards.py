"""What a browser reads off the hub's board, held against the command and against plain SQL."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page

from beacon.core.db import db
from tests import browser as browsers

WORDS = {
    "recovered through Beacon": "recovered_through_beacon_pence",
    "recovered in all": "recovered_pence",
    "prevented": "prevented_pence",
    "claimed from firms": "claimed_pence",
    "lost": "lost_pence",
}
LEDGER = (
    "SELECT coalesce(sum(amount_pence), 0) FROM ledger_entry "
    "WHERE kind = :kind AND counted_on BETWEEN :first AND :last"
)
OURS = " AND contribution IN ('advocated', 'advised')"


def pence(text: str) -> int:
    """An amount as the page writes it, such as £1,234.56."""
    return int("".join(mark for mark in text if mark.isdigit()))


def read_off(page: Page) -> dict[str, int]:
    """The money of the period, as the tiles of the page say it."""
    found = {}
    for tile in page.locator('ul[aria-label="Money of the period"] > li').all():
        words = tile.locator(".beacon-tile__words").inner_text()
        found[WORDS[words]] = pence(tile.locator(".beacon-tile__number").inner_text())
    return found


def of_command(app: Flask, first: str, last: str) -> dict[str, Any]:
    """What `flask reports fraud` says of the same days."""
    db.session.rollback()
    asked = ["reports", "fraud", "--from", first, "--to", last, "--json"]
    told = app.test_cli_runner().invoke(args=asked)
    assert told.exit_code == 0, told.output
    db.session.rollback()
    figures: dict[str, Any] = json.loads(told.stdout)
    return figures


def of_ledger(first: str, last: str) -> dict[str, int]:
    """The sums of the ledger by plain SQL."""
    db.session.rollback()

    def summed(kind: str, more: str = "") -> int:
        query = sa.text(LEDGER + more)
        known = {"kind": kind, "first": first, "last": last}
        return int(db.session.execute(query, known).scalar_one())

    sums = {
        "recovered_pence": summed("recovered"),
        "recovered_through_beacon_pence": summed("recovered", OURS),
        "prevented_pence": summed("prevented"),
    }
    db.session.rollback()
    return sums


def sound(page: Page) -> None:
    """Axe finds nothing with every rule on, and at 320 pixels nothing is cut off."""
    page.set_viewport_size(browsers.WIDE)
    assert browsers.faults(page) == []
    page.set_viewport_size(browsers.NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert browsers.faults(page) == []
    page.set_viewport_size(browsers.WIDE)


def reached_by_keyboard(page: Page, most: int = 120) -> list[str]:
    """The words of what Tab comes to, in its order."""
    reached: list[str] = []
    page.locator("body").press("Tab")
    for _ in range(most):
        words = page.evaluate(
            "(document.activeElement.innerText || document.activeElement.id || '').trim()"
        )
        reached.append(" ".join(str(words).split()))
        page.keyboard.press("Tab")
    return reached
