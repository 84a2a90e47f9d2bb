"""The first journey in Chromium: with scripts, with scripts off, and with the keyboard alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from beacon.core import clock
from beacon.core.roles import Role
from tests import browser as browsers
from tests.journeys.hands import Hands, Keys
from tests.journeys.people import (
    CHILD,
    DEFRAUDED,
    ENHANCED,
    HEARD_ON,
    PASSWORD,
    STAFF,
    STANDARD,
    email_of,
    monday,
)
from tests.journeys.samples import rows_of

DATABASES = ("sqlite",)
# Consent was refused, so it waits; the one with a defendant's number; and one that cannot be read.
POLICE = (ENHANCED, STANDARD, CHILD, "41/17612/26", "41/54550/26", "41/100061/26")
FRAUD = (DEFRAUDED, "NFRC260510000000")
COURT = ("41C11002526", "41E11001126", "41B21001426", "41F11000026", "41C11000126")
REFUSED = "Aaron O’Neill"
Sit = Callable[[Role, datetime], AbstractContextManager[Hands]]


@dataclass(frozen=True)
class Way:
    """One way of using a browser."""

    hands: type[Hands]
    scripts: bool


WAYS = {
    "scripts": Way(Hands, scripts=True),
    "no scripts": Way(Hands, scripts=False),
    "keyboard alone": Way(Keys, scripts=True),
}


@pytest.fixture
def sit(way: str, chromium: Browser, site: str) -> Sit:
    """Somebody sits down at a browser of their own and signs in, for as long as the block lasts."""
    how = WAYS[way]

    @contextmanager
    def down(role: Role, at: datetime) -> Iterator[Hands]:
        said: list[str] = []
        context = browsers.new_context(chromium, scripts=how.scripts)
        page = context.new_page()
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        desk = how.hands(page, site)
        with clock.fixed(at):
            desk.open("/sign-in")
            desk.write("Email address", email_of(role))
            desk.write("Password", PASSWORD, exact=True)
            desk.press("Sign in")
            desk.sees("Your desk")
            yield desk
        context.close()
        assert said == []

    return down


@pytest.mark.browser
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "way",
    [
        *(pytest.param(way, marks=pytest.mark.long) for way in ("scripts", "no scripts")),
        "keyboard alone",
    ],
)
def test_the_whole_journey_by_the_pages(flask: Callable[..., Any], sit: Sit, tmp_path: Path):
    for role, name in STAFF.items():
        order = ["accounts", "create", email_of(role), "--name", name, "--role", role.value]
        flask(*order, "--team", "North", "--password-stdin", typed=f"{PASSWORD}\n")
    send_in_referrals(flask, sit, tmp_path)
    triage(sit)
    assign(sit)
    work_and_charge(sit)
    send_in_court_list(sit, tmp_path)
    flask("scheduler", "tick", "--at", monday(17, 5).isoformat())
    look_at_hearings(sit)
    recover_money(sit)
    flask("scheduler", "tick", "--at", monday(8, 30, day=24).isoformat())
    tell(sit)
    log = flask("audit", "verify")  # of all that these people did by pages, nothing is missing
    assert log["ok"] is True
    assert log["rows"] > 50


def part_of(name: str, key: str, wanted: Sequence[str], folder: Path) -> Path:
    """A small file with some rows of a sample, each once."""
    rows = {row[key]: row for row in rows_of(name) if row[key] in wanted}
    assert set(rows) == set(wanted)
    path = folder / f"{Path(name).stem}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[wanted[0]]))
        writer.writeheader()
        writer.writerows(rows[one] for one in wanted)
    return path


def send_in_referrals(flask: Callable[..., Any], sit: Sit, folder: Path) -> None:
    """Step 1: preview, confirm; the scheduler takes the file in and the page says what came."""
    police = part_of("police.csv", "crime_reference", POLICE, folder)
    fraud = part_of("fraud.xlsx", "fraud_reference", FRAUD, folder)
    with sit(Role.INTAKE_OFFICER, monday(9)) as intake:
        for feed, file, has_bad_rows in (("Police", police, True), ("Report Fraud", fraud, False)):
            intake.open("/referrals/imports/new")
            intake.choose("Whose list is it?", feed)
            intake.attach("File", file)
            intake.press("Show what would come of it")
            intake.sees("What would come of the file")
            if has_bad_rows:
                intake.tick("Leave these rows out, and take in the others")
            intake.press("Take it in")
            flask("scheduler", "tick", "--at", monday(9).isoformat())
            intake.page.reload()
            intake.sees("Cases opened")
        intake.open("/referrals/")
        intake.sees("Hollie Gray", "Francis Smith-Jones", REFUSED)


def triage(sit: Sit) -> None:
    """Step 2: confirm and next, until everybody has been looked at; who refused waits."""
    looked_at: list[str] = []
    with sit(Role.INTAKE_OFFICER, monday(9, 20)) as intake:
        intake.open("/referrals/?place=1&category=enhanced")
        intake.follow("Eleanor Graham")
        assert intake.is_ticked("Under 18")
        for _ in range(7):
            looked_at.append(intake.heading())
            if REFUSED in looked_at[-1]:
                intake.choose("Did they agree to be referred?", "Did not agree")
                intake.press("Confirm")
                intake.sees("They did not agree to be referred.")
                intake.press("Leave it and take the next")
            else:
                confirm(intake)
        intake.open("/referrals/")
        intake.sees(REFUSED)
        intake.sees_not("Hollie Gray", "Eleanor Graham")
    assert "Eleanor Graham" in looked_at[0]
    assert "Hollie Gray" in looked_at[-1]
    assert len(set(looked_at)) == 7


def confirm(intake: Hands) -> None:
    """What was proposed is right, they agreed, and were spoken with."""
    intake.choose("Did they agree to be referred?", "Agreed")
    intake.pick("How you reached them", "Telephone")
    intake.pick("What came of it", "Spoke to them")
    intake.date("When", monday(9, 15))
    intake.press("Confirm")
    intake.sees(" confirmed.")


def assign(sit: Sit) -> None:
    """Step 3: the alarm on the desk, and a named case manager."""
    with sit(Role.TEAM_LEADER, monday(9, 30)) as leader:
        leader.sees("3 enhanced victims without a case manager")
        leader.follow(re.compile("Give it to somebody.*Hollie Gray"))
        leader.choose("Case manager", STAFF[Role.CASE_MANAGER])
        leader.press("Give the case")
        leader.sees("Priya Ramsbottom is now the case manager.")
        leader.open("/")
        leader.sees("2 enhanced victims without a case manager")


def work_and_charge(sit: Sit) -> None:
    """Steps 4 and 5: needs, a contact, the charge and its first hearing."""
    with sit(Role.CASE_MANAGER, monday(10)) as manager:
        open_case(manager, "Hollie Gray")
        case = manager.page.url.removeprefix(manager.site).partition("#")[0]
        manager.open(f"{case}/needs/new")
        manager.choose("Stage", "Start")
        manager.date("When it was made", monday(9, 35))
        for need in (
            "Mental and physical health",
            "Shelter and accommodation",
            "Family, friends and children",
            "Education, skills and employment",
            "Drugs and alcohol",
            "Finance and benefits",
            "Outlook and attitudes",
            "Social interactions",
        ):
            manager.choose(need, "4")
        manager.press("Record the assessment")
        manager.sees("The needs assessment is recorded.")
        manager.press("Call")
        manager.sees("07700 900403", "Hides itself after 60 seconds")
        manager.follow("Log the call")
        manager.date("When", monday(9, 40))
        manager.choose("How", "Telephone")
        manager.choose("What came of it", "Spoke to them")
        manager.write("Notes", "Wants to hear of every step.")
        manager.press("Log the contact")
        manager.sees("The contact is recorded.", "Wants to hear of every step.")
        charge(manager)


def charge(manager: Hands) -> None:
    """The charge: what the victim must be told, and by when, stands on the case and the desk."""
    manager.follow("Record a charge")
    manager.date("When were they charged?", monday(9, 50))
    manager.write("Defendant's first names", "Robin")
    manager.write("Defendant's last name", "Thorne")
    manager.date("Date of birth", date(1990, 1, 2))
    manager.write("Mobile number", "07700 900998")
    manager.pick("Court", "St Albans Magistrates' Court")
    manager.date("Day of the first hearing", HEARD_ON)
    manager.write("Time", "10:00", exact=True)
    manager.choose("Bail or custody?", "Conditional bail")
    manager.press("Record the charge")
    manager.sees("Charge recorded.", "Told that a suspect was charged", "Tue 24 Nov")
    manager.sees("Not yet known")
    manager.open("/")
    manager.sees("Told that a suspect was charged", "Ask Witness Care")


def open_case(desk: Hands, name: str) -> None:
    """Find a case by the victim's name."""
    desk.open("/search")
    desk.write("Find a person, a referral or a case", name)
    desk.press("Search")
    desk.follow(name)


