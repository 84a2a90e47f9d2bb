"""Every page as everybody who may see it: axe with no rule off, no broken policy, no wide page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.routing import Rule

from beacon.accounts import commands as accounts
from beacon.accounts import queries as staff
from beacon.accounts.models import Staff
from beacon.accounts.terms import ClientFeed, Relation
from beacon.audit.terms import Pace
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CaseStatus, CrimeKind, ReviewKind, SuspectStatus
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.working_days import next_working_day
from beacon.entitlements.terms import Body, Milestone
from beacon.referrals.imports import send_in
from beacon.seed import county
from tests import browser as browsers
from tests.conftest import DeskClient
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.feed_rows import a_file
from tests.journeys.people import PASSWORD
from tests.journeys.places import addresses, roles_that_may, rules_of_pages
from tests.web.security.matrix.furnishing import asked_for

DATABASES = ("sqlite",)
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
VICTIMS, SEED = 60, 41
# Opened by a link that was sent, or before anybody has signed in.
WITHOUT_SIGNING_IN = {
    *("accounts.sign_in", "accounts.forgotten_password", "accounts.set_password"),
    *("self_referrals.start", "self_referrals.come_back", "self_referrals.ask_first"),
    *("self_referrals.hide", "self_referrals.privacy", "questions.privacy"),
}
# Not the same page for each role: everybody's own desk is looked at in the suite as well.
OF_EACH_ROLE = {"desk.index"}
# The made-up county has written to nobody and published nothing yet.
NOT_IN_THE_COUNTY = {"notices.show", "notices.run", "reports.fixed"}
# Opened between the password and the code: test_second_factor_in_a_browser looks at them.
HALF_WAY = {"accounts.factor", "accounts.recover"}
WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return "";
  const beyond = [...document.querySelectorAll("main *, header *, footer *")].filter(
    (one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !one.childElementCount
  );
  return beyond.slice(0, 3).map((one) => one.outerHTML.slice(0, 90)).join(" ") || "something";
}"""


@dataclass
class Look:
    """What was found, and on how many pages it was looked for."""

    pages: int = 0
    endpoints: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    said: list[str] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)

    def opened(self, page: Page, site: str, endpoint: str, address: str, who: str) -> None:
        """Note that a page opens for somebody, and look at it where that is wanted."""
        self.endpoints.add(endpoint)
        if endpoint in self.wanted:
            self.at(page, site, address, who)

    def at(self, page: Page, site: str, address: str, who: str) -> None:
        """Open one page and look at it, wide and narrow."""
        page.set_viewport_size(browsers.WIDE)
        answer = page.goto(f"{site}{address}")
        where = f"{address} ({who})"
        if answer is None or answer.status != 200:
            self.faults[f"answers {answer and answer.status}"].append(where)
            return
        for fault in browsers.faults(page):
            self.faults[fault].append(where)
        page.set_viewport_size(browsers.NARROW)
        if beyond := page.evaluate(WIDER):
            self.faults[f"wider than 320 pixels: {beyond}"].append(where)
        self.faults_of_console(where)
        self.pages += 1

    def faults_of_console(self, where: str) -> None:
        """What the browser complained of since the last page."""
        for line in self.said:
            self.faults[f"the console says: {line}"].append(where)
        self.said.clear()

    def in_words(self) -> str:
        """Each fault with the places of which it was first seen."""
        return "\n".join(
            f"{fault}\n    on {len(places)}: {'; '.join(places[:4])}"
            for fault, places in self.faults.items()
        )


@pytest.fixture
def somebody(app: Flask, county_is: str) -> Callable[[Role], tuple[Staff, str]]:
    """One person of a role with a password; in the full county, one who has work there."""
    passwords: dict[Role, tuple[str, str]] = {}
    if county_is == "full":
        instance = app.config["BEACON"].instance
        with clock.fixed(WEDNESDAY):
            known = county.load(instance, victims=VICTIMS, seed=SEED, told=lambda share: None)
            passwords = {one.role: (one.email, one.password) for one in known}
            for role, (email, _) in passwords.items():
                complete(role, staff.by_email(email))
                declare_somebody(staff.by_email(email))
        db.session.rollback()

    def of(role: Role) -> tuple[Staff, str]:
        if role in passwords:
            email, password = passwords[role]
            return staff.by_email(email), password
        email = f"{role.value.replace('_', '.')}@example.org"
        agency = "Example Refuge" if role is Role.PARTNER else None
        person = a_member_of_staff(role, email=email, name="Sam Example", agency=agency)
        accounts.set_password(person, PASSWORD, actor=TEST)
        return person, PASSWORD

    return of


def complete(role: Role, person: Staff) -> None:
    """Give a person one case with what so small a county may lack.

    A duty that waits for Witness Care, and a word of the police that waits for its moment.
    """
    if role in {Role.TEAM_LEADER, Role.AUDITOR}:
        put_something_before(person)
    if role is Role.ADMINISTRATOR:
        terms = accounts.Terms(feeds=[ClientFeed.PARTNER], agency="Example Refuge")
        accounts.make_client("Example Refuge case system", terms, actor=TEST)
    if role is Role.INTAKE_OFFICER:
        rows = ({}, {"crime_reference": ""}, {"suspect_status": "unheard of"})
        send_in("police", a_file(*rows), file_name="list.csv", actor=an_actor(person))
    if role not in {Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER}:
        return
    case = db.session.scalars(
        scope.visible(an_actor(person), CaseFile)
        .where(CaseFile.status != CaseStatus.CLOSED)
        .order_by(CaseFile.id)
    ).first()
    assert case is not None, f"{role} has no case"
    if role is Role.CASE_MANAGER:
        answer_for_a_fraud(person)
    asked_for(case)
    cases.ask(
        case,
        asked_of=Body.POLICE,
        milestone=Milestone.BAILED,
        words="",
        at=clock.now(),
        chase_on=next_working_day(clock.today()),
        actor=TEST,
    )
    crime = case.crime
    kind = Milestone.BAIL_HEARING_OUTCOME
    cases.record_milestone(crime, kind=kind, at=clock.now(), actor=TEST)
    for status in (SuspectStatus.ARRESTED, SuspectStatus.BAILED, SuspectStatus.INTERVIEWED):
        cases.record_crime(
            cases.CrimeFacts(
                kind=crime.kind,
                reference=crime.reference,
                recorded_at=crime.recorded_at,
                offence=crime.offence,
                suspect_status=status,
            ),
            actor=TEST,
        )


