"""Publishing a quarter's figures for good; what was published, and the same bytes again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.entitlements import commands as entitlements
from beacon.entitlements import queries as kept
from beacon.reports import queries
from beacon.reports.forms import PublishForm, in_words
from beacon.reports.routes.ground import (
    FIGURES,
    PUBLISH,
    PUBLISHED,
    asked,
    bp,
    live,
    name_of,
    of_published,
    page_of,
    told,
)
from beacon.reports.rules import Leaving, Period, bytes_of, digest_of, pack_of, read_back
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required


@bp.route("/compliance/published")
@permission_required(PUBLISHED)
def published() -> ResponseReturnValue:
    """Which quarters were published, when and by whom, each with its hash."""
    rows = kept.all_published()
    days = [f"{row.first_on}/{row.last_on}" for row in rows]
    audit.shown(current_user.actor, "period", days, ("hash",), action="compliance.shown")
    listed = [(row, in_words(Period(row.first_on, row.last_on))) for row in rows]
    return render_template(
        "reports/published.html", rows=listed, may_count=current_user.may(FIGURES)
    )


@bp.route("/compliance/fixed")
@permission_required(PUBLISHED)
def fixed() -> ResponseReturnValue:
    """The figures of a quarter as they were published."""
    form, _, row = asked()
    if row is None:
        return redirect(url_for("reports.published"))
    return page_of(
        "reports/fixed.html", of_published(form, row, read_back(row.content.encode())), "shown"
    )


@bp.route("/compliance/fixed.json")
@permission_required(PUBLISHED)
def fixed_json() -> ResponseReturnValue:
    """The file that was published, byte for byte."""
    _, period, row = asked()
    if row is None:
        return redirect(url_for("reports.published"))
    told(period, "exported", Operation.DISCLOSURE)
    return attachment(row.content.encode(), f"{name_of(period)}-published.json")


@bp.route("/compliance/publish", methods=["GET", "POST"])
@permission_required(PUBLISH)
def publish() -> ResponseReturnValue:
    """Fix the figures of a quarter as they are at this moment, for good."""
    quarters, period, row = asked()
    if row is not None:
        return redirect(url_for("reports.fixed", quarter=period.first.isoformat()))
    form, out = PublishForm(), live(period, clock.today(), quarters)
    if form.submitted_well():
        try:
            entitlements.publish_figures(_leaving(period), actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(f"Published: {in_words(period)}. These figures stay as they are.")
            return redirect(url_for("reports.fixed", quarter=period.first.isoformat()))
    return page_of("reports/publish.html", out, "shown", publish_form=form)


def _leaving(period: Period) -> entitlements.Publishing:
    """The figures as they are now, and the hash of the exact pack of this moment."""
    now = clock.now()
    out = live(period, clock.london_day(now), None)
    pack = pack_of(queries.facts(period, now), period, now)
    what = Leaving(
        period=period,
        as_at=now,
        code=out.code,
        standards=out.standards,
        unverified=out.unverified,
        pack_sha256=digest_of(pack),
    )
    return entitlements.Publishing(
        first_on=period.first,
        last_on=period.last,
        as_at=now,
        content=bytes_of(what),
        pack_sha256=what.pack_sha256,
    )