def send_in_court_list(sit: Sit, folder: Path) -> None:
    """Step 6: preview and take in."""
    with sit(Role.COURT_OFFICER, monday(10, 30)) as officer:
        officer.follow("Hearings")
        officer.follow("Take in a court list")
        officer.attach("Court list", part_of("court-list.csv", "urn", COURT, folder))
        officer.press("Look at the file")
        officer.press("Take the list in")
        officer.sees("The list is taken in")


def look_at_hearings(sit: Sit) -> None:
    """Step 7: who was texted, and why the others were not."""
    with sit(Role.COURT_OFFICER, monday(17, 20)) as officer:
        officer.open("/hearings/")
        officer.date("Day", date(2026, 11, 24))
        officer.press("Show")
        officer.sees("2 texted, or to be texted", "3 not texted")
        for defendant, became_of_it in {
            "Anne Watson": "Accepted by the provider",
            "Donna Khan": "Accepted by the provider",
            "Natalie Ball": "Held back: someone we protect has this number",
            "Gillian Davies": "In custody",
            "Bradley Owen": "Landline: cannot be texted",
        }.items():
            officer.sees_in_row(defendant, became_of_it)


def recover_money(sit: Sit) -> None:
    """Step 8: a loss and money back; a second person approves it; the hub's total shows it."""
    with sit(Role.FRAUD_OFFICER, monday(17, 30)) as officer:
        open_case(officer, "Francis Smith-Jones")
        officer.follow("Open the money of this case")
        officer.follow("Log a loss")
        officer.write("Amount lost", "57,079.16")
        officer.date("Date of the payment", date(2024, 6, 22))
        officer.pick("How it was paid", "Debit card")
        officer.choose("Did the victim make or approve this payment?", "No")
        officer.press("Log the loss")
        officer.sees("Loss logged.")
        officer.follow("Log money back")
        payments = officer.page.get_by_label("For which payment").locator("option")
        officer.pick("For which payment", payments.nth(1).inner_text())
        officer.write("Amount received", "12,345.67")
        officer.date("Date it was received", date(2026, 11, 20))
        officer.pick("How it came back", "Refund of an unauthorised payment")
        officer.choose("What Beacon did", "We dealt with the firm for them")
        officer.write("Reference of the payment or letter", "Letter of 20 November")
        officer.press("Log the money")
        officer.sees("it waits for a second person")
        officer.follow("Fraud hub")
        officer.sees("£0.00 recovered through Beacon")
    with sit(Role.TEAM_LEADER, monday(17, 40)) as leader:
        leader.follow("Fraud hub")
        leader.follow("1 waiting for a second person")
        leader.follow("Look at it")
        leader.choose("What do you decide?", "Approve it")
        leader.press("Save your decision")
        leader.sees("Approved: it counts now.")
        leader.follow("Fraud hub")
        leader.sees("£12,345.67 recovered through Beacon")


def tell(sit: Sit) -> None:
    """Step 5, its end: reminded on the day, and told in time."""
    with sit(Role.CASE_MANAGER, monday(9, day=24)) as manager:
        manager.sees("Reminders")
        manager.press("Seen")
        manager.follow(re.compile("^Told.*Hollie Gray, Told that a suspect was charged"))
        manager.date("When they were told", monday(8, 50, day=24))
        manager.choose("How they were told", "Telephone")
        manager.press("Record that they were told")
        manager.sees("Recorded: the victim was told.")
