"""Somebody at a browser: with a mouse, or with the keyboard alone."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

LONGEST_WAY = 400  # stops of the Tab key before something counts as out of reach


class Hands:
    """What a person does at a page, in the words that they see there; here with a mouse."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.keyboard = page.keyboard

    def open(self, address: str) -> None:
        """Go to an address of the site."""
        self.page.goto(f"{self.site}{address}")

    def write(self, label: str, text: str, *, exact: bool = False) -> None:
        """Put words in a box that is no part of a group."""
        alone = self.page.locator(":not(fieldset *)")
        self._write(alone.and_(self.page.get_by_label(label, exact=exact)), text)

    def date(self, legend: str, moment: date | datetime) -> None:
        """Fill in the boxes of a day, and of its time where it has one (in London, in winter)."""
        group = self._group(legend)
        parts = {"Day": str(moment.day), "Month": str(moment.month), "Year": str(moment.year)}
        if isinstance(moment, datetime):
            parts["Time"] = f"{moment:%H:%M}"
        for label, text in parts.items():
            self._write(group.get_by_label(label, exact=True), text)

    def choose(self, legend: str, answer: str) -> None:
        """Choose one of the answers that are shown."""
        group = self._group(legend)
        self._choose(group, group.get_by_role("radio", name=re.compile(rf"^{re.escape(answer)}")))

    def tick(self, label: str) -> None:
        """Tick a box that is not ticked."""
        box = self.page.get_by_role("checkbox", name=label)
        if not box.is_checked():
            self._tick(box)
        expect(box).to_be_checked()

    def is_ticked(self, label: str) -> bool:
        """Whether a box is ticked."""
        return self.page.get_by_role("checkbox", name=label).is_checked()

    def pick(self, label: str, option: str) -> None:
        """Pick one of a list that drops down."""
        box = self.page.get_by_role("combobox", name=re.compile(rf"^{re.escape(label)}"))
        self._pick(box, option)
        assert self._picked(box) == option

    def attach(self, label: str, file: Path) -> None:
        """Choose a file."""
        self._attach(self.page.get_by_label(label, exact=True), file)

    def press(self, words: str) -> None:
        """Press a button, and wait for the page that it leads to."""
        button = self.page.get_by_role("main").get_by_role("button", name=words).first
        with self.page.expect_navigation():
            self._activate(button)

    def follow(self, words: str | re.Pattern[str]) -> None:
        """Follow a link, and wait for the page that it leads to."""
        link = self.page.get_by_role("link", name=words).first
        with self.page.expect_navigation():
            self._activate(link)

    def heading(self) -> str:
        """What the page is about."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def sees(self, *words: str) -> None:
        """The page says each of these, or comes to say it."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)

    def sees_in_row(self, name: str, words: str) -> None:
        """The row of a table that is about somebody says this."""
        row = self.page.get_by_role("row").filter(has_text=name)
        expect(row).to_contain_text(words)

    def sees_not(self, *words: str) -> None:
        """The page says none of these."""
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)

    def _group(self, legend: str) -> Locator:
        words = re.compile(rf"^{re.escape(legend)}( \(optional\))?$")
        return self.page.get_by_role("group", name=words)

    def _write(self, box: Locator, text: str) -> None:
        box.fill(text)

    def _choose(self, group: Locator, radio: Locator) -> None:
        radio.check()

    def _tick(self, box: Locator) -> None:
        box.check()

    def _pick(self, box: Locator, option: str) -> None:
        box.select_option(label=option)

    def _picked(self, box: Locator) -> str:
        return str(box.evaluate("box => box.selectedOptions[0].label"))

    def _attach(self, box: Locator, file: Path) -> None:
        box.set_input_files(file)

    def _activate(self, target: Locator) -> None:
        target.click()


class Keys(Hands):
    """The same with Tab, Enter, Space, the arrows and letters: nothing is ever clicked."""

    def __init__(self, page: Page, site: str) -> None:
        super().__init__(page, site)
        # From the start: a key that is quicker than the first listener opens a window for nobody.
        page.on("filechooser", lambda chooser: None)

    def _reach(self, target: Locator, *, of_its_group: bool = False) -> None:
        """Go on with Tab until the target has the keys (or another answer of its question)."""
        target.wait_for()
        here = (
            "one => document.activeElement.name === one.name"
            if of_its_group
            else "one => document.activeElement === one"
        )
        for _ in range(LONGEST_WAY):
            if target.evaluate(here):
                return
            self.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not come to {target}")

    def _write(self, box: Locator, text: str) -> None:
        self._reach(box)
        self.keyboard.press("Control+A")
        self.keyboard.press("Delete")
        self.keyboard.type(text)

    def _choose(self, group: Locator, radio: Locator) -> None:
        self._reach(radio, of_its_group=True)
        self.keyboard.press("Space")
        for _ in range(group.get_by_role("radio").count()):
            if radio.is_checked():
                return
            self.keyboard.press("ArrowDown")
        expect(radio).to_be_checked()

    def _tick(self, box: Locator) -> None:
        self._reach(box)
        self.keyboard.press("Space")

    def _pick(self, box: Locator, option: str) -> None:
        self._reach(box)
        self.keyboard.press("Home")
        for _ in range(int(box.evaluate("box => box.length"))):
            if self._picked(box) == option:
                return
            self.keyboard.press("ArrowDown")

    def _attach(self, box: Locator, file: Path) -> None:
        self._reach(box)
        with self.page.expect_file_chooser() as chooser:
            self.keyboard.press("Enter")
        chooser.value.set_files(file)

    def _activate(self, target: Locator) -> None:
        self._reach(target)
        self.keyboard.press("Enter")
