"""From an empty database to a defendant's reminder, at a terminal and at the desk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.app import create_app
from beacon.cases.models import CaseFile, Crime, DutyReminder
from beacon.cases.terms import FOR_MANAGERS, NeedCategory
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.courts.terms import NotTexted
from beacon.entitlements.models import Duty
from beacon.notify.models import OutboundText
from beacon.referrals.models import Referral
from config import Config
from tests import browser as browsers
from tests.conftest import DeskClient
from tests.journeys.people import (
    CHILD,
    DEFRAUDED,
    ENHANCED,
    HEARD_ON,
    PASSWORD,
    STAFF,
    STANDARD,
    boxes,
    email_of,
    monday,
)
from tests.journeys.samples import DATA, EXPECTED, figures, readable, secrets_of
from tests.journeys.terminals import at_one_moment
from tests.pages import form_of, text_of
from tests.provider.process import PUBLIC, Provider, provider

SAMPLES = ("police.csv", "fraud.xlsx", "court-list.csv")
MONDAY_IMPORT = "2026-11-23T09:00+00:00"
EVENING = EXPECTED["texts"]["tick at"]
TEXTED = EXPECTED["texts"]["texted"]
HELD_BACK = EXPECTED["texts"]["held back for a victim's number"]
ON_THE_DAY = "?day=24&day=11&day=2026"


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[Provider]:
    """The text provider, in a process of its own.

    It thinks for long over the first text of each dispatcher, so that both are at work at once.
    """
    slow, usual = {"do": "accept", "delay": 2}, {"do": "accept", "delay": 0.15}
    with provider(tmp_path) as started:
        started.behave(faults=[slow, slow], always=usual)
        yield started


@pytest.fixture
def app(app: Flask, stand_in: Provider) -> Iterator[Flask]:
    """Another app of the same installation, which texts through the provider."""
    texting = create_app(texting_through(stand_in, app.config["BEACON"]))
    texting.config |= {"TESTING": True, "PREFERRED_URL_SCHEME": "https"}
    texting.test_client_class = DeskClient
    with texting.app_context():
        yield texting
        db.session.remove()
        db.engine.dispose()


def texting_through(stand_in: Provider, config: Config) -> Config:
    """The same settings, but for the way on which texts leave."""
    asked = stand_in.settings
    return replace(
        config,
        texts=asked["BEACON_TEXTS"],
        public_url=asked["BEACON_PUBLIC_URL"],
        trusted_hosts=("beacon.example.org", "127.0.0.1", "localhost"),
        twilio_account_sid=asked["TWILIO_ACCOUNT_SID"],
        twilio_auth_token=asked["TWILIO_AUTH_TOKEN"],
        twilio_from=asked["TWILIO_FROM"],
        twilio_api_base_url=asked["TWILIO_API_BASE_URL"],
    )


@pytest.fixture
def sit(app: Flask) -> Callable[[Role, datetime], Any]:
    """Somebody who signs in by the form, for as long as the block lasts."""

    @contextmanager
    def down(role: Role, at: datetime) -> Iterator[DeskClient]:
        with clock.fixed(at):
            browser = app.test_client()
            answer = browser.submit("/sign-in", email=email_of(role), password=PASSWORD)
            assert answer.status_code == 302, text_of(answer)
            yield browser

    return down


def sent(answer: Any) -> Any:
    """The answer to a form that was taken: it leads on."""
    assert answer.status_code == 302, text_of(answer)[:2000]
    return answer


def find(browser: DeskClient, words: str) -> str:
    """The address of the one case that the search finds."""
    answer = browser.submit("/search", words=words)
    found = set(re.findall(r'href="(/cases/BCN-\w+)"', answer.get_data(as_text=True)))
    assert len(found) == 1, found
    return found.pop()


def choice(form: str, words: str) -> str:
    """The value of the answer that a form shows with these words."""
    (name,) = re.findall(rf'<label[^>]*for="([\w-]+)"[^>]*>\s*{words}', form)
    (found,) = re.findall(rf'<input[^>]*id="{name}"[^>]*value="(\w+)"', form)
    return found


def referral_of(crime_reference: str) -> str:
    """The address of the referral by which a case came."""
    query = sa.select(Referral.id).join(Referral.crime).where(Crime.reference == crime_reference)
    return f"/referrals/{db.session.scalars(query).one()}"


def duties(crime_reference: str) -> dict[str, Duty]:
    """What the victim of this crime is owed, by the key of the rule."""
    db.session.rollback()
    query = sa.select(Duty).join(CaseFile, CaseFile.id == Duty.case_id).join(CaseFile.crime)
    rows = db.session.scalars(query.where(Crime.reference == crime_reference))
    return {row.rule: row for row in rows}


def reminders() -> Counter[tuple[str, str]]:
    """Each reminder that a manager was given: of which duty, and at which stage."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Duty.rule, DutyReminder.kind)
        .join(Duty, Duty.id == DutyReminder.duty_id)
        .where(DutyReminder.kind.in_(FOR_MANAGERS))
    )
    return Counter((row.rule, row.kind.value) for row in rows)


