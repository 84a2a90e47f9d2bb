"""Files of the feeds: sent in, checked, confirmed or thrown away; and what became of each."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core.errors import RuleBroken
from beacon.feeds import commands as feeds
from beacon.feeds import queries, sniffing, uploads
from beacon.feeds.terms import BatchState, FileRefused
from beacon.referrals.columns import FEEDS
from beacon.referrals.forms import ConfirmUploadForm, ThrowAwayForm, UploadForm
from beacon.referrals.imports import MORE, OUTCOMES, send_in
from beacon.referrals.queries import TOLD_BY_THE_CARD
from beacon.referrals.routes.ground import bp
from beacon.referrals.terms import FEED_LABELS, ReferralPermission
from beacon.web import cursors
from beacon.web.guard import permission_required, takes_up_to

# The file itself may be 25 MB; the form around it needs a little more.
LARGEST = sniffing.MAX_BYTES + 64 * 1024
NAMES = tuple(FEEDS)
ORDERED = "The file is being taken in. This page shows how far it has come."


@bp.route("/imports/new", methods=["GET", "POST"])
@permission_required(ReferralPermission.IMPORT)
@takes_up_to(LARGEST)
def upload() -> ResponseReturnValue:
    """Choose a file; what would come of it is shown before anything is stored."""
    form = UploadForm()
    if form.submitted_well():
        try:
            batch_id = send_in(
                form.feed.data,
                form.file.data.read(sniffing.MAX_BYTES + 1),
                file_name=form.file.data.filename or "file",
                actor=current_user.actor,
            )
        except FileRefused as refusal:
            form.refuse(RuleBroken(refusal.message, field="file"))
        else:
            return _to(batch_id)
    return render_template("referrals/upload.html", form=form)


@bp.route("/imports/")
@permission_required(ReferralPermission.IMPORT)
def batches() -> ResponseReturnValue:
    """The files that came in, by command, folder, page or program."""
    page = queries.batches(cursors.asked_for(), feeds=NAMES)
    return render_template("referrals/batches.html", page=page, feeds=FEED_LABELS)


@bp.route("/imports/<int:batch_id>")
@permission_required(ReferralPermission.IMPORT)
def batch(batch_id: int) -> ResponseReturnValue:
    """One file: how far it has come, what would come or came of it; each row with a problem."""
    return _page(queries.batch(batch_id, feeds=NAMES), ConfirmUploadForm(formdata=None))


@bp.post("/imports/<int:batch_id>/confirm")
@permission_required(ReferralPermission.IMPORT)
def confirm_upload(batch_id: int) -> ResponseReturnValue:
    """Take in the file that was looked at; the scheduler does it within a minute."""
    held = queries.batch(batch_id, feeds=NAMES)
    form = ConfirmUploadForm()
    if form.submitted_well():
        try:
            feeds.confirm_batch(
                batch_id, leave_out=bool(form.leave_out.data), actor=current_user.actor
            )
        except RuleBroken as refusal:
            if refusal.field:
                form.refuse(refusal)
                return _page(held, form)
            flash(refusal.message, "error")
        else:
            flash(ORDERED)
    return _to(batch_id)


@bp.post("/imports/<int:batch_id>/throw-away")
@permission_required(ReferralPermission.IMPORT)
def throw_upload_away(batch_id: int) -> ResponseReturnValue:
    """Take nothing of the file in, and forget it."""
    queries.batch(batch_id, feeds=NAMES)
    if ThrowAwayForm().submitted_well():
        try:
            uploads.discard(feeds.throw_away(batch_id, actor=current_user.actor))
        except RuleBroken as refusal:
            flash(refusal.message, "error")
    return _to(batch_id)


def _page(held: queries.BatchRow, form: ConfirmUploadForm) -> ResponseReturnValue:
    """The page of one file. What its rows say is shown with the reasons, and written down."""
    rows = queries.rejects(held.id, cursors.asked_for())
    if rows.rows:
        audit.shown(
            current_user.actor,
            "import_batch",
            [held.id],
            ("rejected_rows",),
            action="import_batch.rejects_shown",
        )
    figures = {name: held.counts.get(name, 0) for name in ("read", *OUTCOMES, *MORE, "rejected")}
    return render_template(
        "referrals/batch.html",
        batch=held,
        form=form,
        is_mine=held.by_id is not None and held.by_id == current_user.id,
        is_checked=held.state is BatchState.CHECKED,
        came_before=queries.came_before(held),
        rejects=rows,
        figures=figures,
        feeds=FEED_LABELS,
        hidden=TOLD_BY_THE_CARD,
    )


def _to(batch_id: int) -> ResponseReturnValue:
    return redirect(url_for("referrals.batch", batch_id=batch_id))
