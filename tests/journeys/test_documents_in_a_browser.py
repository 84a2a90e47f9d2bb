"""A document that is refused, in Chromium: why, what to do, and every word beside it stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page

from beacon.accounts import queries
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.documents.models import Document
from tests import browser as browsers
from tests.factories import a_case
from tests.files_of_cases import a_pdf
from tests.journeys.hands import Hands

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
TITLE, ABOUT = "Letter of the housing officer", "She asks for a second bedroom."
TOO_LARGE = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a" * (11 * 1024 * 1024)}
PROGRAM = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + b"\x00" * 90}
GOOD = {"name": "a.exe", "mimeType": "application/x-msdownload", "buffer": a_pdf()}
FILE = "input[type=file]"


@pytest.mark.browser
@pytest.mark.timeout(200)
@pytest.mark.proves("V-03", "V-04", "V-06", "M-07")
@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=pytest.mark.long)])
def test_a_refused_file_says_why_and_no_word_beside_it_is_lost(
    scripts: bool, app: Flask, at_desk: Callable[..., Page], site: str
):
    with clock.fixed(WEDNESDAY):
        page = at_desk(Role.CASE_MANAGER, name="Priya Shah", scripts=scripts, narrow=not scripts)
        case = a_case(manager=queries.by_email("priya@example.org"))
        hands = Hands(page, site)
        hands.open(f"/cases/{case.reference}/documents/add")
        hands.write("What it is", TITLE)
        page.select_option("select[name=kind]", "housing")
        hands.write("What matters in it (optional)", ABOUT)
        for file, why in ((TOO_LARGE, "is larger than 10 MB"), (PROGRAM, "This is a program.")):
            page.set_input_files(FILE, file)
            page.get_by_role("button", name="Keep the document").click()
            page.get_by_text(why).first.wait_for()
            assert page.input_value("input[name=title]") == TITLE
            assert page.input_value("textarea[name=about]") == ABOUT
            if scripts:
                assert browsers.faults(page) == []
                page.wait_for_timeout(1_100)  # a second press within a second counts as one
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
        page.set_input_files(FILE, GOOD)
        hands.press("Keep the document")
        hands.sees("The document is kept.", TITLE)
        db.session.rollback()
        assert db.session.scalars(sa.select(Document)).one().about == ABOUT
        with page.expect_download() as saving:
            page.get_by_role("link", name="Save the file of document 1").click()
        assert saving.value.suggested_filename == f"{case.reference}-document-1.pdf"