def cells(answer: Any, label: str) -> list[str]:
    """The words of one column of a list."""
    found = re.findall(rf'data-label="{label}">(.*?)</td>', answer.get_data(as_text=True), re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split()) for cell in found]


@pytest.mark.timeout(600)
@pytest.mark.long_on("postgresql")
@pytest.mark.proves("T-02", "T-12", "T-14", "R-05")
def test_from_an_empty_database_to_a_defendants_reminder(
    app: Flask, flask: Callable[..., Any], sit: Any, stand_in: Provider, tmp_path: Path
):
    hire(flask)
    take_in_referrals(flask, tmp_path)
    triage(sit)
    assign(sit)
    work(sit)
    charge(sit)
    take_in_court_list(flask, tmp_path)
    send_texts(app, flask, stand_in)
    take_receipts(app, stand_in)
    look_at_hearings(sit)
    recover_money(sit)
    remind_and_tell(flask, sit)
    assert len(stand_in.accepted()) == TEXTED
    verdict = flask("audit", "verify")
    assert verdict["ok"], verdict
    folder = tmp_path / "looked-for"
    folder.mkdir()
    assert readable(app, secrets_of(*SAMPLES), folder) == []


def hire(flask: Callable[..., Any]) -> None:
    """An account for each of those who work here."""
    for role, name in STAFF.items():
        order = ["accounts", "create", email_of(role), "--name", name, "--role", role.value]
        made = flask(*order, "--team", "North", "--password-stdin", typed=f"{PASSWORD}\n")
        assert made["email"] == email_of(role)


def brought(name: str, folder: Path) -> Path:
    """A sample in a folder of its own, where the rejected rows are written beside it."""
    copy = folder / name
    copy.write_bytes((DATA / name).read_bytes())
    return copy


def take_in_referrals(flask: Callable[..., Any], folder: Path) -> None:
    """Step 1: the police file and the fraud file."""
    for name in ("police.csv", "fraud.xlsx"):
        file, feed = brought(name, folder), EXPECTED[name]["feed"]
        said = flask("referrals", "import", file, "--feed", feed, "--at", MONDAY_IMPORT, ends=1)
        got, wanted = figures(said, name)
        assert got == wanted
        parts = ("people_new", "people_linked", "queued_for_review")
        assert said["created"] == sum(said[part] for part in parts)
        assert said["cases_opened"] > 0
        rejected = file.with_name(f"{file.name}.rejected.csv")
        assert rejected.stat().st_mode & 0o777 == 0o600


