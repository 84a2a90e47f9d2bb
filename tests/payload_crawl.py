"""Every page in Chromium over a county whose every text tries to break out of the page (I-01)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

from beacon.accounts.models import AuthSession, DeclaredContact, Draft, Notice
from beacon.accounts.terms import NoticeKind, Relation
from beacon.caseloads.models import ManagerStrength
from beacon.caseloads.terms import StrengthKind
from beacon.cases.models import AccessReason, AccessReview, BreakGlass
from beacon.cases.queries import Whose
from beacon.cases.terms import ReviewKind
from beacon.core import clock
from beacon.core.calendar import BankHolidayOverride
from beacon.core.db import transaction
from beacon.core.roles import Role
from beacon.courts.models import CourtCall
from beacon.courts.terms import CallOutcome
from beacon.mail.models import OutboundMail
from beacon.mine.models import CalendarLink, ListChoice, SavedFilter
from beacon.notices.models import Printing, PrintRun
from beacon.notify.models import SenderState, TextAttempt, TextEvent, TextHold
from beacon.people.models import (
    AddressShowing,
    AroundShowing,
    CommunicationNeeds,
    ContactShowing,
    PersonLink,
    PersonLinkDecision,
)
from beacon.people.terms import LinkState
from beacon.referrals.imports import import_file
from beacon.risk.models import ConcernCheck, RiskWording, SlaveryStep
from beacon.risk.terms import ConcernOutcome, RiskTool, SlaveryStage
from beacon.self_referrals.models import UnsentReferral
from beacon.surveys.models import SurveyDraft, SurveySlip
from tests import browser as browsers
from tests.factories import TEST
from tests.feed_rows import FRAUD, PARTNER, POLICE, a_file
from tests.hearings import a_row, take_list
from tests.journeys.places import NO_PAGES
from tests.payloads import ALL, PAYLOADS, fill_every_text, readable_columns, sealed_columns
from tests.web.security.matrix.asking import addresses
from tests.web.security.matrix.world import OWN, Sit, World

# What no page of ours ever holds: each would be the work of a payload.
STRANGE = """() => [...document.querySelectorAll([
  "script:not([src])", "iframe", "object", "embed", "video", "marquee", "math", "style", "base",
  "meta[http-equiv=refresh i]", "img[src=x]", "svg[onload]", "animate", "details[ontoggle]",
  "form[action^=javascript i]", "a[href^=javascript i]", "a[href^=data i]",
  "a[href*='evil.example']", "link[href*='evil.example']", "[onerror]", "[onload]", "[onfocus]",
  "[onmouseover]", "[style]",
  "[onclick]", "[ontoggle]", "[onstart]", "[onbegin]", "[srcdoc]",
].join(","))].map((one) => one.outerHTML.slice(0, 120))"""
TEXT = """() => [document.title, document.body?.innerText ?? ""].join(" ") + " " +
  [...document.querySelectorAll("input, textarea")].map((one) => one.value).join(" ")"""
# A column of a file that is read as a date, a number or a word of a list takes no such text.
TYPED_IN_FILES = {
    "recorded_at", "reported_at", "date_of_birth", "mobile", "phone", "amount_lost",
    "safe_to_contact", "preferred_contact", "consent_to_referral", "first_payment_on",
    "fraud_reference", "crime_reference",
}  # fmt: skip


@dataclass
class Crawl:
    """What was looked at, what broke out, and which payloads were read as text."""

    pages: int = 0
    faults: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)

    def look(self, page: Page, site: str, where: str, who: str) -> None:
        """Open one page, see that nothing of it is a payload's work, and read what it shows."""
        name = f"{where} as {who}"
        answer = page.goto(f"{site}{where}")
        if answer is None or answer.status != 200:
            self.faults.append(f"{name}: {answer and answer.status}")
            return
        self.pages += 1
        for strange in page.evaluate(STRANGE):
            self.faults.append(f"{name}: {strange}")
        words = " ".join(page.evaluate(TEXT).split())
        self.read |= {one for one in PAYLOADS if " ".join(one.split()) in words}
        if not page.url.startswith(f"{site}/"):
            self.faults.append(f"{name}: led away to {page.url}")

    def listen(self, page: Page, who: str) -> None:
        """Hear every dialog, fault and complaint of the browser from now on."""

        def dialog(one: Dialog) -> None:
            self.faults.append(f"a dialog as {who}: {one.message}")
            one.dismiss()

        def console(line: ConsoleMessage) -> None:
            if line.type == "error":
                self.faults.append(f"the console as {who}: {line.text[:200]}")

        page.on("dialog", dialog)
        page.on("console", console)
        page.on("pageerror", lambda fault: self.faults.append(f"a fault as {who}: {fault}"))


def poison(world: World) -> list[str]:
    """Put the payloads into every text there is: by files, then into every row; what was missed."""
    _by_files()
    with transaction() as session:
        session.add_all(_what_no_case_has(world))
    filled = set(fill_every_text())
    every = {f"{table.name}.{name}" for table, name in readable_columns()}
    every |= {f"{model.__tablename__}.{name}" for model, name in sealed_columns()}
    return sorted(every - filled)


def _by_files() -> None:
    """Files of each feed with payloads in every cell that takes words."""
    for feed, like in (("police", POLICE), ("fraud", FRAUD), ("partner", PARTNER)):
        words = {name: ALL for name in like if name not in TYPED_IN_FILES}
        more = dict.fromkeys(("notes", "address", "officer_name", "district", "language"), ALL)
        content = a_file(words | more, {"recorded_at": ALL, "reported_at": ALL}, like=like)
        import_file(feed, content, file_name=f"{PAYLOADS[9]}.csv", actor=TEST)
    take_list(a_row(defendant_first_name="<svg onload=alert(13)>", court_room="<b>1</b>"))


