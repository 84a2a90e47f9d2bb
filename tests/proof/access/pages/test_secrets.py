"""Fifty planted secrets, and every place where they might come out: only where they may be."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.typing import ResponseReturnValue

from beacon.accounts import commands as accounts
from beacon.accounts.models import RecoveryCode, SecondFactor, Staff
from beacon.accounts.passwords import hash_password
from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile, ContactLog, Crime
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.entitlements.models import Duty
from beacon.people.models import SafeContact, Victim
from beacon.web import logs
from tests.conftest import DeskClient
from tests.factories import TEST
from tests.feed_rows import POLICE, a_file
from tests.journeys.samples import readable
from tests.pages import Page
from tests.planted import ADDRESS, MAIL, NUMBER, PROOF, PROOFS, WORD, WORDS, Places, Secrets
from tests.web.security.matrix import furnishing
from tests.web.security.matrix.asking import addresses
from tests.web.security.matrix.filling import filled
from tests.web.security.matrix.world import NOON, OWN, Sit, World, build, hasty, seated
from tests.web.security.walking import Seen

PLANTED = 10
# Where each kind may stand. Everything else is a leak.
MAY: dict[str, set[str]] = {
    ADDRESS: {"shown on asking", "rejected rows"},
    NUMBER: {"shown on asking", "rejected rows"},
    MAIL: {"shown on asking", "rejected rows"},
    WORD: {"pages of a record", "shown on asking", "rejected rows"},
    PROOF: {"own draft"},
}
# Pages that show most of a record: they are opened for all ten, the others for two.
FULL_OF_FACTS = {"cases.show", "people.contact", "people.address", "referrals.show"}
EVERYTHING = ("--feed", "police", "--at", NOON.isoformat())


@pytest.fixture
def planted(app: Flask, tmp_path: Path) -> Iterator[tuple[World, list[int]]]:
    """The county of the matrix, with ten people more whose facts are secrets, come by a file."""
    if db.engine.dialect.name == "sqlite":
        sa.event.listen(db.engine, "connect", hasty)
        db.engine.dispose()
    with clock.fixed(NOON):
        world = World()
        build(world)
        secrets = Secrets.of_this_run()
        rows = [row_of(secrets, number) for number in range(PLANTED)]
        wrong = {"recorded_at": "never", **rows[0], "crime_reference": "41/9/26"}
        path = tmp_path / "police.csv"
        path.write_bytes(a_file(*rows, wrong | {"recorded_at": "never"}))
        said = app.test_cli_runner().invoke(args=["referrals", "import", str(path), *EVERYTHING])
        assert said.exit_code == 1, said.output  # one row was sent back
        yield world, [settle(world, number) for number in range(PLANTED)]


def row_of(secrets: Secrets, number: int) -> dict[str, str]:
    """One person of the file."""
    of = secrets.by_kind
    return POLICE | {
        "crime_reference": f"41/9900{number}/26",
        "first_name": "Nemo",
        "last_name": f"Planted{WORDS[number][:3]}",
        "date_of_birth": f"1980-05-{number + 1:02}",
        "mobile": of[NUMBER][number],
        "email": of[MAIL][number],
        "address": f"{of[ADDRESS][number]}, Hertford",
        "postcode": "SG14 1AA",
        "safe_contact_notes": of[WORD][number],
        "notes": of[WORD][number],
    }


def settle(world: World, number: int) -> int:
    """Give the person's case to the county's manager, with work in it that holds a secret word."""
    crime = sa.select(Crime.id).where(Crime.reference == f"41/9900{number}/26")
    case = db.session.scalars(sa.select(CaseFile).where(CaseFile.crime_id.in_(crime))).one()
    manager = db.session.get_one(Staff, world.people[Role.CASE_MANAGER])
    furnishing.furnished(case, manager)
    word = Secrets.of_this_run().by_kind[WORD][number]
    with transaction() as session:
        for contact in session.scalars(sa.select(ContactLog).where(ContactLog.case_id == case.id)):
            contact.notes = word
        for duty in session.scalars(sa.select(Duty).where(Duty.case_id == case.id)):
            duty.reason = word
        rules = session.scalars(
            sa.select(SafeContact).where(SafeContact.victim_id == case.victim_id)
        ).one()
        rules.words = word
    furnishing.put(case, OWN, [], manager)
    args = furnishing.of_case(case, manager)
    for kind in ("case", "crime", "victim", "hearing", "text", "referral", "review"):
        world.keep(kind, f"planted-{number}", args)
    return case.victim_id


@pytest.fixture
def proofs(app: Flask, planted: Any, desk: Callable[..., DeskClient]) -> dict[str, str]:
    """What proves who somebody is: given, and made by chance; it is all in use."""
    world, _ = planted
    person = db.session.get_one(Staff, world.people[Role.CASE_MANAGER])
    accounts.set_password(person, PROOFS["password"], actor=TEST)
    with transaction() as session:
        session.add(SecondFactor(staff_id=person.id, secret=PROOFS["secret of the second factor"]))
        code = PROOFS["recovery code"]
        session.add(
            RecoveryCode(staff_id=person.id, selector=code[:4], code_hash=hash_password(code[4:]))
        )
    return {"invitation": accounts.issue_setup_link(person, actor=TEST)}


class Walk:
    """Goes everywhere as everybody, does what is refused, and keeps all that came out."""

    def __init__(self, app: Flask, world: World, places: Places, sit: Sit) -> None:
        self.app, self.world, self.places, self.sit = app, world, places, sit
        self.states = tuple(f"planted-{number}" for number in range(PLANTED))

    def everywhere(self) -> None:
        """Every page of every record that holds a secret, as every role."""
        for role in [None, *Role]:
            browser = self.sit(role)
            few = [
                where for *_, where, _ in addresses(self.app, self.world, role, *self.states[:2])
            ]
            for rule, line, where, _wanted in list(
                addresses(self.app, self.world, role, *self.states)
            ):
                is_full = rule.endpoint in FULL_OF_FACTS
                if line.method == "GET" and (is_full or where in few):
                    answer = browser.get(where)
                    self._keep(answer, where, "pages of a record" if rule.arguments else "lists")
            self._searches(browser, role)

    def _keep(self, answer: Any, where: str, place: str) -> None:
        """Look at all that an answer holds."""
        text = answer.get_data(as_text=True)
        shown = place if answer.status_code < 400 else "error pages"
        self.places.look(shown, text)
        links = [answer.headers.get("Location", "")]
        if answer.mimetype == "text/html":
            self.places.look("titles", Page(text).title)
            links += Seen(text).links
            links += [form["to"] for form in Seen(text).forms]
        self.places.look("addresses of pages", " ".join([where, *links]))
        self.places.look("headers", str([one for one in answer.headers if one[0] != "Set-Cookie"]))

    def _searches(self, browser: DeskClient, role: Role | None) -> None:
        """Ask for everybody by every fact of theirs."""
        page = browser.get("/search")
        if page.status_code != 200:
            return
        form = filled(page.get_data(as_text=True), "/search")
        asked = [one for kind, one in self.places.secrets if kind in {NUMBER, MAIL}]
        for words in [PROOFS["search"], *asked]:
            answer = browser.post("/search", data=form | {"words": words})
            text = answer.get_data(as_text=True).replace(words, "")  # what was typed stands there
            self.places.look("search", text)

    def asked(self) -> None:
        """The one place where a number, an e-mail address or a home is shown: when it is asked."""
        browser = self.sit(Role.CASE_MANAGER)
        for rule, line, where, _wanted in list(
            addresses(self.app, self.world, Role.CASE_MANAGER, *self.states)
        ):
            if line.method == "POST" and rule.endpoint.startswith("people."):
                for point in self._points(rule.arguments, where):
                    sent = filled(browser.get(point).get_data(as_text=True), point)
                    self.places.look(
                        "shown on asking", browser.post(point, data=sent).get_data(as_text=True)
                    )

    def _points(self, names: set[str], where: str) -> list[str]:
        """The address of a showing, for each number and e-mail address of the person."""
        if "point_id" not in names:
            return [where] if "address_id" in names else []
        victim = db.session.get_one(Victim, int(where.split("/")[2]))
        return [re.sub(r"points/\d+", f"points/{one.id}", where) for one in victim.contact_points]

    def refused(self, proofs: dict[str, str]) -> None:
        """Wrong passwords, forms without a token, links that no longer work, pages not there."""
        browser = self.app.test_client()
        browser.looks = False
        form = filled(browser.get("/sign-in").get_data(as_text=True))
        person = db.session.get_one(Staff, self.world.people[Role.CASE_MANAGER])
        for password in (PROOFS["wrong password"], PROOFS["password"]):
            sent = form | {"email": person.email, "password": password}
            self._keep(browser.post("/sign-in", data=sent), "/sign-in", "error pages")
        link = f"/set-password/{proofs['invitation']}"
        page = browser.get(link)
        sent = filled(page.get_data(as_text=True)) | {"password": "short", "again": "short"}
        self._keep(browser.post(link, data=sent), "/set-password", "error pages")
        manager = self.sit(Role.CASE_MANAGER)
        for address in ("/cases/BCN-ZZZZZ", "/people/999999/contact", "/admin/"):
            self._keep(manager.get(address), address, "error pages")
        typed = {"password": PROOFS["new password"], "code": PROOFS["recovery code"]}
        self._keep(manager.post("/search", data=typed), "/search", "error pages")
        self._draft(manager)

    def _draft(self, manager: DeskClient) -> None:
        """Words that somebody began to write are kept for them alone."""
        if "accounts.keep_draft" not in self.app.view_functions:
            return
        reference = self.world.args("case", self.states[0], Role.CASE_MANAGER)["reference"]
        where = f"/cases/{reference}/contacts/new"
        form = filled(manager.get(where).get_data(as_text=True), where)
        fields = form | {"notes": PROOFS["draft"], "beacon_place": where}
        assert manager.post("/drafts", data=fields).status_code == 204
        mine = manager.get(where).get_data(as_text=True)
        self.places.look("own draft", PROOFS["draft"] if PROOFS["draft"] in mine else "")
        other = self.sit(Role.TEAM_LEADER)
        self.places.look("pages of a record", other.get(where).get_data(as_text=True))

    def forced_fault(self, number: int) -> None:
        """A page that breaks with a secret in its hands: in a statement, and in what it knows."""

        def breaks() -> ResponseReturnValue:
            facts = {
                "number": self.places.secrets.by_kind[NUMBER][number],
                "address": self.places.secrets.by_kind[ADDRESS][number],
                "mail": self.places.secrets.by_kind[MAIL][number],
            }
            statement = (
                "INSERT INTO victim (title, language, gender) VALUES (:number, :address, :mail)"
            )
            db.session.connection().execute(sa.text(statement), facts)
            raise AssertionError("unreached")

        view = self.app.view_functions["desk.index"]
        breaks.permission = view.permission  # type: ignore[attr-defined]
        self.app.view_functions["desk.index"] = breaks
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        try:
            answer = self.sit(Role.CASE_MANAGER).get("/")
        finally:
            self.app.view_functions["desk.index"] = view
            self.app.config["PROPAGATE_EXCEPTIONS"] = None
            db.session.rollback()
        assert answer.status_code == 500
        self._keep(answer, "/", "error pages")


def failed_imports(app: Flask, secrets: Secrets, folder: Path, places: Places) -> None:
    """A file that is refused whole, one that is only tried, and one that comes by a page."""
    row = row_of(secrets, 0)
    files = {
        "not-utf8.csv": a_file(row).decode().encode("utf-16"),
        "no-column.csv": a_file(
            {name: text for name, text in row.items() if "name" not in name}, like={}
        ),
        "again.csv": a_file(row),
    }
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content)
        for more in (["--dry-run"], []):
            said = app.test_cli_runner().invoke(
                args=["referrals", "import", str(path), *EVERYTHING, *more]
            )
            places.look("said at a terminal", said.output + said.stderr)


def rejected(folder: Path, instance: Path, places: Places) -> None:
    """What was sent back lies beside the file, and only its owner may read it."""
    found = [*folder.rglob("*.rejected.csv"), *(instance / "rejected").rglob("*.rejected.csv")]
    assert found
    for path in found:
        assert path.stat().st_mode & 0o077 == 0
        places.look("rejected rows", path.read_text("utf-8"))


@pytest.mark.proves("U-13", "P-02", "P-05", "P-09", "F-09")
@pytest.mark.timeout(1_800)
def test_fifty_secrets_are_found_nowhere_but_where_they_may_be(
    app: Flask,
    planted: tuple[World, list[int]],
    proofs: dict[str, str],
    desk: Callable[..., DeskClient],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    world, _ = planted
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    sit = seated(app, desk, world)
    browser = sit(Role.CASE_MANAGER)
    with browser.session_transaction() as cookie:
        proofs["session"] = cookie["_user_id"]
    secrets = Secrets.of_this_run(**proofs)
    assert len(set(secrets)) == 50
    places = Places(secrets)
    walk = Walk(app, world, places, sit)
    capsys.readouterr()
    logs.configure("json")  # as a server writes them, to what is standard error now
    logging.getLogger().setLevel(logging.DEBUG)
    walk.everywhere()
    walk.asked()
    walk.refused(proofs)
    for number in range(3):
        walk.forced_fault(number)
    failed_imports(app, secrets, tmp_path, places)
    ticked = app.test_cli_runner().invoke(args=["scheduler", "tick"])
    places.look("said at a terminal", ticked.output + ticked.stderr)
    said, lines = capsys.readouterr()
    logs.configure(app.config["BEACON"].log)
    places.look("log lines", lines)
    places.look("said at a terminal", said)
    rejected(tmp_path, app.config["BEACON"].instance, places)
    written_down(app, secrets, places, tmp_path, temporary)
    print(f"{db.engine.dialect.name}:\n{places.table()}")
    assert lines.count("unhandled fault") == 3
    assert lines.count("\n") > 1_000
    assert not places.beyond(MAY), "\n".join(places.beyond(MAY))
    assert {kind for kind, place in places.found if place == "shown on asking"} >= {ADDRESS}
    assert {kind for kind, place in places.found if place == "rejected rows"} >= {ADDRESS, NUMBER}


def written_down(
    app: Flask, secrets: Secrets, places: Places, folder: Path, temporary: Path
) -> None:
    """The log, the database with its own log of writes, journal, tray, and temporary files."""
    db.session.rollback()
    for entry in db.session.scalars(sa.select(AuditEntry)):
        places.look("audit rows", f"{entry.object_id} {entry.facts} {entry.reason} {entry.action}")
    looked_for = folder / "looked-for"
    looked_for.mkdir()
    for name in ("database", "files of the instance", "temporary files"):
        places.looked[name] += 1
    for line in readable(app, set(secrets.writings()), looked_for):
        file, _, writing = line.partition(": ")
        is_rejected = file.endswith(".rejected.csv")
        is_data = "sqlite" in file or file.endswith(".dump")
        place = "database" if is_data else "files of the instance"
        places.look("rejected rows" if is_rejected else place, writing)
    for path in temporary.rglob("*"):
        if path.is_file():
            places.look("temporary files", path.read_bytes().decode("latin-1"))
