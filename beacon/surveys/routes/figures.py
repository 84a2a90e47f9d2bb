"""What victims say of the service: the five measures, who answered, and words that may be shown."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock, roles, settings
from beacon.surveys import queries, rules
from beacon.surveys.forms import PeriodForm
from beacon.surveys.routes.ground import bp
from beacon.surveys.standards import ON
from beacon.surveys.terms import Dimension, Measure, SurveyPermission
from beacon.web import charts
from beacon.web.guard import permission_required

FIGURES = SurveyPermission.FIGURES
DAY = timedelta(days=1)


@bp.route("/")
@permission_required(FIGURES)
def index() -> ResponseReturnValue:
    """The figures of a period, with the number of answers beside every percentage."""
    actor, form = current_user.actor, PeriodForm()
    audit.keep_pace(actor, Pace.LISTS)
    first, last = form.period(usual(clock.today()))
    found = queries.measured(first, last)
    return render_template(
        "surveys/figures.html",
        form=form,
        found=found,
        measures=list(Measure),
        cuts=[one for one in Dimension if one is not Dimension.ALL],
        rows={one: queries.rows_of(found.by[one]) for one in Dimension},
        months=queries.by_month(first, last),
        comments=queries.comments(first, last) if found.everybody.answered else [],
        percent=rules.percent,
        least=rules.LEAST,
        is_on=settings.is_on(ON),
        may_watch=roles.may(actor.roles, SurveyPermission.WATCH),
    )


@bp.route("/chart.svg")
@permission_required(FIGURES)
def chart() -> ResponseReturnValue:
    """How satisfied people were, a bar for each month in which answers were counted."""
    first, last = PeriodForm().period(usual(clock.today()))
    months = queries.by_month(first, last)
    shares = [
        rules.percent(said.positive, said.answers) or 0
        for said in (group.said[Measure.SATISFIED] for _, group in months)
    ]
    labels = [f"{month:%b %Y}" for month, _ in months]
    drawn = charts.bars(labels, shares, write=lambda share: f"{share}%" if share else "")
    return Response(drawn, mimetype="image/svg+xml")


def usual(today: date) -> tuple[date, date]:
    """The twelve months that are over."""
    begins = today.replace(day=1)
    return begins.replace(year=begins.year - 1), begins - DAY
