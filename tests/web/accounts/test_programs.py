"""An administrator lets programs in, sees each token once, and shuts programs out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.commands import digest
from beacon.accounts.models import ApiClient
from beacon.accounts.terms import ClientFeed
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.referrals.columns import FEEDS
from tests.pages import form_of, text_of

NEW = "/admin/programs/new"
ANSWERS = {"name": "Example Refuge system", "feeds": ["partner"], "agency": "Example Refuge"}


@pytest.fixture
def administrator(desk):
    return desk(Role.ADMINISTRATOR)


def programs() -> list[ApiClient]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(ApiClient).order_by(ApiClient.id)))


def test_the_lists_are_those_of_the_feeds():
    assert {feed.value for feed in ClientFeed} == set(FEEDS)


def test_a_token_is_shown_once_and_only_its_print_is_kept(administrator):
    page = administrator.submit(NEW, **ANSWERS)
    (token,) = re.findall(r"beacon_[A-Za-z0-9_-]{43}", page.get_data(as_text=True))
    (program,) = programs()
    assert program.token_hash == digest(token)
    assert (program.scope, program.agency, program.rate) == (
        {ClientFeed.PARTNER},
        "Example Refuge",
        60,
    )
    listed = administrator.get("/admin/programs/")
    assert "Example Refuge system" in text_of(listed)
    assert token not in listed.get_data(as_text=True)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "api_client.made")
    ).one()
    assert token not in entry.facts


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"agency": ""}, "Enter the agency"),
        ({"feeds": []}, "Choose at least one list"),
        ({"rate": "0"}, "from 1 to 600"),
        ({"rate": "601"}, "from 1 to 600"),
        ({"rate": "many"}, "whole number"),
        ({"name": ""}, "Enter a name"),
    ],
)
def test_what_cannot_be_is_said_beside_its_box(administrator, answers, says):
    assert says in text_of(administrator.submit(NEW, **ANSWERS | answers))
    assert programs() == []


def test_two_programs_have_two_names(administrator):
    administrator.submit(NEW, **ANSWERS)
    assert "of that name already" in text_of(administrator.submit(NEW, **ANSWERS))


def test_a_last_day_that_is_over_is_refused(administrator):
    day = clock.today() - timedelta(days=1)
    answers = {f"ends_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    form = form_of(administrator.get(NEW)) | ANSWERS
    names = [name for name in form if name.startswith("ends_on")]
    form |= (
        dict(zip(names, answers.values(), strict=True))
        if len(names) == 3
        else {"ends_on": list(answers.values())}
    )
    assert "not over" in text_of(administrator.post(NEW, data=form))


def test_a_program_is_shut_out(administrator, app: Flask):
    administrator.submit(NEW, **ANSWERS)
    (program,) = programs()
    answer = administrator.submit(f"/admin/programs/{program.id}/revoke")
    assert answer.status_code == 302
    assert "Shut out" in text_of(administrator.get("/admin/programs/"))
    assert programs()[0].revoked_at is not None
    assert administrator.get("/admin/programs/99/revoke").status_code == 404
