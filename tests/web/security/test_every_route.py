"""Every route by every method, as each of nine roles: nobody reaches past the scope of a role."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from werkzeug.routing import Rule

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.calls.models import CallMessage
from beacon.cases.models import (
    AccessReview,
    CaseFact,
    CaseFile,
    CaseName,
    CaseOrder,
    CaseTask,
    CrimeMilestone,
    InformationRequest,
    ProposedMilestone,
)
from beacon.cases.rules import SHAPES
from beacon.cases.terms import FactKind
from beacon.core import scope
from beacon.core.actor import reader
from beacon.core.db import Base, db
from beacon.core.roles import Role
from beacon.courts.models import CourtWitness, Hearing, SpecialMeasure
from beacon.documents.models import CaseLetter, Document
from beacon.entitlements.models import Duty
from beacon.fraud_hub.models import (
    BankClaim,
    BankLetter,
    ClaimLetter,
    LedgerEntry,
    LedgerProposal,
    LetterLine,
    Loss,
    MonthClose,
    OpeningBalance,
    ProtocolCall,
    RepeatCheck,
    SupportItem,
)
from beacon.mine.models import SavedFilter
from beacon.notices.models import VictimNotice
from beacon.notify.models import OutboundText
from beacon.partners.models import PartnerReferral
from beacon.people.models import Address, ContactPoint, PersonAround, ProposedChange, Victim
from beacon.plans.models import Action, Goal, HardeningItem, PlanSession, Promise
from beacon.referrals.models import Referral
from beacon.restorative.models import (
    DisposalStep,
    DisposalView,
    RestorativeOffer,
    RestorativeStep,
)
from beacon.restorative.terms import StepKind, ViewStep
from beacon.risk.models import (
    AsbApplication,
    AsbIncident,
    MaracReferral,
    RiskAssessment,
    SafeguardingConcern,
    SlaveryReferral,
)
from beacon.risk.terms import RiskTool
from beacon.surveys.models import SurveyConcern, SurveyWords
from tests.conftest import DeskClient
from tests.factories import an_actor
from tests.long import each
from tests.pages import form_of
from tests.web.security.walking import Seen, rule_of, walk

ALONE = {
    "hearing_id": Hearing,
    "review_id": AccessReview,
    "notice_id": VictimNotice,
    "referral_id": Referral,
    "text_id": OutboundText,
    "victim_id": Victim,
    "message_id": CallMessage,
    "filter_id": SavedFilter,
    "waiting_id": LedgerProposal,
    "bank_letter_id": BankLetter,
    "line_id": LetterLine,
    "close_id": MonthClose,
    "opening_id": OpeningBalance,
    "call_id": ProtocolCall,
    "raised_id": SurveyConcern,
    "words_id": SurveyWords,
    "witness_id": CourtWitness,
    "measure_id": SpecialMeasure,
}
OF_CASE = {
    "duty_id": Duty,
    "name_id": CaseName,
    "task_id": CaseTask,
    "request_id": InformationRequest,
    "claim_id": BankClaim,
    "paper_id": ClaimLetter,
    "entry_id": LedgerEntry,
    "fact_id": CaseFact,
    "order_id": CaseOrder,
    "loss_id": Loss,
    "support_id": SupportItem,
    "check_id": RepeatCheck,
    "assessment_id": RiskAssessment,
    "marac_id": MaracReferral,
    "concern_id": SafeguardingConcern,
    "slavery_id": SlaveryReferral,
    "incident_id": AsbIncident,
    "application_id": AsbApplication,
    "goal_id": Goal,
    "action_id": Action,
    "meeting_id": PlanSession,
    "promise_id": Promise,
    "item_id": HardeningItem,
    "sharing_id": PartnerReferral,
    "offer_id": RestorativeOffer,
    "step_id": RestorativeStep,
    "disposal_id": DisposalView,
    "turn_id": DisposalStep,
    "document_id": Document,
    "letter_id": CaseLetter,
}
OF_VICTIM = {"address_id": Address, "around_id": PersonAround, "point_id": ContactPoint}
OF_CRIME = {"proposal_id": ProposedMilestone, "milestone_id": CrimeMilestone}
ABSENT = 99_999_999
# Parts of an address that are words of a list: they name nobody's record.
WORDS = {"kind": FactKind.COMPLAINT, "step": next(iter(SHAPES[FactKind.COMPLAINT].steps)).step}
WORDS |= {"deed": StepKind.REQUESTED, "turn": ViewStep.TRIED}
WORDS["tool"] = RiskTool.DASH
WORDS["service_id"] = 1  # a service of the directory, which is nobody's record either
WORDS["bank_id"] = 1  # nor is a firm
FEW = 3
# A token is new with each second; the reference of a request with each request.
CHANGING = re.compile(r'(?:value|content|data-[a-z-]+)="[^"]*"|[0-9a-f]{12}')
# What looking leaves behind: the log, the session, and how often a wrong link was tried.
UNCHANGED_BY_LOOKING = {"audit_entry", "audit_object", "auth_session", "survey_try", "door_try"}
Args = dict[str, Any]


def address_of(app: Flask, rule: Rule, args: Args) -> str:
    """The address; words of a list, which name nobody's record, are the first of each."""
    words = {name: word for name, word in WORDS.items() if name in rule.arguments}
    with app.test_request_context():
        return url_for(rule.endpoint, **words | args)


