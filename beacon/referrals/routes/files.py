"""Files of the feeds: sent in, previewed, confirmed; and what became of each."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core.errors import RuleBroken
from beacon.feeds import commands as feeds
from beacon.feeds import queries, sniffing, uploads
from beacon.feeds.terms import FileRefused
from beacon.referrals.columns import FEEDS
from beacon.referrals.forms import ConfirmUploadForm, UploadForm
from beacon.referrals.imports import MORE, OUTCOMES, import_file
from beacon.referrals.queries import TOLD_BY_THE_CARD
from beacon.referrals.routes.ground import bp
from beacon.referrals.terms import FEED_LABELS, ReferralPermission
from beacon.web import cursors
from beacon.web.guard import permission_required

# The file itself may be 25 MB; the form around it needs a little more.
LARGEST = sniffing.MAX_BYTES + 64 * 1024
SHOWN_AT_MOST = 50
NAMES = tuple(FEEDS)


@bp.route("/imports/new", methods=["GET", "POST"])
@permission_required(ReferralPermission.IMPORT)
def upload() -> ResponseReturnValue:
    """Choose a file; what would come of it is shown before anything is stored."""
    request.max_content_length = LARGEST
    form = UploadForm()
    if form.submitted_well():
        content = form.file.data.read(sniffing.MAX_BYTES + 1)
        try:
            report = import_file(
                form.feed.data,
                content,
                file_name=form.file.data.filename or "file",
                actor=current_user.actor,
                dry_run=True,
            )
        except FileRefused as refusal:
            form.refuse(RuleBroken(refusal.message, field="file"))
        else:
            kept = uploads.keep(content, current_user.actor.id or 0)
            confirm = ConfirmUploadForm(
                formdata=None, feed=report.feed, token=kept.token, name=report.file_name
            )
            return render_template(
                "referrals/preview.html",
                report=report,
                form=confirm,
                figures=report.figures(*OUTCOMES) | {one: report.counts[one] for one in MORE},
                feed=FEED_LABELS[report.feed],
                at_most=SHOWN_AT_MOST,
            )
    return render_template("referrals/upload.html", form=form)


@bp.route("/imports/confirm", methods=["POST"])
@permission_required(ReferralPermission.IMPORT)
def confirm_upload() -> ResponseReturnValue:
    """Take in the file that was previewed; the scheduler does it within a minute."""
    form = ConfirmUploadForm()
    if not form.submitted_well() or form.feed.data not in FEEDS:
        return redirect(url_for("referrals.upload"))
    try:
        kept, _content = uploads.read(form.token.data, current_user.actor.id or 0)
    except RuleBroken as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("referrals.upload"))
    batch = feeds.order_batch(form.feed.data, form.name.data, kept, actor=current_user.actor)
    flash("The file is being taken in. This page shows how far it has come.")
    return redirect(url_for("referrals.batch", batch_id=batch.id))


@bp.route("/imports/")
@permission_required(ReferralPermission.IMPORT)
def batches() -> ResponseReturnValue:
    """The files that came in, by command, folder or page."""
    page = queries.batches(cursors.asked_for(), feeds=NAMES)
    return render_template("referrals/batches.html", page=page, feeds=FEED_LABELS)


@bp.route("/imports/<int:batch_id>")
@permission_required(ReferralPermission.IMPORT)
def batch(batch_id: int) -> ResponseReturnValue:
    """One file: how far it has come, and the rows that were sent back with their reasons."""
    held = queries.batch(batch_id, feeds=NAMES)
    rejects = queries.rejects(batch_id)
    if rejects:
        audit.shown(
            current_user.actor,
            "import_batch",
            [batch_id],
            ("rejected_rows",),
            action="import_batch.rejects_shown",
        )
    figures = {name: held.counts.get(name, 0) for name in ("read", *OUTCOMES, *MORE, "rejected")}
    return render_template(
        "referrals/batch.html",
        batch=held,
        rejects=rejects,
        figures=figures,
        feeds=FEED_LABELS,
        hidden=TOLD_BY_THE_CARD,
    )
