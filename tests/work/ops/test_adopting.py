"""A copied or restored database: nobody's until adopted, then without old proofs and numbers."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts import queries as staff
from beacon.accounts.models import AuthSession, RecoveryCode, SecondFactor, Staff
from beacon.app import give_keys
from beacon.audit import anchors
from beacon.audit import commands as audit
from beacon.audit import queries as log
from beacon.audit.models import AuditEntry
from beacon.audit.terms import RESTORED
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import Base, db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.phone import Phone
from beacon.core.reference_rows import ForeignDatabase, refuse_foreign_database
from beacon.core.roles import Role
from beacon.core.sealed import unseal
from beacon.notify import commands as texts
from beacon.notify.models import OutboundText
from beacon.notify.readiness import why_stopped
from beacon.notify.terms import TextState
from beacon.numbers import queries as numbers
from beacon.numbers.terms import Held
from beacon.ops import adopting, checks
from beacon.ops.scrub import EMPTIED, KEPT_INDEXES, MADE_UP, TAKEN_OUT
from beacon.people.commands.holding import add_point, hold_numbers
from beacon.people.models import ContactPoint
from beacon.people.rules.facts import telephone
from beacon.people.terms import ContactKind
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.restores import Vault
from tests.signing_in import a_person

TEST = machine("a test")
Bear = Callable[[str], None]
MADE_UP_VALUE = re.compile(r"(?:person|staff)-\d+@example\.org|\+447700900\d{3}")


@pytest.fixture
def person(vault: Vault) -> Staff:
    """Somebody who can sign in, with an app and a recovery code."""
    made = a_person()
    with transaction() as session:
        factor = SecondFactor(staff_id=made.id, confirmed_at=clock.now())
        factor.secret = pyotp.random_base32()
        session.add(factor)
        session.add(RecoveryCode(staff_id=made.id, selector="ABCD", code_hash="x"))
    return made


def a_session(person: Staff, **known: object) -> str:
    """A browser in which the person is signed in, or has given the password alone."""
    token = accounts.new_token()
    usual = {"last_seen_at": clock.now(), "proved_at": clock.now(), "mfa_at": clock.now()}
    row = AuthSession(id_hash=accounts.digest(token), staff_id=person.id, **usual | known)
    with transaction() as session:
        session.add(row)
    return token


def restored(vault: Vault) -> None:
    """Put back the backup and adopt it."""
    vault.put_back()
    vault.adopt()


@pytest.mark.proves("B-07")
def test_every_session_has_ended(vault: Vault, person: Staff):
    token = a_session(person)
    assert staff.live_session(accounts.digest(token)) is not None
    vault.take()
    restored(vault)
    assert staff.live_session(accounts.digest(token)) is None


@pytest.mark.proves("B-07")
def test_a_session_that_was_ended_after_the_backup_does_not_rise_again(vault: Vault, person: Staff):
    token = a_session(person)
    vault.take()
    accounts.end_sessions(person, actor=TEST)
    restored(vault)
    assert staff.live_session(accounts.digest(token)) is None


@pytest.mark.proves("B-07")
def test_links_for_a_password_are_dead_used_or_not(vault: Vault, person: Staff):
    link = accounts.issue_setup_link(person, actor=TEST)
    vault.take()
    restored(vault)
    with pytest.raises(RuleBroken):
        accounts.use_setup_link(link, "another wheelbarrow tide")


@pytest.mark.proves("B-07")
def test_a_code_that_was_used_after_the_backup_is_not_taken_again(vault: Vault, person: Staff):
    with clock.fixed(clock.now()):
        secret = db.session.scalars(sa.select(SecondFactor)).one().secret
        code = pyotp.TOTP(secret).at(clock.now())
        vault.take()
        first = a_session(person, proved_at=None, mfa_at=None)
        accounts.show_code(first, code, actor=an_actor(person))
        restored(vault)
        person = db.session.scalars(sa.select(Staff)).one()
        again = a_session(person, proved_at=None, mfa_at=None)
        with pytest.raises(RuleBroken):
            accounts.show_code(again, code, actor=an_actor(person))
        at = clock.now() + timedelta(minutes=1)
    with clock.fixed(at):
        fresh = pyotp.TOTP(secret).at(at)
        assert accounts.show_code(again, fresh, actor=an_actor(person))


@pytest.mark.proves("B-07")
def test_a_recovery_code_that_was_used_after_the_backup_is_not_good_again(
    vault: Vault, person: Staff
):
    vault.take()
    restored(vault)
    assert db.session.scalars(sa.select(RecoveryCode.used_at)).one() is not None


@pytest.fixture
def forked(vault: Vault, app: Flask) -> None:
    """A log whose head was written down after the backup, and is lost with what came after it."""
    a_victim()
    audit.refused("test.before", ("test", 1), TEST)
    vault.take()
    for n in range(5):
        audit.refused("test.lost", ("test", n), TEST)
    audit.anchor_now()
    restored(vault)
    db.session.rollback()  # what the adoption wrote on a short connection of its own is seen


@pytest.mark.proves("B-08")
@pytest.mark.usefixtures("forked")
def test_the_log_says_from_what_it_was_restored_and_where_it_forks():
    row = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == RESTORED)).one()
    facts = json.loads(row.facts)
    lost = anchors.read(audit.anchors_place())[-2]
    assert facts["head_seq"] == row.seq - 1
    assert (facts["outside_seq"], facts["outside_mac"]) == (lost.seq, lost.mac)
    assert facts["given_up"] == [f"{lost.seq} {lost.mac}"]
    assert facts["checksum"]
    assert facts["made_at"]


@pytest.mark.proves("B-08")
@pytest.mark.usefixtures("forked")
def test_a_log_that_forked_is_still_proved_and_grows_past_what_was_lost(app: Flask):
    run = app.test_cli_runner()
    assert run.invoke(args=["audit", "verify"]).exit_code == 0
    for n in range(12):
        audit.refused("test.after", ("test", n), TEST)
    answer = run.invoke(args=["audit", "verify", "--json"])
    assert (answer.exit_code, json.loads(answer.stdout)["ok"]) == (0, True)
    assert checks.anchored.anchors().words.startswith(("row", "the heads lie"))


@pytest.mark.proves("B-08", "U-08")
@pytest.mark.usefixtures("forked")
def test_a_head_that_no_restore_gave_up_is_still_a_fault(app: Flask):
    seq, _ = log.head()
    kept = [(one.seq, one.mac) for one in anchors.read(audit.anchors_place())]
    verdict = log.verify(log.keyed(*audit.audit_keys()), [*kept, (seq + 3, "f" * 64)])
    assert (verdict.ok, verdict.first_bad_seq) == (False, seq + 1)
    verdict = log.verify(log.keyed(*audit.audit_keys()), [*kept, (seq - 1, "f" * 64)])
    assert (verdict.ok, verdict.first_bad_seq) == (False, seq - 1)


@pytest.mark.proves("E-02")
@pytest.mark.parametrize(("here", "owner"), [("staging", "production"), ("production", "staging")])
def test_a_database_of_another_name_is_not_adopted_by_mistake(
    vault: Vault, bear: Bear, here: str, owner: str
):
    bear(owner)
    vault.app.config["BEACON"] = replace(vault.config, env=here)
    with pytest.raises(ForeignDatabase, match="flask env adopt"):
        refuse_foreign_database(here)
    with pytest.raises(RuleBroken, match=f"may be {owner}'s own.*--scrub"):
        vault.adopt()
    with pytest.raises(ForeignDatabase):
        refuse_foreign_database(here)


@pytest.fixture
def few(vault: Vault) -> None:
    """One case, with the number by which its victim is reached."""
    case = a_case(manager=a_member_of_staff(Role.CASE_MANAGER))
    with transaction():
        point = telephone("01632 960001")
        add_point(case.victim, point, from_feed=False)
        hold_numbers(case.victim, [point])


@pytest.fixture
def elsewhere(vault: Vault, few: None) -> Iterator[Vault]:
    """A backup of a few facts, put back in staging, which has other keys than production."""
    yield from in_staging(vault)


@pytest.fixture
def county_elsewhere(app: Flask, vault: Vault) -> Iterator[Vault]:
    """The backup of a small made-up county, put back in staging."""
    loaded = app.test_cli_runner().invoke(args=["demo", "load", "--victims", "20"])
    assert loaded.exit_code == 0, loaded.output
    yield from in_staging(vault)


def in_staging(vault: Vault) -> Iterator[Vault]:
    """Put a backup back in an installation that has other keys than the one it is of."""
    vault.take()
    was = vault.config
    other = replace(
        was,
        env="staging",
        field_keys={"s9": secrets.token_bytes(32)},
        index_key=secrets.token_bytes(32),
        audit_keys=(secrets.token_bytes(32), *was.audit_keys),
    )
    vault.app.config["BEACON"] = other
    give_keys(other)
    vault.put_back()
    yield vault
    vault.app.config["BEACON"] = was
    give_keys(was)


def every_sealed_value() -> Iterator[tuple[str, str]]:
    """Each sealed value there is, opened, with its table."""
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for column in (c.name for c in table.c if c.name.endswith("_sealed")):
                held = sa.select(table).where(table.c[column].is_not(None))
                for row in connection.execute(held).mappings():
                    place = {"table": table.name, "column": column, "row": row["seal_key"]}
                    yield table.name, unseal(row[column], **place)


def every_index() -> set[str]:
    """Each blind index there is, but those of references."""
    with db.engine.connect() as connection:
        return {
            found
            for table in Base.metadata.sorted_tables
            for column in table.c
            if column.name.endswith("_index") and (table.name, column.name) not in KEPT_INDEXES
            for found in connection.scalars(sa.select(column).where(column.is_not(None)))
            if found
        }


@pytest.mark.proves("B-10", "E-02")
@pytest.mark.long_on("postgresql")
def test_a_copy_in_staging_holds_no_number_e_mail_or_sealed_word(county_elsewhere: Vault):
    before = every_index()
    assert before
    done = county_elsewhere.adopt()
    assert done.scrubbed
    refuse_foreign_database("staging")
    left = list(every_sealed_value())
    assert {name for name, _ in left} > {"staff", "contact_point", "defendant"}
    odd = [
        (name, words)
        for name, words in left
        if not (MADE_UP_VALUE.fullmatch(words) if name in MADE_UP else words in {TAKEN_OUT, "{}"})
    ]
    assert odd == []
    assert every_index().isdisjoint(before)
    for name in set(EMPTIED) - {"held_number"}:
        assert (
            db.session.scalar(sa.select(sa.func.count()).select_from(Base.metadata.tables[name]))
            == 0
        )


@pytest.mark.proves("B-10", "E-02")
def test_what_is_left_of_a_copy_still_works_and_texts_nobody(elsewhere: Vault):
    elsewhere.adopt()
    waiting = sa.select(OutboundText).where(OutboundText.state == TextState.PLANNED)
    assert db.session.scalars(waiting).all() == []
    assert why_stopped()
    assert texts.send_due() == 0
    numbered = sa.select(ContactPoint).where(ContactPoint.kind != ContactKind.EMAIL)
    for point in db.session.scalars(numbered):
        assert Phone.parse(point.value).is_uk_mobile
        assert numbers.holder(point.value, []) is Held.ANOTHER_CASE
    for person in db.session.scalars(sa.select(Staff)):
        assert staff.by_email(person.email) == person
    assert elsewhere.app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0


@pytest.mark.parametrize(
    ("table", "column"), [("timeline_entry", "by_name"), ("audit_entry", "action")]
)
def test_histories_only_grow_again_after_they_were_scrubbed(
    elsewhere: Vault, table: str, column: str
):
    elsewhere.adopt()
    with pytest.raises(sa.exc.DatabaseError, match="only grows"), transaction() as session:
        session.execute(sa.text(f"UPDATE {table} SET {column} = 'x'"))


@pytest.mark.proves("E-02")
def test_a_fault_in_the_middle_leaves_the_copy_nobodys(elsewhere: Vault):
    with transaction() as session:
        session.execute(sa.text("ALTER TABLE second_factor RENAME TO second_factor_away"))
    with pytest.raises(sa.exc.DatabaseError):
        elsewhere.adopt()
    db.session.rollback()
    with pytest.raises(ForeignDatabase):
        refuse_foreign_database("staging")
    assert (
        db.session.scalar(
            sa.select(sa.func.count(AuthSession.id)).where(AuthSession.revoked_at.is_not(None))
        )
        == 0
    )


@pytest.mark.usefixtures("few")
def test_its_own_database_is_adopted_without_scrubbing(vault: Vault):
    first = db.session.scalars(sa.select(ContactPoint).order_by(ContactPoint.id)).first()
    assert first is not None
    value, where = first.value, first.id
    vault.take()
    vault.put_back()
    assert vault.adopt() == adopting.Adopted("demo", 0, 0)
    kept = db.session.get(ContactPoint, where)
    assert kept is not None
    assert kept.value == value


@pytest.mark.proves("E-02")
@pytest.mark.usefixtures("few", "vault")
def test_a_copy_by_hand_is_adopted_where_scrubbing_was_asked_for(app: Flask, bear: Bear):
    bear("production")
    done = app.test_cli_runner().invoke(args=["env", "adopt", "--scrub", "--json"])
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert (said["origin"], said["scrubbed"] > 0) == ("production", True)
    refuse_foreign_database("demo")


def test_the_doctor_names_a_restored_database(vault: Vault):
    vault.take()
    vault.put_back()
    found = checks.environment()
    assert (found.state, "flask env adopt" in found.words) == ("fault", True)