def _what_no_case_has(world: World) -> Iterator[object]:
    """One row of each kind that the county of the matrix lacks."""
    person, args = world.people[Role.CASE_MANAGER], world.records["case"]["team"]
    case, at = args["case_id"], clock.now()
    yield BankHolidayOverride(day=date(2030, 1, 1), is_holiday=True, name="x")
    yield SenderState(
        name="sender", paused_at=at, paused_by="x", paused_reason="x", breaker_reason="x"
    )
    yield TextAttempt(
        text_id=args["text_id"], token="0" * 32, claimed_at=at, ended_at=at, fault="x"
    )
    yield TextEvent(
        text_id=args["text_id"], event_key="0" * 64, token="0" * 32, status="x", received_at=at,
        provider_sid="x",
    )  # fmt: skip
    yield TextHold(on_day=clock.today() + timedelta(days=1), held_at=at, held_by="x")
    yield AroundShowing(person_around_id=args["around_id"], by_id=person, reason="x")
    yield CourtCall(
        hearing_id=args["hearing_id"], held_on=clock.today(), outcome=CallOutcome.REACHED, note="x",
        rung_at=at, by_name="x", by_id=person,
    )  # fmt: skip
    yield OutboundMail(to="x", subject="x", body="x", send_after=at)
    yield Draft(staff_id=person, place="0" * 64, body="{}", saved_at=at)
    yield UnsentReferral(token_hash="0" * 64, typed="{}", expires_at=at)
    yield SurveyDraft(token_hash="0" * 64, typed="{}", expires_at=at)
    yield SurveySlip(said="{}")
    yield SavedFilter(staff_id=person, name="x", whose=Whose.MINE)
    yield ListChoice(staff_id=person, chosen="name")
    yield CalendarLink(staff_id=person, token_index="0" * 32, made_at=at)
    yield CommunicationNeeds(victim_id=args["victim_id"], words="x")
    yield ConcernCheck(
        concern_id=args["concern_id"], happened_on=clock.today(), outcome=ConcernOutcome.ENQUIRY,
        words="x", by_name="x",
    )  # fmt: skip
    yield SlaveryStep(
        slavery_id=args["slavery_id"], stage=SlaveryStage.SENT, happened_on=clock.today(),
        reference="x", words="x", by_name="x",
    )  # fmt: skip
    yield RiskWording(tool=RiskTool.DASH, number=1, wording="x")
    yield ManagerStrength(staff_id=person, kind=StrengthKind.LANGUAGE, word="x")
    yield DeclaredContact(staff_id=person, relation=Relation.FRIEND, facts="{}")
    yield AccessReason(staff_id=person, case_id=case, given_on=clock.today(), reason="x")
    glass = BreakGlass(staff_id=person, case_id=case, until=at + timedelta(hours=1), reason="x")
    yield glass
    yield AccessReview(
        about="glass:1", kind=ReviewKind.BREAK_GLASS, staff_id=person, case_id=case,
        due_on=clock.today(), note="x",
    )  # fmt: skip
    yield AddressShowing(address_id=args["address_id"], by_id=person, reason="x")
    yield ContactShowing(contact_point_id=args["point_id"], by_id=person, reason="x")
    yield AuthSession(id_hash="0" * 64, staff_id=person, last_seen_at=at, ip="127.0.0.1", agent="x")
    yield Notice(staff_id=person, kind=NoticeKind.NEW_DEVICE)
    yield PrintRun(id=9_001, made_at=at, by_name="x", posted_by="x")
    yield Printing(run_id=9_001, number=1, letters=0, by_name="x", reason="x")
    low, high = sorted((args["victim_id"], world.records["case"]["no-team"]["victim_id"]))
    parted = LinkState.NOT_THE_SAME
    yield PersonLink(id=9_001, victim_id=low, other_id=high, basis="name", state=parted)
    yield PersonLinkDecision(link_id=9_001, state=parted, basis="name", reason="x")


def crawl(
    app: Flask, world: World, chromium: Browser, site: str, sit: Sit, roles: Iterable[Role | None],
    *, at_most: int = 10_000,
) -> Crawl:  # fmt: skip
    """Every page that each of these roles may open, about a record in their own hands."""
    found = Crawl()
    for role in roles:
        with _at_browser(chromium, site, sit, role) as page:
            found.listen(page, str(role))
            for rule, line, where, wanted in list(addresses(app, world, role, OWN, "waiting")):
                is_page = line.method == "GET" and rule.endpoint not in NO_PAGES
                if is_page and wanted == "open" and found.pages < at_most:
                    found.look(page, site, where, str(role))
                    found.rules.add(rule.rule)
    for kind in app.extensions["beacon_csp_kinds"]:
        found.faults.append(f"a page broke the policy: {kind}")
    return found


@contextmanager
def _at_browser(chromium: Browser, site: str, sit: Sit, role: Role | None) -> Iterator[Page]:
    """A page at which the county's person of this role is signed in."""
    context = browsers.new_context(chromium)
    try:
        if role is not None:
            held = sit(role).get_cookie("beacon-demo")
            assert held is not None
            context.add_cookies([{"name": "beacon-demo", "value": held.value, "url": site}])
        yield context.new_page()
    finally:
        context.close()
