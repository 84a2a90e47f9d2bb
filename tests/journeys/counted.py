"""Hands whose clicks, keys and pages are counted."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Keyboard, Locator, Page

from tests.journeys.hands import Hands, Keys


@dataclass
class Tally:
    """What somebody did since it was begun anew."""

    clicks: int = 0
    keys: int = 0
    pages: int = 0

    def clear(self) -> None:
        """Begin anew."""
        self.clicks = self.keys = self.pages = 0


class CountedKeyboard:
    """A keyboard of which every key is counted, letters and Tab alike."""

    def __init__(self, keyboard: Keyboard, tally: Tally) -> None:
        self._keyboard = keyboard
        self._tally = tally

    def press(self, key: str) -> None:
        """Press one key."""
        self._tally.keys += 1
        self._keyboard.press(key)

    def type(self, text: str) -> None:
        """Type letters."""
        self._tally.keys += len(text)
        self._keyboard.type(text)


def count_pages(page: Page, tally: Tally) -> None:
    """Count each page that is loaded."""

    def loaded(_: object) -> None:
        tally.pages += 1

    page.on("domcontentloaded", loaded)


class CountedHands(Hands):
    """With a mouse: a click to reach a box, and the letters typed in it."""

    def __init__(self, page: Page, site: str) -> None:
        super().__init__(page, site)
        self.tally = Tally()
        count_pages(page, self.tally)

    def _write(self, box: Locator, text: str) -> None:
        self.tally.clicks += 1
        self.tally.keys += len(text)
        super()._write(box, text)

    def write_and_enter(self, label: str, text: str) -> None:
        """Put words in a box, and send them with Enter."""
        self.write(label, text, exact=True)
        self.tally.keys += 1
        with self.page.expect_navigation():
            self.keyboard.press("Enter")

    def _choose(self, group: Locator, radio: Locator) -> None:
        self.tally.clicks += 1
        super()._choose(group, radio)

    def _tick(self, box: Locator) -> None:
        self.tally.clicks += 1
        super()._tick(box)

    def _pick(self, box: Locator, option: str) -> None:
        self.tally.clicks += 2  # one opens the list
        super()._pick(box, option)

    def _activate(self, target: Locator) -> None:
        self.tally.clicks += 1
        super()._activate(target)


class CountedKeys(Keys):
    """With the keyboard alone."""

    def __init__(self, page: Page, site: str) -> None:
        super().__init__(page, site)
        self.tally = Tally()
        count_pages(page, self.tally)
        self.keyboard = CountedKeyboard(page.keyboard, self.tally)  # type: ignore[assignment]

    def write_and_enter(self, label: str, text: str) -> None:
        """Put words in a box, and send them with Enter."""
        self.write(label, text, exact=True)
        with self.page.expect_navigation():
            self.keyboard.press("Enter")
