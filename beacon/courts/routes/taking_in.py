"""Taking in a court list by page: first the preview, then the order."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core.errors import BeaconError, RuleBroken
from beacon.courts.forms import ListForm, TakeInForm
from beacon.courts.imports import OUTCOMES, import_court_list
from beacon.courts.routes.blueprint import bp
from beacon.courts.terms import CourtPermission
from beacon.feeds import uploads
from beacon.feeds.commands import Report
from beacon.web.guard import permission_required


@bp.route("/hearings/import", methods=["GET", "POST"])
@permission_required(CourtPermission.IMPORT)
def import_list() -> ResponseReturnValue:
    """Choose a court list and see what would come of it. Nothing is stored yet."""
    form = ListForm()
    if form.submitted_well():
        name, data = form.file.data.filename or "list", form.file.data.read()
        try:
            report = _import(name, data, dry_run=True)
        except BeaconError as refusal:
            form.refuse(RuleBroken(refusal.message, field="file"))
        else:
            kept = uploads.keep(data, current_user.id)
            order = TakeInForm(formdata=None, token=kept.token, file_name=name)
            return render_template("courts/preview.html", form=order, report=report, names=OUTCOMES)
    return render_template("courts/import.html", form=form)


@bp.route("/hearings/import/take", methods=["POST"])
@permission_required(CourtPermission.IMPORT)
def take_list() -> ResponseReturnValue:
    """Take in the list that was looked at."""
    form = TakeInForm()
    token = str(form.token.data or "")
    try:
        _, data = uploads.read(token, current_user.id)
        report = _import(str(form.file_name.data or "list"), data, dry_run=False)
    except BeaconError as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("courts.import_list"))
    uploads.discard(token)
    return render_template("courts/taken.html", report=report, names=OUTCOMES)


def _import(name: str, data: bytes, *, dry_run: bool) -> Report:
    return import_court_list(data, file_name=name, actor=current_user.actor, dry_run=dry_run)
