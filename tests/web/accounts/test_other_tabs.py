"""A session that is given a new token goes on in every tab: no form that is open there dies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Draft, Staff
from beacon.core.db import db
from beacon.core.roles import Role
from tests.conftest import DeskClient
from tests.factories import a_case
from tests.pages import form_of
from tests.signing_in import PASSWORD, RECOVERY, App, a_person, give_password, secret_on

NOTE = "Ring before six."


def prove(browser: DeskClient) -> None:
    assert browser.submit("/prove", password=PASSWORD).status_code == 302


def change_password(browser: DeskClient) -> None:
    known = {"current_password": PASSWORD, "password": "thimble orchard gravel"}
    assert browser.submit("/account/password", **known).status_code == 302


def change_factor(browser: DeskClient) -> None:
    page = browser.get("/factor/new")
    known = {"code": App(secret_on(page)).code(), "password": PASSWORD}
    done = browser.post("/factor/new", data=form_of(page) | known)
    assert RECOVERY.search(done.get_data(as_text=True))


@pytest.fixture
def person(app: Flask) -> Staff:
    return a_person(Role.CASE_MANAGER)


@pytest.mark.proves("V-02", "V-03", "C-01")
@pytest.mark.parametrize("in_another_tab", [prove, change_password, change_factor])
def test_after_a_proof_in_one_tab_the_others_save_stay_and_are_sent(
    desk: Callable[..., DeskClient], person: Staff, in_another_tab: Callable[[DeskClient], None]
):
    page = f"/cases/{a_case(manager=person).reference}/contacts/new"
    browser = desk(person=person)
    sent = form_of(browser.get(page)) | {"notes": NOTE, "channel": "phone", "outcome": "no_answer"}
    token = {"X-CSRFToken": sent["csrf_token"]}
    in_another_tab(browser)
    assert browser.post("/stay", headers=token).status_code == 204
    words = {"notes": NOTE, "beacon_place": page}
    assert browser.post("/drafts", data=words, headers=token).status_code == 204
    db.session.rollback()
    assert NOTE in db.session.scalars(sa.select(Draft)).one().body
    assert browser.post(page, data=sent).status_code == 302


@pytest.mark.proves("C-01", "S-01")
def test_a_form_from_before_signing_in_again_is_still_refused_after_a_proof(
    app: Flask, person: Staff
):
    page = f"/cases/{a_case(manager=person).reference}/contacts/new"
    browser = app.test_client()
    give_password(browser)
    old = form_of(browser.get(page)) | {"notes": NOTE}
    browser.post("/sign-out", data=form_of(browser.get("/account/")))
    give_password(browser)
    prove(browser)
    assert browser.post(page, data=old).status_code == 400
    assert browser.post("/stay", headers={"X-CSRFToken": old["csrf_token"]}).status_code == 400
