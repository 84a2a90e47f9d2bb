"""Counting anti-social behaviour, and preparing an application for a Case Review (RULE 3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.names import name_key
from beacon.core.sealed import blind_index
from beacon.risk import queries
from beacon.risk.commands.ground import come, day, finish, held, said, short
from beacon.risk.models import AsbApplication, AsbIncident, AsbReport
from beacon.risk.queries import AsbOf
from beacon.risk.terms import Applicant, AsbBody, Reporter

REFERENCE_AT_MOST, NAME_AT_MOST = 60, 100


@dataclass(frozen=True, kw_only=True)
class ReportGiven:
    """One report of an incident: to whom, when, by whom."""

    body: AsbBody
    on: date
    reporter: Reporter = Reporter.VICTIM
    name: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class IncidentGiven:
    """One thing that happened, with its first report where there is one."""

    on: date
    what: str
    is_hate: bool = False
    report: ReportGiven | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationGiven:
    """Who applies, to which council, with whose consent, and what they ask for."""

    district: str
    applicant: Applicant
    name: str = ""
    consent_on: date | None = None
    effect: str = ""
    asked: str = ""


def record_incident(case: CaseFile, given: IncidentGiven, *, actor: Actor) -> AsbIncident:
    """Record something that happened. Where the threshold is reached by it, a task says so."""
    with transaction() as session:
        row = held(case, actor)
        come(given.on, "on")
        what = said(given.what, "what", "Enter what happened, in short.")
        if (same := _same_incident(session, row, given, what)) is not None:
            return same
        made = AsbIncident(
            case_id=row.id,
            happened_on=given.on,
            is_hate=given.is_hate,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.what = what
        session.add(made)
        audit.record("asb.incident", made, actor, operation=Operation.COLLECTION, case_id=row.id)
        cases.keep_history(
            row.id, TimelineEvent.ASB, actor, words=f"an incident on {day(given.on)}"
        )
        if given.report is not None:
            _report(session, made, given.report, actor)
        _tell_where_reached(row, actor)
        return made


def record_report(
    case: CaseFile, incident: AsbIncident, given: ReportGiven, *, actor: Actor
) -> AsbReport:
    """Record that an incident was reported, perhaps to a second agency: it stays one incident."""
    with transaction() as session:
        row = held(case, actor)
        kept = _standing(session, row, incident)
        report = _report(session, kept, given, actor)
        audit.record("asb.report", kept, actor, operation=Operation.COLLECTION, case_id=row.id)
        words = f"the incident of {day(kept.happened_on)} reported to {given.body.label.lower()}"
        cases.keep_history(row.id, TimelineEvent.ASB, actor, words=words)
        _tell_where_reached(row, actor)
        return report


def take_incident_back(
    case: CaseFile, incident: AsbIncident, *, reason: str, actor: Actor
) -> AsbIncident:
    """Take back an incident that was recorded by mistake. It stays, and counts no more."""
    with transaction() as session:
        row = held(case, actor)
        kept = _standing(session, row, incident)
        kept.withdrawn_because = said(reason, "reason", "Enter why it was a mistake.")
        kept.withdrawn_at = clock.now()
        session.flush()
        audit.record("asb.incident_withdrawn", kept, actor, case_id=row.id)
        words = f"the incident of {day(kept.happened_on)} taken back"
        cases.keep_history(row.id, TimelineEvent.ASB, actor, words=words)
        if not _standing_of(row, actor).figures.is_reached:
            finish(row.id, TaskKind.CASE_REVIEW_REACHED, actor)
        return kept


def prepare_application(case: CaseFile, given: ApplicationGiven, *, actor: Actor) -> AsbApplication:
    """Prepare an application with its facts, to be printed and sent; only where enough counts.

    Somebody else may apply for the victim only with the victim's consent; nobody applies without a
    name where the council does not take that [S:EHERTS].
    """
    with transaction() as session:
        row = held(case, actor)
        asked = _standing_of(row, actor, given.district)
        if asked.row is None:
            raise RuleBroken("Choose the district in which it happens.", field="district")
        if not asked.figures.is_reached and not asked.only_by_the_act:
            raise RuleBroken(
                f"Only {asked.figures.incidents} of {asked.row.count} incidents count today. "
                "Record what is missing first."
            )
        _check_applicant(given, asked)
        if (same := _same_application(session, row, given, asked)) is not None:
            return same
        made = AsbApplication(
            case_id=row.id,
            district=asked.row.district,
            prepared_on=clock.today(),
            applicant=given.applicant,
            consent_on=given.consent_on,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.applicant_name = given.name.strip()
        made.effect, made.asked = short(given.effect, "effect"), short(given.asked, "asked")
        session.add(made)
        audit.record("asb.application", made, actor, operation=Operation.DISCLOSURE, case_id=row.id)
        words = f"an application for a Case Review prepared, {asked.row.district}"
        cases.keep_history(row.id, TimelineEvent.ASB, actor, words=words)
        finish(row.id, TaskKind.CASE_REVIEW_REACHED, actor)
        return made


def _report(session: Session, incident: AsbIncident, given: ReportGiven, actor: Actor) -> AsbReport:
    come(given.on, "reported_on")
    if given.on < incident.happened_on:
        raise RuleBroken("It cannot be reported before it happened.", field="reported_on")
    name, is_somebody = given.name.strip(), given.reporter is Reporter.SOMEBODY
    if is_somebody:
        said(name, "name", "Enter who reported it.", at_most=NAME_AT_MOST)
    elif name:
        raise RuleBroken("Say that somebody else reported it, or take the name away.", field="name")
    index = blind_index("asb reporter", name_key(name)) if is_somebody else None
    same = next((one for one in incident.reports if _is_same(one, given, index)), None)
    if same is not None:
        return same
    made = AsbReport(
        incident_id=incident.id,
        body=given.body,
        reported_on=given.on,
        reporter=given.reporter,
        reporter_index=index,
        reference=short(given.reference, "reference", at_most=REFERENCE_AT_MOST),
        by_id=actor.id,
        by_name=actor.name,
    )
    made.reporter_name = name if is_somebody else ""
    session.add(made)
    session.flush()
    session.expire(incident, ["reports"])
    return made


def _is_same(row: AsbReport, given: ReportGiven, index: str | None) -> bool:
    held_facts = (row.body, row.reported_on, row.reporter, row.reporter_index)
    return held_facts == (given.body, given.on, given.reporter, index)


def _standing_of(case: CaseFile, actor: Actor, district: str = "") -> AsbOf:
    return queries.asb_of(actor, case, clock.today(), district)


def _tell_where_reached(case: CaseFile, actor: Actor) -> None:
    """Say once that the threshold is reached; again only after an application was prepared."""
    asked = _standing_of(case, actor)
    if asked.figures.is_reached:
        about = f"asb:{len(asked.applications)}"
        kind, today = TaskKind.CASE_REVIEW_REACHED, clock.today()
        cases.add_task(case.id, kind=kind, about=about, due_on=today, actor=actor)


def _check_applicant(given: ApplicationGiven, asked: AsbOf) -> None:
    assert asked.row is not None
    if given.applicant is Applicant.ANONYMOUS and not asked.row.anonymous_accepted:
        raise RuleBroken(
            "This council takes no application without a name. Choose who applies.",
            field="applicant",
        )
    on_behalf = given.applicant is Applicant.BEHALF
    if on_behalf and not asked.row.friend_may_apply:
        raise RuleBroken("Here only the victim may apply.", field="applicant")
    if on_behalf:
        said(given.name, "name", "Enter who applies for them.", at_most=NAME_AT_MOST)
        if given.consent_on is None:
            raise RuleBroken("Enter the day on which the victim agreed to it.", field="consent_on")
        come(given.consent_on, "consent_on")
    elif given.name.strip() or given.consent_on is not None:
        raise RuleBroken(
            "Choose that somebody applies for the victim, or take the name and the day away.",
            field="applicant",
        )


def _same_incident(
    session: Session, case: CaseFile, given: IncidentGiven, what: str
) -> AsbIncident | None:
    """The incident that this form has made already."""
    before = session.scalars(
        sa.select(AsbIncident).filter_by(
            case_id=case.id, happened_on=given.on, is_hate=given.is_hate, withdrawn_at=None
        )
    )
    return next((one for one in before if one.what == what), None)


def _same_application(
    session: Session, case: CaseFile, given: ApplicationGiven, asked: AsbOf
) -> AsbApplication | None:
    for one in asked.applications:
        mine = (one.prepared_on, one.applicant, one.applicant_name, one.effect, one.asked)
        if mine == (
            clock.today(),
            given.applicant,
            given.name.strip(),
            given.effect.strip(),
            given.asked.strip(),
        ):
            return session.get_one(AsbApplication, one.id)
    return None


def _standing(session: Session, case: CaseFile, incident: AsbIncident) -> AsbIncident:
    """The incident as it is now; the case is held, so nobody else changes it."""
    kept = session.get(AsbIncident, incident.id, populate_existing=True)
    if kept is None or kept.case_id != case.id:
        raise NotFound
    if kept.withdrawn_at is not None:
        raise RuleBroken("This incident was taken back meanwhile. Look at the case again.")
    return kept
