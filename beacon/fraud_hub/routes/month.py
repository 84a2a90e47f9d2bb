"""The month's list: every fraud case with its standing and its next step."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock, together
from beacon.fraud_hub import queries
from beacon.fraud_hub.forms import MonthForm
from beacon.fraud_hub.queries import SINCE
from beacon.fraud_hub.routes.ground import CONTACT, READ, lists_bp
from beacon.web import cursors
from beacon.web.guard import permission_required

LIST_FIELDS = ("name", "fraud_type", "amount_lost", "vulnerable", "fraud_contact")


@lists_bp.route("/month")
@permission_required(READ)
def months_list() -> ResponseReturnValue:
    """Who has been reached, who has not, and what is tried next; one month's, or all."""
    actor, today = current_user.actor, clock.today()
    audit.keep_pace(actor, Pace.LISTS)
    form = MonthForm()
    officers, districts = together.ask(queries.officers.ask(actor), queries.districts.ask())
    form.offer(_months(today), officers, districts)
    asked = form.asked(actor)
    page = asked.page(cursors.asked_for())
    counts, caseless, alerts = together.ask(
        asked.counts_asked(),
        asked.without_case(),
        queries.alerts_of.ask(actor, [row.case_id for row in page]),
    )
    audit.shown(actor, "case_file", [row.case_id for row in page], LIST_FIELDS)
    return render_template(
        "fraud_hub/month.html",
        form=form,
        page=page,
        asked=asked,
        counts=counts,
        caseless=caseless,
        alerts=alerts,
        today=today,
        is_narrowed=bool(request.args),
        may_contact=current_user.may(CONTACT),
    )


def _months(today: date) -> list[date]:
    """This month and those before it, the newest first, since the hub began."""
    newest = today.replace(day=1)
    found = [newest - relativedelta(months=back) for back in range(36)]
    return [one for one in found if one >= SINCE]
