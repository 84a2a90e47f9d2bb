"""The words by which people are found: made on the way up for everybody who is held already."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.people.models import SearchKey
from beacon.referrals.imports import import_file
from beacon.search.queries import find
from config import ROOT
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.feed_rows import a_file

WORDS = "0019"
COLUMNS = (
    SearchKey.victim_id,
    SearchKey.case_id,
    SearchKey.kind,
    SearchKey.key,
    SearchKey.team_id,
    SearchKey.manager_id,
    SearchKey.is_fraud,
    SearchKey.restricted,
)


def words() -> set[tuple[object, ...]]:
    """Every word, without its number and its moment."""
    db.session.remove()
    return {tuple(row) for row in db.session.execute(sa.select(*COLUMNS))}


def test_an_upgrade_makes_the_very_words_that_the_commands_keep(app: Flask):
    manager = a_member_of_staff()
    victim = a_victim(
        first_name="Amélie",
        last_name="de la Cruz",
        date_of_birth=date(1984, 3, 12),
        victim_reference="VR-20417",
    )
    a_case(victim=victim, crime=a_crime(reference="41/66827/2026"), manager=manager)
    a_case(victim=a_victim(last_name="", first_name="", organisation="Safe Haven Ltd"))
    shut = a_case(manager=manager)
    cases.restrict(shut, reason="Known to us.", version=shut.version, actor=TEST)
    waiting = {"consent_to_referral": "no", "last_name": "Lee-Abbey", "date_of_birth": ""}
    import_file("police", a_file(waiting), file_name="list.csv", actor=TEST)
    fraud = {"fraud_reference": "NFRC261100000001", "reported_at": "2026-11-20T10:00",
             "first_name": "Robin", "last_name": "Poole", "email": "robin@example.org"}  # fmt: skip
    import_file("fraud", a_file(fraud, like=fraud), file_name="list.csv", actor=TEST)
    before = words()
    assert len(before) > 30
    revision = ScriptDirectory(str(ROOT / "migrations")).get_revision(WORDS)
    db.session.remove()
    downgrade(revision=revision.down_revision)
    db.session.remove()
    upgrade()
    assert words() == before
    viewer = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    assert [row.victim_name for row in find(viewer, "cruz 12/03/1984").cases] == [
        "Amélie de la Cruz"
    ]


def test_an_erased_case_gets_no_words(app: Flask):
    number = a_case().id
    revision = ScriptDirectory(str(ROOT / "migrations")).get_revision(WORDS)
    db.session.remove()
    downgrade(revision=revision.down_revision)
    with db.engine.begin() as connection:
        erase = sa.text("UPDATE case_file SET erased_at = opened_at WHERE id = :id")
        connection.execute(erase, {"id": number})
    upgrade()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SearchKey)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CaseFile)) == 1
