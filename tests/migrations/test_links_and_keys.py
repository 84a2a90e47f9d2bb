"""Links and keys: what was said of two records is kept on the way up; keys are made by a job."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from beacon.core.db import db
from beacon.people import commands
from beacon.people.jobs import key_people
from beacon.people.models import PersonKey, PersonLink
from beacon.people.queries import said_of
from beacon.people.terms import Fact, LinkState
from config import ROOT
from tests.factories import TEST, a_victim

KEYS = "0015"


def test_a_link_from_before_keeps_its_first_word_and_its_people_get_their_keys(app: Flask):
    one, other = a_victim(), a_victim()
    commands.link(one, other, facts=(Fact.REFERENCE,), actor=TEST)
    keys = set(db.session.scalars(sa.select(PersonKey.value)))
    db.session.remove()
    downgrade(revision=ScriptDirectory(str(ROOT / "migrations")).get_revision(KEYS).down_revision)
    upgrade()
    link = db.session.scalars(sa.select(PersonLink)).one()
    (said,) = said_of([link])[link.id]
    assert (said.state, said.facts, said.reason) == (LinkState.LINKED, (Fact.REFERENCE,), "")
    assert list(db.session.scalars(sa.select(PersonKey.value))) == []
    assert key_people() == 2
    assert set(db.session.scalars(sa.select(PersonKey.value))) == keys