def triage(sit: Any) -> None:
    """Step 2: the category with its grounds, and the first contact; the next one follows."""
    with sit(Role.INTAKE_OFFICER, monday(9, 20)) as intake:
        assert "Waits" in text_of(intake.get("/referrals/"))
        child = intake.get(referral_of(CHILD))
        assert re.search(r'value="under_18"[^>]*\bchecked', child.get_data(as_text=True))
        for reference, category, grounds in (
            (CHILD, "enhanced", ["under_18"]),
            (ENHANCED, "enhanced", ["vulnerable"]),
            (STANDARD, "standard", []),
        ):
            answer = sent(
                intake.submit(
                    referral_of(reference),
                    category=category,
                    grounds=grounds,
                    consent="yes",
                    channel="phone",
                    outcome="spoke",
                    notes="Knows now who we are.",
                    **boxes("at", monday(9, 15)),
                )
            )
            assert re.search(r"/referrals/\d+#main-content$", answer.location)
            assert answer.location.split("#")[0] != referral_of(reference)


def assign(sit: Any) -> None:
    """Step 3: a named case manager; until then the desk raises an alarm for an enhanced victim."""
    with sit(Role.TEAM_LEADER, monday(9, 30)) as leader:
        desk = text_of(leader.get("/"))
        alarm = re.search(r"(\d+) enhanced victims? without a case manager", desk)
        assert alarm, desk[:1500]
        for reference in (ENHANCED, STANDARD):
            case = find(leader, reference)
            form = leader.get(f"{case}/assign").get_data(as_text=True)
            sent(leader.submit(f"{case}/assign", manager=choice(form, STAFF[Role.CASE_MANAGER])))
            assert "Case manager: Priya Ramsbottom" in text_of(leader.get(case))


def call(manager: Any, case: str) -> Any:
    """Press the first button beside a masked number on the page of a case."""
    page = manager.get(case)
    assert "900403" not in page.get_data(as_text=True).replace(" ", "")
    button = re.search(r'action="(/people/\d+/points/\d+/show)', page.get_data(as_text=True))
    assert button
    return manager.post(button[1], data={"csrf_token": form_of(page)["csrf_token"]})


def work(sit: Any) -> None:
    """Step 4: the eight categories of need, and a call that is logged."""
    with sit(Role.CASE_MANAGER, monday(9, 40)) as manager:
        case = find(manager, ENHANCED)
        assert "07700 900403" in text_of(call(manager, case))
        scores = {need.value: str(1 + place % 5) for place, need in enumerate(NeedCategory)}
        made = boxes("at", monday(9, 35))
        sent(manager.submit(f"{case}/needs/new", stage="start", **scores, **made))
        spoken = {"channel": "phone", "outcome": "spoke", "notes": "Wants to hear of every step."}
        sent(manager.submit(f"{case}/contacts/new", **spoken, **made))
        page = text_of(manager.get(case))
        assert "Wants to hear of every step." in page
        assert "Mental and physical health" in page


def charge(sit: Any) -> None:
    """Step 5, first half: the charge, its first hearing, and what each victim is owed by it."""
    with sit(Role.CASE_MANAGER, monday(10)) as manager:
        for reference, surname in ((ENHANCED, "Thorne"), (STANDARD, "Vale")):
            sent(
                manager.submit(
                    f"{find(manager, reference)}/charge",
                    **boxes("charged_at", monday(9, 50)),
                    first_name="Robin",
                    last_name=surname,
                    date_of_birth=["2", "1", "1990"],
                    mobile="07700 900998",
                    court="B41ME00",
                    **boxes("held_on", HEARD_ON),
                    starts_at="10:00",
                    type_code="FH",
                    initiation="C",
                    remand="CB",
                    received_at=["", "", ""],
                )
            )
        # Enhanced: one working day. Standard: five. The hearing waits for Witness Care.
        assert duties(ENHANCED)["R6_CHARGE"].due_on == date(2026, 11, 24)
        assert duties(STANDARD)["R6_CHARGE"].due_on == date(2026, 11, 30)
        for reference in (ENHANCED, STANDARD):
            hearing = duties(reference)["R8_HEARING"]
            assert (hearing.due_on, hearing.clock_started_at) == (None, None)
        desk = text_of(manager.get("/"))
        assert "Told that a suspect was charged" in desk
        assert "Ask Witness Care" in desk