def declare_somebody(person: Staff) -> None:
    """Give everybody somebody whom they must not meet: nobody of this county."""
    said = accounts.Declaration(relation=Relation.FAMILY, phone="07700 900999")
    accounts.declare(person, said, actor=TEST)


def put_something_before(person: Staff) -> None:
    """Give whoever looks at accesses one to look at."""
    colleagues = sa.select(Staff).where(Staff.id != person.id).order_by(Staff.id)
    if person.team_id is not None:
        colleagues = colleagues.where(Staff.team_id == person.team_id)
    somebody = db.session.scalars(colleagues).first()
    assert somebody is not None, f"{person.name} has no colleague"
    cases.raise_review(f"page:{person.id}", ReviewKind.PACE, staff_id=somebody.id)


def answer_for_a_fraud(person: Staff) -> None:
    """Give a case manager one of the hub's cases."""
    fraud = db.session.scalars(
        sa.select(CaseFile)
        .join(CaseFile.crime)
        .where(Crime.kind == CrimeKind.FRAUD, CaseFile.status != CaseStatus.CLOSED)
        .order_by(CaseFile.id)
    ).first()
    assert fraud is not None, "the county has no fraud"
    cases.assign_manager(fraud, person, version=fraud.version, actor=TEST)


@contextmanager
def signed_in(
    chromium: Browser, site: str, person: Staff | None, password: str, look: Look
) -> Iterator[Page]:
    """A page at which this person has signed in; nobody, where there is no person."""
    context = browsers.new_context(chromium)
    try:
        if person is None:
            page = context.new_page()
        else:
            page = browsers.sign_in(context, site, person.email, password)
        page.on("console", lambda line: look.said.append(line.text) if line.type == "error" else 0)
        page.on("pageerror", lambda fault: look.said.append(str(fault)))
        yield page
    finally:
        context.close()


def at_the_highest_pace() -> None:
    """The whole walk is made in one moment."""
    for pace in Pace:
        accounts.change_setting(f"access.{pace.value}_in_ten_minutes", "500", actor=TEST)


def first_that_opens(app: Flask, client: DeskClient, person: Staff, rule: Rule) -> str | None:
    """The address of a page for this person, where there is a record of theirs to show."""
    tried = addresses(app, rule, person, an_actor(person))
    return next((one for one in tried if client.get(one).status_code == 200), None)


@pytest.mark.browser
@pytest.mark.proves("H-02")
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("county_is", [pytest.param("empty", marks=pytest.mark.long), "full"])
@pytest.mark.parametrize(
    ("everybody", "every"),
    [
        pytest.param(False, 3, id="a third once"),
        pytest.param(False, 1, id="once", marks=pytest.mark.long),
        pytest.param(True, 1, id="by everybody", marks=pytest.mark.long),
    ],
)
def test_every_page_as_everybody_who_may_see_it(
    app: Flask,
    county_is: str,
    everybody: bool,
    every: int,
    chromium: Browser,
    site: str,
    desk: Callable[..., DeskClient],
    somebody: Callable[[Role], tuple[Staff, str]],
):
    look = Look()
    rules = [rule for rule in rules_of_pages(app) if rule.endpoint not in HALF_WAY]
    look.wanted = {rule.endpoint for rule in rules[::every]}  # all of them are opened
    with clock.fixed(WEDNESDAY):
        at_the_highest_pace()
        for role in Role:
            person, password = somebody(role)
            client = desk(person=person)
            with signed_in(chromium, site, person, password, look) as page:
                for rule in rules:
                    if role not in roles_that_may(app, rule) or rule.endpoint in WITHOUT_SIGNING_IN:
                        continue
                    if rule.endpoint in look.endpoints - OF_EACH_ROLE and not everybody:
                        continue
                    address = first_that_opens(app, client, person, rule)
                    if address is None and rule.endpoint in NOT_IN_THE_COUNTY:
                        continue
                    if address is None:
                        look.nothing.append(f"{rule.endpoint} as {role.value}")
                    else:
                        look.opened(page, site, rule.endpoint, address, role.value)
        nobody(app, chromium, site, look, person)
    print(f"axe looked at {look.pages} pages of the {county_is} county")
    assert not look.faults, look.in_words()
    assert not app.extensions["beacon_csp_kinds"]
    if county_is == "full":
        assert not look.nothing, f"no record to open for {look.nothing}"
        assert look.endpoints | NOT_IN_THE_COUNTY == {rule.endpoint for rule in rules}


def nobody(app: Flask, chromium: Browser, site: str, look: Look, person: Staff) -> None:
    """What is opened without signing in, and a page that is not there."""
    with signed_in(chromium, site, None, "", look) as page:
        for rule in rules_of_pages(app):
            if rule.endpoint in WITHOUT_SIGNING_IN:
                for address in addresses(app, rule, person, an_actor(person)):
                    look.at(page, site, address, "nobody")
                    look.endpoints.add(rule.endpoint)
