"""The page of what is known of the risk in a case, its part of the case's page, and the top."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import leads
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import CrimeKind
from beacon.core import clock, roles, together
from beacon.core.actor import Actor, reader
from beacon.core.together import Asking, asking
from beacon.risk import queries
from beacon.risk.models import RiskAssessment
from beacon.risk.queries import OnTop
from beacon.risk.routes.ground import ANSWERS, bp, page
from beacon.risk.terms import RiskPermission, RiskTool
from beacon.web.filters import day
from beacon.web.guard import permission_required
from beacon.web.layout import Told, is_turned_away

Condition = sa.ColumnElement[bool]
READ, WORK = RiskPermission.READ, RiskPermission.WORK
NAMED_AT_MOST = 3


@bp.route("/risk")
@permission_required(READ)
def show(reference: str) -> ResponseReturnValue:
    """The level and how it came to stand, concerns, modern slavery, and the count of incidents."""
    opened = cases.open_to(current_user.actor, reference)
    case, viewer = opened.case, opened.viewer
    return page(
        "risk/show.html",
        case,
        viewer=viewer,
        risk=queries.risk_of(viewer, case),
        concerns=queries.concerns_of(viewer, case),
        slavery=queries.slavery_of(viewer, case),
        asb=queries.asb_of(viewer, case, clock.today()),
        may_work=case.is_open and not viewer.is_reading and current_user.may(WORK),
        may_see_answers=current_user.may(WORK),
        tools=list(RiskTool),
    )


@bp.route("/risk/assessments/<int:assessment_id>")
@permission_required(WORK)
def assessment(reference: str, assessment_id: int) -> ResponseReturnValue:
    """One assessment with every answer, as it was given."""
    opened = cases.open_to(current_user.actor, reference)
    row = cases.row_of(opened.viewer, opened.case, RiskAssessment, assessment_id)
    return page(
        "risk/assessment.html",
        opened.case,
        viewer=opened.viewer,
        more=(ANSWERS,),
        line=queries.line_of(row),
        wording=queries.wording_of(row.tool),
    )


@asking
def risk_panel(case: CaseFile, actor: Actor) -> Asking[str]:
    """The part of the page of a case."""
    today = clock.today()
    told, asb = yield from together.at_once(
        queries.summary_of.ask(actor, case), queries.asb_of.ask(actor, case, today)
    )
    counts = told.incidents or case.crime.kind is CrimeKind.ASB
    return render_template(
        "risk/panel.html",
        case=case,
        told=told,
        asb=asb if counts else None,
        may_work=case.is_open and not actor.is_reading and roles.may(actor.roles, WORK),
        today=today,
    )


@asking
def concerns_on_top() -> Asking[Told | None]:
    """Every safeguarding concern of the case to which this page belongs (domain.md RULE 3.4)."""
    if is_turned_away() or not current_user.may(READ):
        return None
    where = _cases_of_page()
    if where is None:
        return None
    found = yield from queries.on_top.ask(reader(current_user.actor), where)
    if not found:
        return None
    first = found[0].reference
    return Told(
        _in_words(found),
        link=url_for("risk.show", reference=first, _anchor="safeguarding"),
        link_words="Look at it" if len(found) == 1 else "Look at them",
    )


def _cases_of_page() -> Condition | None:
    """The cases to which the address leads, by their reference or by another number."""
    parts = request.view_args or {}
    if "reference" not in parts:
        return leads.from_address(parts)
    sought = cases.normal_reference(str(parts["reference"]))
    return None if sought is None else CaseFile.reference == sought


def _in_words(found: list[OnTop]) -> str:
    """What the top of the page says, without a name."""
    counted = "Safeguarding concern" if len(found) == 1 else f"{len(found)} safeguarding concerns"
    said = ". ".join(_one(one) for one in found[:NAMED_AT_MOST])
    more = len(found) - NAMED_AT_MOST
    return f"{counted}: {said}." + (f" And {more} more." if more > 0 else "")


def _one(one: OnTop) -> str:
    concern = one.concern
    check = f", ask again on {day(concern.next_check_on)}" if concern.next_check_on else ""
    kind, stands = concern.kind.label, concern.outcome.label.lower()
    return f"{kind}, made on {day(concern.made_at)}, {stands}{check}"
