"""The exact figures of any days, of the cases that a person may open."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.reports.forms import OutcomesForm
from beacon.reports.outcome_sheets import outcomes_workbook
from beacon.reports.queries.outcomes import outcomes
from beacon.reports.routes.outcomes.ground import (
    FIGURES,
    PUBLISHED,
    bp,
    days_in_words,
    name_of,
    page_of,
    told,
)
from beacon.reports.rules import quarter_before
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required


@bp.route("")
@permission_required(PUBLISHED)
def index() -> ResponseReturnValue:
    """The page of any days, exact; whoever reads only totals is led to what was published."""
    if not current_user.may(FIGURES):
        return redirect(url_for("outcomes.published"))
    form = OutcomesForm()
    period = form.asked_for(quarter_before(clock.today()))
    told(period, "counted")
    out = outcomes(current_user.actor, period, clock.now())
    return page_of("reports/outcomes.html", out, form=form, period=period)


@bp.route("/exact.xlsx")
@permission_required(FIGURES)
def exact_xlsx() -> ResponseReturnValue:
    """The same figures as a workbook, exact."""
    period = OutcomesForm().asked_for(quarter_before(clock.today()))
    told(period, "counted_exported", Operation.DISCLOSURE)
    out = outcomes(current_user.actor, period, clock.now())
    content = outcomes_workbook(out, days_in_words(period), is_exact=True)
    return attachment(content, f"{name_of(period)}-exact.xlsx")
