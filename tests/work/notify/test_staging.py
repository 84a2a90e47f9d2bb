"""A staging copy full of real people texts nobody but the few numbers that are listed."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db, transaction
from beacon.core.phone import UkMobile
from beacon.core.settings import Environment
from beacon.notify import commands
from beacon.notify.messages import Defendant, Recipient
from beacon.notify.models import OutboundText
from beacon.notify.post import Post
from beacon.notify.terms import Reason, TextState
from tests.provider.kind import a_text, send_through
from tests.provider.process import Provider

LISTED = ("07911 123401", "+44 7911 123402", "07911123403")


@pytest.fixture
def staging(app: Flask, twilio: Provider) -> Provider:
    """The stand-in, texted by a staging installation whose database is its own."""
    send_through(app, twilio, env="staging", text_allow=LISTED)
    with transaction() as session:
        session.execute(sa.update(Environment).values(name="staging"))
    return twilio


def a_hundred_to_real_numbers() -> None:
    """A hundred texts to numbers that somebody may answer."""
    for n in range(100):
        a_text(n, recipient=Recipient(Defendant, UkMobile.parse(f"07911 1234{n:02}")))


@pytest.mark.proves("E-01", "E-03")
def test_of_a_hundred_due_only_those_to_listed_numbers_leave(staging: Provider):
    a_hundred_to_real_numbers()
    commands.send_due()
    assert {sent["to"] for sent in staging.accepted()} == {
        "+447911123401", "+447911123402", "+447911123403",
    }  # fmt: skip
    assert len(staging.accepted()) == 3
    db.session.rollback()
    blocked = db.session.scalars(
        sa.select(OutboundText.reason).where(OutboundText.state == TextState.SUPPRESSED)
    ).all()
    assert blocked == [Reason.ENVIRONMENT] * 97


@pytest.mark.proves("E-01", "E-03")
def test_a_list_that_is_emptied_after_planning_still_holds_them_back(staging: Provider, app: Flask):
    a_hundred_to_real_numbers()
    here: Post = app.extensions["beacon_post"]
    app.extensions["beacon_post"] = replace(here, config=replace(here.config, text_allow=()))
    commands.send_due()
    assert staging.accepted() == []


@pytest.mark.proves("E-01", "E-02")
def test_a_copy_of_the_production_database_texts_nobody(staging: Provider):
    a_hundred_to_real_numbers()
    with transaction() as session:
        session.execute(sa.update(Environment).values(name="production"))
    assert commands.send_due() == 0
    assert staging.accepted() == []