def plain(answer: Any) -> tuple[int, str]:
    return answer.status_code, CHANGING.sub("", answer.get_data(as_text=True))


def everything_held() -> dict[str, list[str]]:
    """Every row of every table, but for the log and the last sight of a session."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(sa.select(table))))
        for table in Base.metadata.sorted_tables
        if table.name not in UNCHANGED_BY_LOOKING
    }


def ids(query: sa.Select[Any]) -> set[int]:
    return set(db.session.scalars(query))


class Foreign:
    """The records that a person may not see, as the addresses of each rule name them."""

    def __init__(self, person: Staff) -> None:
        viewer = reader(an_actor(person))  # what is open to be read beside one's own is not hidden
        self.viewer = viewer
        self.cases = db.session.scalars(sa.select(CaseFile).order_by(CaseFile.id)).all()
        seen = ids(sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile)))
        self.hidden = [case for case in self.cases if case.id not in seen]
        self.seen = [case for case in self.cases if case.id in seen]
        self.children: dict[str, dict[int, list[int]]] = {}
        for name, model in (OF_CASE | OF_CRIME).items():
            held = defaultdict(list)
            for row in db.session.scalars(sa.select(model)):
                held[row.case_id if name in OF_CASE else row.crime_id].append(row.id)
            self.children[name] = held

    def alone(self, name: str) -> list[int]:
        model = ALONE[name]
        seen = ids(sa.select(model.id).where(scope.condition(self.viewer, model)))
        return sorted(ids(sa.select(model.id)) - seen)[:FEW]

    def children_of(self, name: str, case: CaseFile) -> list[int]:
        return self.children[name][case.id if name in OF_CASE else case.crime_id]

    def asked(self, rule: Rule) -> list[Args]:
        """What to ask of a rule: hidden records, and another case's parts under one's own."""
        names = sorted(rule.arguments)
        parts = [name for name in names if name in self.children]
        if "reference" in names and parts:
            return self._under_cases(parts[0])
        if "reference" in names:
            return [{"reference": case.reference} for case in self.hidden[:FEW]]
        if names == ["change_id"]:
            hidden = self.alone("victim_id")
            return [
                {"change_id": one.id}
                for one in db.session.scalars(sa.select(ProposedChange))
                if one.victim_id in hidden
            ]
        return [self._beside(rule, name, row) for name in names if name in ALONE
                for row in self.alone(name)]  # fmt: skip

    def _under_cases(self, part: str) -> list[Args]:
        asked = [
            {"reference": case.reference, part: self.children_of(part, case)[0]}
            for case in self.hidden
            if self.children_of(part, case)
        ][:FEW]
        for own in self.seen[:1]:
            asked += [
                {"reference": own.reference, part: self.children_of(part, other)[0]}
                for other in self.cases
                if other.crime_id != own.crime_id and self.children_of(part, other)
            ][:FEW]
        return asked

    def _beside(self, rule: Rule, name: str, row: int) -> Args:
        """A hidden record, with a real one of each other kind that the address names."""
        args: Args = {name: row}
        for other in rule.arguments - {name}:
            if other == "which":
                args[other] = "mobile"
            elif other in OF_VICTIM:
                part = OF_VICTIM[other]
                of_row = sa.select(part.id).where(part.victim_id == row).limit(1)
                args[other] = db.session.scalar(of_row) or 1
            else:
                model = ALONE[other]
                mine = sa.select(model.id).where(scope.condition(self.viewer, model))
                args[other] = db.session.scalar(mine.limit(1)) or 1
        return args


ORDER = {"reason": "Because of this", "note": "A note", "version": "1", "token": "a" * 32}


@pytest.mark.timeout(600)
@pytest.mark.proves("Z-03", "Z-04", "Z-25")
@pytest.mark.parametrize("role", each(Role, soon=[Role.PARTNER]))
def test_a_record_out_of_scope_answers_like_one_that_is_not_there_and_stays_as_it_is(
    role: Role, county: Flask, at_desk: Callable[[Role], DeskClient]
):
    browser = at_desk(role)
    browser.looks = False
    foreign = Foreign(db.session.get_one(Staff, browser.person_id))
    order = ORDER | {"csrf_token": form_of(browser.get("/"))["csrf_token"]}
    held, faults, count = everything_held(), [], 0
    for rule in county.url_map.iter_rules():
        asked = foreign.asked(rule)
        if not asked:
            continue
        nowhere = {
            name: "BCN-ZZZZZ" if name == "reference" else ABSENT
            for name in rule.arguments - WORDS.keys()
        }
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            sent = order if method == "POST" else None
            absent = plain(
                browser.open(address_of(county, rule, nowhere), method=method, data=sent)
            )
            if absent[0] not in {403, 404}:
                faults.append((method, rule.rule, "absent", absent[0]))
            for args in asked:
                where = address_of(county, rule, args)
                if plain(browser.open(where, method=method, data=sent)) != absent:
                    faults.append((method, where, "differs from one that is not there"))
                count += 1
    assert faults == []
    assert everything_held() == held
    assert count > 20


@pytest.mark.long
@pytest.mark.proves("Z-23", "C-01")
def test_no_other_method_and_no_missing_token_gets_past_a_route(county: Flask, at_desk):
    browser = at_desk(Role.TEAM_LEADER)
    browser.looks = False
    token = form_of(browser.get("/"))["csrf_token"]
    held, faults = everything_held(), []
    values = {"reference": db.session.scalar(sa.select(CaseFile.reference)), "filename": "x"}
    for rule in county.url_map.iter_rules():
        if rule.endpoint == "static" or rule.rule.startswith(("/hooks", "/csp-report", "/api/")):
            continue
        where = address_of(county, rule, {n: values.get(n, 1) for n in rule.arguments})
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            status = browser.open(where, method=method, data={"csrf_token": token}).status_code
            faults += [] if status in {403, 404, 405} else [(method, where, status)]
        sent = {} if "POST" in (rule.methods or ()) else {"csrf_token": token, "_method": "DELETE"}
        status = browser.post(where, data=sent).status_code
        faults += [] if status in {400, 404, 405} else [("POST", where, status)]
    assert faults == []
    assert everything_held() == held


@pytest.mark.proves("Z-03", "U-15")
def test_a_refusal_is_written_down_with_the_record_and_without_what_was_typed(
    county: Flask, at_desk
):
    browser = at_desk(Role.CASE_MANAGER)
    hidden = Foreign(db.session.get_one(Staff, browser.person_id)).hidden[0].reference
    for address in (f"/cases/{hidden}", "/cases/Robin%20Sample", "/admin/", "/no-such-page"):
        browser.get(address)
    db.session.rollback()
    refusals = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "page.refused").order_by(AuditEntry.seq)
    ).all()
    assert [entry.object_id for entry in refusals] == ["cases.show", "cases.show", "accounts.admin"]
    assert {entry.actor_id for entry in refusals} == {browser.person_id}
    assert hidden in refusals[0].facts
    assert "Robin" not in refusals[1].facts
    assert '"status":403' in refusals[2].facts


BAD = {
    "NUL": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "not UTF-8": "%FF%FE",
    "right to left": "%E2%80%AEtxt%E2%80%8B",
    "script": "%3Cscript%3Ealert(1)%3C/script%3E",
    "SQL": "'%20OR%201=1--",
    "figures": "9" * 40,
    "superscript": "%C2%B2",
    "below nought": "-1",
    "not a number": "NaN",
    "no such day": "2026-02-31",
    "long": "x" * 3_000,
    "one sign for many": "%EF%B7%BA" * 90,
    "template": "%7B%7B7*7%7D%7D",
    "nothing": "",
}
# A case manager's forms are among those of a team leader.
AT_FORMS = (
    Role.INTAKE_OFFICER,
    Role.TEAM_LEADER,
    Role.FRAUD_OFFICER,
    Role.COURT_OFFICER,
    Role.ADMINISTRATOR,
)
SIGNING_OUT = ("/sign-out", "/stay")


@pytest.mark.timeout(600)
@pytest.mark.proves("I-05", "I-07", "I-10", "I-11", "I-12")
@pytest.mark.parametrize("role", each(AT_FORMS, soon=[]))
def test_no_form_and_no_filter_falls_over_whatever_is_sent(role: Role, county: Flask, at_desk):
    browser = at_desk(role)
    browser.looks = False
    faults, done = [], set()
    for address, answer in list(walk(county, browser, of_each=1)):
        if answer.mimetype != "text/html":
            continue
        for form in Seen(answer.get_data(as_text=True)).forms:
            where = form["to"] or address
            rule = rule_of(county, where)
            if (rule, form["method"]) in done or where.endswith(SIGNING_OUT):
                continue
            done.add((rule, form["method"]))
            for kind, bad in BAD.items():
                status = sent_with(browser, where, form, bad)
                faults += [(rule, kind, status)] if status >= 500 else []
            if form["method"] == "post":
                faults += too_much(browser, where, form, rule)
    assert faults == []
    assert done


def sent_with(browser: DeskClient, where: str, form: dict[str, Any], bad: str) -> int:
    """Send the form with the same bad answer in every box but the token."""
    token = form["boxes"].get("csrf_token", "")
    body = "&".join(f"{name}={bad}" for name in form["boxes"] if name != "csrf_token")
    if form["method"] == "get":
        return int(browser.get(f"{where.partition('?')[0]}?{body}&from={bad}").status_code)
    body += f"&csrf_token={token}"
    kind = "application/x-www-form-urlencoded"
    return int(browser.post(where, data=body, content_type=kind).status_code)


def too_much(browser: DeskClient, where: str, form: dict[str, Any], rule: str) -> list[Any]:
    """A body of 2 MB or of a thousand and one parts is turned away; JSON is no form."""
    token = {"csrf_token": form["boxes"].get("csrf_token", "")}
    parts = {f"part{n}": "1" for n in range(1_001)}
    multipart = {"content_type": "multipart/form-data"}
    got = {
        "2 MB": browser.post(where, data=token | {"big": "x" * 2_100_000}).status_code,
        "1,001 parts": browser.post(where, data=token | parts, **multipart).status_code,
        "JSON": browser.post(where, data="{}", content_type="text/plain").status_code,
    }
    may = {"2 MB": {413}, "1,001 parts": {413}, "JSON": {400}}
    # These take files: their form comes back, or says that too many cases were looked at.
    large = {"/referrals/imports/new", "/fraud/letters", "/cases/<string:reference>/documents/add"}
    return [
        (rule, kind, status)
        for kind, status in got.items()
        if status not in may[kind]
        and not (kind == "2 MB" and rule in large and status in {200, 429})
    ]
