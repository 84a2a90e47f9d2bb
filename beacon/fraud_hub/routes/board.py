"""The hub's totals, and what came back by month."""

from __future__ import annotations

from datetime import date

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.fraud_hub import queries
from beacon.fraud_hub.charts import short_pounds
from beacon.fraud_hub.forms import PeriodForm
from beacon.fraud_hub.routes.ground import READ, bp
from beacon.web import charts
from beacon.web.guard import permission_required

SINCE = date(2019, 4, 1)  # the hub began (domain.md 4.1)


@bp.route("/")
@permission_required(READ)
def hub() -> ResponseReturnValue:
    """The hub's totals for a period, what came back by month, and what waits."""
    actor, today = current_user.actor, clock.today()
    form = PeriodForm()
    first, last = form.period((year_began(today), today))
    audit.shown(actor, "period", [f"{first}/{last}"], ("money",), action="fraud.totals_shown")
    return render_template(
        "fraud_hub/hub.html",
        form=form,
        totals=queries.hub_totals(actor, first, last),
        ever=queries.hub_totals(actor, SINCE, today),
        months=queries.recovered_by_month(actor, today),
        waiting=queries.counts_waiting(actor),
    )


@bp.route("/recovered-by-month.svg")
@permission_required(READ)
def recovered_chart() -> ResponseReturnValue:
    """What came back in each of the last twelve months, drawn."""
    months = queries.recovered_by_month(current_user.actor, clock.today())
    drawn = charts.bars(
        [f"{one.month:%b %Y}" if one.month.month == 1 else f"{one.month:%b}" for one in months],
        [one.recovered_pence for one in months],
        write=short_pounds,
    )
    return Response(drawn, mimetype="image/svg+xml")


def year_began(today: date) -> date:
    """The first day of the financial year, 1 April."""
    return date(today.year if today.month >= 4 else today.year - 1, 4, 1)
