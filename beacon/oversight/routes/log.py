"""The log: searched, and asked who has seen one record. Reading it is itself written down."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit import queries as log
from beacon.audit.queries import Line
from beacon.audit.terms import AuditPermission
from beacon.core.errors import RuleBroken
from beacon.oversight import queries
from beacon.oversight.forms.log import LogForm, SeenForm
from beacon.oversight.queries import About
from beacon.oversight.routes.ground import bp
from beacon.web import cursors
from beacon.web.guard import permission_required
from beacon.web.paging import Page

NO_RECORD = "There is no such record. Check the reference or number, and what it is of."


@bp.route("/log")
@permission_required(AuditPermission.READ)
def log_search() -> ResponseReturnValue:
    """Who saw and did what, the newest first; what was asked is written down by its boxes."""
    form = LogForm(queries.people_of_the_log(), log.actions_used())
    page: Page[Line] = Page([])
    if form.asked_well():
        try:
            page = form.search(_records(form)).page(cursors.asked_for())
        except RuleBroken as refusal:
            form.refuse(refusal)
    audit.shown(
        current_user.actor,
        "audit_entry",
        [line.seq for line in page],
        form.asked_by,
        action="log.searched",
        although_none=True,
    )
    return render_template("oversight/log.html", form=form, page=page, lines=queries.lines_of(page))


@bp.route("/seen")
@permission_required(AuditPermission.READ)
def seen() -> ResponseReturnValue:
    """Who has seen one case and its victim: the whole list, by person and by time, for print."""
    form = SeenForm()
    records, lines = [], []
    if form.reference.raw_data and form.asked_well():
        records = queries.records_of(About.CASE, form.reference.data)
        if records:
            lines = log.seen(records)
            audit.shown(
                current_user.actor, *_of_case(records), ("log",), action="log.seen_by_asked"
            )
        else:
            form.refuse(RuleBroken("There is no case with that reference.", field="reference"))
    return render_template(
        "oversight/seen.html",
        form=form,
        is_asked=bool(records),
        people=log.by_person(lines),
        lines=queries.lines_of(lines),
    )


def _records(form: LogForm) -> list[tuple[str, str]] | None:
    """The record that the form names; none where it names none."""
    if not form.record.data:
        return None
    found = queries.records_of(About(form.about.data or About.CASE), form.record.data)
    if not found:
        raise RuleBroken(NO_RECORD, field="record")
    return found


def _of_case(records: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """The case among the records, as the log names what was asked about."""
    return "case_file", [one for kind, one in records if kind == "case_file"]