def take_in_court_list(flask: Callable[..., Any], folder: Path) -> None:
    """Step 6: the hearings of many defendants."""
    file = brought("court-list.csv", folder)
    got, wanted = figures(
        flask("courts", "import", file, "--at", MONDAY_IMPORT, ends=1), "court-list.csv"
    )
    assert got == wanted


def send_texts(app: Flask, flask: Callable[..., Any], stand_in: Provider) -> None:
    """Step 7: two dispatchers at one moment, then another pass: each text leaves once."""
    both = at_one_moment(app, stand_in, "scheduler", "tick", "--at", EVENING)
    for job in ("plan-texts", "send-texts"):
        shares = [said["jobs"][job]["done"] for said in both]
        print(f"{job}: {shares}")
        assert sum(shares) == TEXTED
    again = flask("scheduler", "tick", "--at", EVENING)
    # Whoever is new is written to, so many at a time; of everything else nothing is left to do.
    in_portions = {"acknowledge-referrals", "send-mails", "follow-notices"}
    left = {name: ran["done"] for name, ran in again["jobs"].items() if name not in in_portions}
    assert left == dict.fromkeys(left, 0)
    everybody = [*both, again]
    assert all(not ran["failed"] for said in everybody for ran in said["jobs"].values())
    taken = stand_in.accepted()
    assert len(taken) == TEXTED == stand_in.calls()
    assert stand_in.twice() == []
    assert len({line["token"] for line in taken}) == TEXTED
    # Everything made up gives defendants the upper half of the numbers.
    assert all("+447700900500" <= line["to"] <= "+447700900999" for line in taken)
    assert all(line["body"].startswith("Court reminder: ") for line in taken)


def take_receipts(app: Flask, stand_in: Provider) -> None:
    """Step 7: what the provider signed is taken in, and nothing else."""
    with clock.fixed(monday(17, 10)), browsers.serving(app) as site:
        assert stand_in.report("delivered", site) == [204] * TEXTED
        forged = app.test_client().post(
            stand_in.accepted()[0]["callback"].removeprefix(PUBLIC),
            data={"MessageStatus": "undelivered", "AccountSid": "AC" + "0" * 32},
            headers={"X-Twilio-Signature": "no such thing"},
        )
        assert forged.status_code == 403
    db.session.rollback()
    states = Counter(db.session.scalars(sa.select(OutboundText.state)))
    assert states.pop("delivered") == TEXTED
    assert set(states) == {"suppressed"}


def look_at_hearings(sit: Any) -> None:
    """Step 7: every hearing that was not texted about has its reason."""
    with sit(Role.COURT_OFFICER, monday(17, 20)) as officer:
        said = Counter(cells(officer.get(f"/hearings/{ON_THE_DAY}"), "Text"))
        assert said["Delivered"] == TEXTED
        assert said[NotTexted.VICTIM_NUMBER.label] == HELD_BACK
        others = {reason.label for reason in NotTexted}
        assert set(said) - {"Delivered"} <= others, said
        assert officer.get(find_hearing(officer)).status_code == 200


def find_hearing(officer: DeskClient) -> str:
    """The first hearing of the list."""
    listed = officer.get(f"/hearings/{ON_THE_DAY}").get_data(as_text=True)
    return re.findall(r'href="(/hearings/\d+)"', listed)[0]


