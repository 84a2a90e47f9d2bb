"""Take-on day by page: live cases of another system, previewed, confirmed and reconciled."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core.errors import RuleBroken
from beacon.feeds import sniffing, uploads
from beacon.feeds.terms import FileRefused
from beacon.referrals.forms import CaseloadForm, CaseloadSheetForm, ConfirmCaseloadForm
from beacon.referrals.imports import TAKEN_ON, Caseload, reconciliation, take_on_caseload
from beacon.referrals.routes.files import LARGEST
from beacon.referrals.terms import ReferralPermission
from beacon.web.downloads import attachment
from beacon.web.guard import permission_required, takes_up_to

bp = Blueprint("caseloads", __name__, url_prefix="/cases/take-on", template_folder="../templates")
# Taken on while the page waits; a longer file is for the command.
ROWS_AT_MOST = 1_000
SHOWN_AT_MOST = 50  # odd rows on the page of a preview


@bp.route("", methods=["GET", "POST"])
@permission_required(ReferralPermission.TAKE_ON)
@takes_up_to(LARGEST)
def upload() -> ResponseReturnValue:
    """Choose a file; what would come of it is shown before anything is stored."""
    form = CaseloadForm()
    if form.submitted_well():
        content = form.file.data.read(sniffing.MAX_BYTES + 1)
        name = form.file.data.filename or "file"
        try:
            taken = _take_on(content, name, dry_run=True)
        except (FileRefused, RuleBroken) as refusal:
            form.refuse(RuleBroken(refusal.message, field="file"))
        else:
            kept = uploads.keep(content, current_user.actor.id or 0)
            confirm = ConfirmCaseloadForm(
                formdata=None, feed=taken.report.feed, token=kept.token, name=name
            )
            return _shown("referrals/caseload_preview.html", taken, confirm)
    return render_template("referrals/caseload.html", form=form)


@bp.route("/confirm", methods=["POST"])
@permission_required(ReferralPermission.TAKE_ON)
def confirm() -> ResponseReturnValue:
    """Take on the file that was previewed, and say what became of each row."""
    form, owner = ConfirmCaseloadForm(), current_user.actor.id or 0
    token = str(form.token.data or "")
    try:
        _kept, content = uploads.read(token, owner)
        taken = _take_on(content, str(form.name.data or "file"), dry_run=False)
    except (FileRefused, RuleBroken) as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("caseloads.upload"))
    uploads.discard(token)
    sheet = uploads.keep(reconciliation(taken), owner)
    return _shown(
        "referrals/caseload_taken.html",
        taken,
        CaseloadSheetForm(formdata=None, token=sheet.token),
    )


@bp.route("/reconciliation", methods=["POST"])
@permission_required(ReferralPermission.TAKE_ON)
def sheet() -> ResponseReturnValue:
    """The reconciliation as a workbook, for whoever took the file on."""
    form, actor = CaseloadSheetForm(), current_user.actor
    try:
        kept, content = uploads.read(str(form.token.data or ""), actor.id or 0)
    except RuleBroken as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("caseloads.upload"))
    audit.shown(
        actor,
        "reconciliation",
        [kept.digest[:12]],
        ("case references", "case managers"),
        action="caseload.reconciled",
        operation=Operation.DISCLOSURE,
    )
    return attachment(content, "reconciliation.xlsx")


def _take_on(content: bytes, name: str, *, dry_run: bool) -> Caseload:
    return take_on_caseload(
        content,
        file_name=name,
        actor=current_user.actor,
        dry_run=dry_run,
        rows_at_most=ROWS_AT_MOST,
    )


def _shown(template: str, taken: Caseload, form: object) -> ResponseReturnValue:
    report = taken.report
    look_at = [line for line in taken.lines if line.note and line.outcome != "rejected"]
    return render_template(
        template,
        form=form,
        report=report,
        figures=report.figures(*TAKEN_ON),
        look_at=look_at,
        at_most=SHOWN_AT_MOST,
    )
