"""The lists that are worked, over all cases a person may see, and the figures of a period."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.roles import Role
from beacon.restorative import queries
from beacon.restorative.forms import PeriodForm, WaitingForm, WhoseForm
from beacon.restorative.queries import ViewList, WaitingList
from beacon.restorative.routes.ground import FIGURES, READ, lists_bp
from beacon.restorative.terms import Waiting, Whose
from beacon.web import cursors
from beacon.web.guard import permission_required

MEASURED = timedelta(days=91)
LEAST = 5  # no rate is shown of fewer people than this


@lists_bp.route("/")
@permission_required(READ)
def index() -> ResponseReturnValue:
    """Cases with a known offender to whose victim it has still to be explained."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    form = WaitingForm.of(_offered(actor))
    waiting = (form.waiting.data if not form.waiting.errors else None) or Waiting.EXPLAIN
    form.waiting.data = waiting
    asked = WaitingList(viewer=actor, waiting=waiting, whose=form.whose.data)
    page = asked.page(cursors.asked_for())
    ids = [row.case_id for row in page]
    audit.shown(
        actor, "case_file", ids, ("people.name", "restorative justice"), action="case.listed"
    )
    blocked = queries.blocks(sa.select(CaseFile.id).where(CaseFile.id.in_(ids))) if ids else {}
    return render_template(
        "restorative/index.html",
        form=form,
        page=page,
        blocked=blocked,
        asked=asked,
        may_figures=current_user.may(FIGURES),
        today=clock.today(),
    )


@lists_bp.route("/views")
@permission_required(READ)
def views() -> ResponseReturnValue:
    """Disposals of which the victim's view is still to be asked, the nearest decision first."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    form = WhoseForm.of(_offered(actor))
    asked = ViewList(viewer=actor, whose=form.whose.data)
    page = asked.page(cursors.asked_for())
    ids = [row.case_id for row in page]
    audit.shown(actor, "case_file", ids, ("people.name", "disposal views"), action="case.listed")
    return render_template(
        "restorative/views.html",
        form=form,
        page=page,
        asked=asked,
        may_figures=current_user.may(FIGURES),
        today=clock.today(),
    )


@lists_bp.route("/figures")
@permission_required(FIGURES)
def figures() -> ResponseReturnValue:
    """How far the offer came in a period, and how many views came before the decision."""
    form = PeriodForm()
    first, last = form.period(_usual())
    return render_template(
        "restorative/figures.html",
        form=form,
        first=first,
        last=last,
        offered=queries.offered(first, last),
        views=queries.views(first, last),
        least=LEAST,
    )


def _offered(actor: Actor) -> list[Whose]:
    """The parts of a list that mean something to this person, the one shown first in front."""
    found = []
    if actor.has(Role.CASE_MANAGER, Role.FRAUD_OFFICER):
        found.append(Whose.MINE)
    if actor.team_id is not None:
        found.append(Whose.TEAM)
    return [*found, Whose.ALL]


def _usual() -> tuple[date, date]:
    today = clock.today()
    return today - MEASURED, today
