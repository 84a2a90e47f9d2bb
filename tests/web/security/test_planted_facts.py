"""One made-up person with facts like no other's, searched for wherever they could have gone."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, url_for

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import ContactOutcome, NeedAnswer, NeedCategory, Stage
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from beacon.people.terms import ContactKind
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.conftest import DeskClient
from tests.factories import TEST
from tests.feed_rows import a_file
from tests.long import each
from tests.pages import Page, form_of
from tests.web.security.walking import Words, figures, walk

CRIME = "41/98765/26"
STREET, POSTCODE, TOWN = "77 Quillfeather Lane", "SG18 9QX", "Quillfeather"
MOBILE, EMAIL = "07700 900427", "quill.hidden@example.org"
HEALTH, NOTE, WORDS = "quinine for the quinsy", "the quay at quarter past", "Say it is Quentin"
WHY = "To send the quarterly plan"
# Who may read what was written in this person's case: those who work on it.
MAY_READ = {
    HEALTH: {Role.CASE_MANAGER, Role.TEAM_LEADER},
    NOTE: {Role.CASE_MANAGER, Role.TEAM_LEADER, Role.INTAKE_OFFICER},
    WORDS: {Role.CASE_MANAGER, Role.TEAM_LEADER, Role.INTAKE_OFFICER},
}


@dataclass
class Planted:
    """Where the planted person's record is, as addresses name it."""

    manager: Staff
    known: dict[str, Any]

    def point(self, kind: ContactKind) -> str:
        """The page on which a number or e-mail address is asked for."""
        return f"/people/{self.known['victim_id']}/points/{self.known[kind.value]}/show"

    @property
    def address(self) -> str:
        """The page on which the address is asked for."""
        return f"/people/{self.known['victim_id']}/address/{self.known['address_id']}"


@pytest.fixture
def planted(county: Flask, at_desk: Callable[[Role], DeskClient]) -> Planted:
    """A person who came by the police's file, in the case of the county's first case manager."""
    row = {
        "crime_reference": CRIME,
        "first_name": "Quincy",
        "last_name": "Quillfeather-Marsh",
        "mobile": MOBILE,
        "email": EMAIL,
        "address": STREET,
        "postcode": POSTCODE,
        "safe_contact_notes": WORDS,
        "recorded_at": "2026-11-23T10:00",
    }
    import_file("police", a_file(row), file_name="list.csv", actor=TEST)
    referral = db.session.scalars(
        sa.select(Referral).join(Referral.crime).where(sa.text("reference = :crime")),
        {"crime": CRIME},
    ).one()
    case = db.session.get_one(CaseFile, referral.case_id)
    manager = db.session.get_one(Staff, at_desk(Role.CASE_MANAGER).person_id)
    cases.assign_manager(case, manager, version=case.version, actor=TEST)
    cases.log_contact(
        case,
        at=clock.now(),
        channel=Channel.PHONE,
        outcome=ContactOutcome.SPOKE,
        notes=NOTE,
        actor=TEST,
    )
    scored = cases.NeedGiven(NeedAnswer.SCORED, 4, HEALTH)
    answers = dict.fromkeys(NeedCategory, scored)
    cases.assess_needs(case, stage=Stage.START, answers=answers, at=clock.now(), actor=TEST)
    victim = case.victim
    points = {one.kind.value: one.id for one in victim.contact_points}
    known = {
        "reference": case.reference,
        "victim_id": victim.id,
        "referral_id": referral.id,
        "batch_id": referral.batch_id,
        "address_id": victim.addresses[0].id,
        "point_id": points["mobile"],
        "duty_id": case.duties[0].id,
    }
    return Planted(manager, known | points)


def pages_about(app: Flask, person: Planted) -> Iterator[str]:
    """Every page of the URL map that can be opened, with the planted record in its address."""
    for rule in app.url_map.iter_rules():
        args = {name: person.known[name] for name in rule.arguments if name in person.known}
        if "GET" in (rule.methods or ()) and len(args) == len(rule.arguments):
            with app.test_request_context():
                yield url_for(rule.endpoint, **args)


def reaching(words: Words) -> set[str]:
    """Whatever would reach the planted person, however it is written."""
    found = words.hold({STREET, STREET.upper(), TOWN + " Lane", POSTCODE, "SG189QX", EMAIL})
    return found | words.numbers({figures(MOBILE)}) | words.hold({"7700900427", "7700 900427"})