def recover_money(sit: Any) -> None:
    """Step 8: a loss and money back; a second person approves it; the hub's total shows it."""
    with sit(Role.FRAUD_OFFICER, monday(17, 30)) as officer:
        case = find(officer, DEFRAUDED).replace("/cases/", "/fraud/cases/")
        loss = {"amount": "57,079.16", "method": "card_debit", "authorised": "no"}
        sent(officer.submit(f"{case}/loss", **loss, **boxes("paid_on", date(2024, 6, 22))))
        form = officer.get(f"{case}/money-back").get_data(as_text=True)
        (payment,) = re.findall(r'<option value="(\d+)"', form)
        back = {"loss": payment, "amount": "12,345.67", "route": "unauthorised_refund"}
        ours = {"contribution": "advocated", "evidence": "Letter of 20 November"}
        sent(
            officer.submit(
                f"{case}/money-back", **back, **ours, **boxes("received_on", date(2026, 11, 20))
            )
        )
        assert "£0.00 recovered through Beacon" in text_of(officer.get("/fraud/"))
        assert "£57,079.16" in text_of(officer.get(case))
    with sit(Role.TEAM_LEADER, monday(17, 40)) as leader:
        assert "1 waiting for a second person" in text_of(leader.get("/fraud/"))
        queue = leader.get("/fraud/approvals").get_data(as_text=True)
        (waiting,) = set(re.findall(r'href="(/fraud/approvals/\d+)"', queue))
        sent(leader.submit(waiting, decision="approve"))
        assert "£12,345.67 recovered through Beacon" in text_of(leader.get("/fraud/"))


def remind_and_tell(flask: Callable[..., Any], sit: Any) -> None:
    """Step 5, second half: reminded the day before and on the day, and told in time, and late."""
    before, on_day = "day_before", "on_the_day"
    assert reminders() == {("R6_CHARGE", before): 1}
    pass_at(flask, "2026-11-24T08:30+00:00", "2026-11-24T08:40+00:00")
    assert reminders() == {("R6_CHARGE", before): 1, ("R6_CHARGE", on_day): 1}
    with sit(Role.CASE_MANAGER, monday(9, day=24)) as manager:
        desk = text_of(manager.get("/"))
        assert "Reminders" in desk
        case = find(manager, ENHANCED)
        waiting = duties(ENHANCED)["R8_HEARING"].id
        sent(
            manager.submit(f"{case}/duties/{waiting}/receipt", **boxes("at", monday(8, 45, day=24)))
        )
        assert duties(ENHANCED)["R8_HEARING"].due_on == date(2026, 11, 25)
        tell(manager, case, "R6_CHARGE", monday(8, 55, day=24))
    pass_at(flask, "2026-11-24T12:00+00:00", "2026-11-25T08:30+00:00", "2026-11-25T15:00+00:00")
    assert reminders() == {
        (rule, kind): 1 for rule in ("R6_CHARGE", "R8_HEARING") for kind in (before, on_day)
    }
    with sit(Role.CASE_MANAGER, monday(10, day=26)) as manager:
        tell(manager, case, "R8_HEARING", monday(9, 30, day=26))
    ended = {rule: duty.state.value for rule, duty in duties(ENHANCED).items()}
    assert ended["R6_CHARGE"] == "met"
    assert ended["R8_HEARING"] == "met_late"
    assert ended["R4_REFER"] == "met_late"  # the police sent it a month after they recorded it
    assert duties(STANDARD)["R6_CHARGE"].state.value == "open"


def pass_at(flask: Callable[..., Any], *moments: str) -> None:
    """One pass of the scheduler at each of these moments."""
    for moment in moments:
        said = flask("scheduler", "tick", "--at", moment)
        assert all(not ran["failed"] for ran in said["jobs"].values()), said


def tell(manager: DeskClient, case: str, rule: str, at: datetime) -> None:
    """The victim was told by telephone, which they had said is safe."""
    address = f"{case}/duties/{duties(ENHANCED)[rule].id}/tell"
    late = {"late_because": "They were away.", "recovery": "Somebody stands in."}
    sent(manager.submit(address, channel="phone", **boxes("at", at), **late))
    assert duties(ENHANCED)[rule].told_at == at