@pytest.mark.proves("P-02", "P-09", "Z-05")
@pytest.mark.parametrize(
    "role", each(Role, soon=[Role.CASE_MANAGER, Role.COURT_OFFICER, Role.PARTNER])
)
def test_no_page_of_any_role_holds_what_would_reach_the_planted_person(
    role: Role, county: Flask, at_desk, planted: Planted
):
    browser, faults, opened = at_desk(role), [], 0
    answers = [(where, browser.get(where)) for where in pages_about(county, planted)]
    answers += walk(county, browser, of_each=1)
    if role in {Role.CASE_MANAGER, Role.TEAM_LEADER, Role.INTAKE_OFFICER}:
        found = browser.submit("/search", words="Quillfeather-Marsh")
        assert planted.known["reference"] in found.get_data(as_text=True)
        answers.append(("/search", found))
    for where, answer in answers:
        words = Words.of(answer)
        opened += answer.status_code == 200
        faults += [(where, one) for one in reaching(words)]
        faults += [
            (where, one) for one in MAY_READ if one in words.text and role not in MAY_READ[one]
        ]
        if answer.mimetype == "text/html":
            title = Page(words.text).title
            faults += [(where, "title", title)] if "Quill" in title else []
        told = f"{where} {answer.headers.get('Location', '')}"
        faults += [(where, "address")] if "Quill" in told or "900427" in told else []
    assert faults == []
    assert opened > (15 if role in MAY_READ[HEALTH] else 1)


@pytest.mark.proves("Z-05")
def test_those_who_work_on_the_case_read_what_the_others_do_not(at_desk, planted: Planted):
    words = Words.of(at_desk(Role.CASE_MANAGER).get(f"/cases/{planted.known['reference']}"))
    assert words.hold(set(MAY_READ)) == set(MAY_READ)


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own in the place of the machine's for temporary files."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.proves("P-01", "P-02")
def test_what_is_asked_for_stands_in_its_own_answer_and_is_left_nowhere(
    temp: Path, county: Flask, at_desk, planted: Planted, caplog: pytest.LogCaptureFixture
):
    browser = at_desk(Role.CASE_MANAGER)
    wanted = {
        planted.point(ContactKind.MOBILE): MOBILE,
        planted.point(ContactKind.EMAIL): EMAIL,
        planted.address: STREET,
    }
    with caplog.at_level(logging.DEBUG):
        for where, value in wanted.items():
            sent = form_of(browser.get(where)) | {"heeded": "y", "reason": WHY}
            shown = Words.of(browser.post(where, data=sent))
            assert value in shown.text
            others = {one for one in wanted.values() if one != value}
            assert not shown.hold(others)
            assert not reaching(Words.of(browser.get(where)))
    logged = Words("\n".join(str(vars(record)) for record in caplog.records))
    assert "request" in logged.text
    assert not reaching(logged)
    assert WHY not in logged.text
    audit = Words("\n".join(everything(AuditEntry)))
    assert "contact_point.shown" in audit.text
    assert not reaching(audit)
    assert WHY not in audit.text
    assert left_in(county.config["BEACON"].instance) == []
    assert left_in(temp) == []


def everything(model: type[Any]) -> list[str]:
    """Each row of a table, whole."""
    db.session.rollback()
    return [str(tuple(row)) for row in db.session.execute(sa.select(model.__table__))]


def left_in(folder: Path) -> list[str]:
    """The files in which a planted fact stands in the clear: the database, its WAL, all else."""
    planted = [
        STREET,
        POSTCODE,
        "SG189QX",
        EMAIL,
        MOBILE,
        "07700900427",
        "447700900427",
        WHY,
        HEALTH,
    ]
    return [
        f"{path.name}: {fact}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for fact in planted
        if fact.encode() in path.read_bytes()
    ]


@pytest.mark.proves("P-02")
def test_the_search_of_the_files_would_find_a_fact_that_is_there(county: Flask, planted: Planted):
    folder = county.config["BEACON"].instance
    assert any(b"Quillfeather-Marsh" in path.read_bytes() for path in folder.glob("beacon.sqlite*"))
    (folder / "a-note").write_text(f"Ring {MOBILE}", "utf-8")
    assert left_in(folder) == [f"a-note: {MOBILE}"]
