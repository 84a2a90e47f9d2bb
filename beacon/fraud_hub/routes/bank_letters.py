"""A bank's letter: previewed beside the ledger, kept, and logged line by line by a person."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.feeds import sniffing, uploads
from beacon.feeds.terms import FileRefused
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.commands import ReadLetter
from beacon.fraud_hub.forms import KeepLetterForm, LetterForm, LineForm
from beacon.fraud_hub.routes.ground import WORK, bp, form_page, payments, taken
from beacon.fraud_hub.routes.ledger import said
from beacon.fraud_hub.terms.bank_letters import LineState
from beacon.web import cursors
from beacon.web.guard import permission_required, takes_up_to

LARGEST = sniffing.MAX_BYTES + 64 * 1024
FIELDS = ("reference", "payee", "amount")


@bp.route("/letters", methods=["GET", "POST"])
@permission_required(WORK)
@takes_up_to(LARGEST)
def letters() -> ResponseReturnValue:
    """The letters that were kept; a new one is shown beside the ledger before it is kept."""
    actor, form = current_user.actor, LetterForm()
    if form.submitted_well():
        content = form.file.data.read(sniffing.MAX_BYTES + 1)
        try:
            read = commands.read_letter(content)
        except (FileRefused, RuleBroken) as refusal:
            form.refuse(RuleBroken(refusal.message, field="file"))
        else:
            kept = uploads.keep(content, actor.id or 0)
            return _previewed(read, KeepLetterForm(formdata=None, token=kept.token))
    page = queries.letters(actor, cursors.asked_for())
    audit.shown(actor, "bank_letter", [row.id for row in page], ("lines",))
    return render_template("fraud_hub/letters.html", form=form, page=page)


@bp.route("/letters/keep", methods=["POST"])
@permission_required(WORK)
def keep_letter() -> ResponseReturnValue:
    """Keep the letter that was previewed; the same file twice changes nothing."""
    form, actor = KeepLetterForm(), current_user.actor
    token = str(form.token.data or "")
    try:
        _upload, content = uploads.read(token, actor.id or 0)
        letter, is_new = commands.keep_letter(commands.read_letter(content), actor=actor)
    except (FileRefused, RuleBroken) as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("fraud_hub.letters"))
    uploads.discard(token)
    flash("The letter is kept. Log its lines one by one." if is_new else "It was kept before.")
    return redirect(url_for("fraud_hub.letter", bank_letter_id=letter.id))


@bp.route("/letters/<int:bank_letter_id>")
@permission_required(WORK)
def letter(bank_letter_id: int) -> ResponseReturnValue:
    """The lines of a letter beside the ledger as it is now."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    found = queries.get_bank_letter(actor, bank_letter_id)
    audit.shown(actor, "bank_letter", [found.id], FIELDS)
    differences = queries.differences(actor, queries.lines_of(actor, found))
    return render_template(
        "fraud_hub/letter.html", letter=found, found=differences, states=LineState
    )


@bp.route("/letters/<int:bank_letter_id>/lines/<int:line_id>", methods=["GET", "POST"])
@permission_required(WORK)
def log_line(bank_letter_id: int, line_id: int) -> ResponseReturnValue:
    """Log one line as money back, once its payment and its route have been chosen."""
    actor = current_user.actor
    line = queries.get_line(actor, bank_letter_id, line_id)
    case = db.session.scalar(
        scope.visible(actor, CaseFile).where(CaseFile.id == (line.case_id or 0))
    )
    if case is None:
        raise NotFound
    found = queries.get_fraud_case(actor, case.reference)
    form = LineForm()
    form.loss.choices = payments(queries.money_of(actor, found.case))
    form.offer(line)
    if form.submitted_well():
        order = partial(
            commands.record_recovered,
            found.case,
            form.recovered(),
            token=form.token.data,
            actor=actor,
        )
        if taken(form, order, said("Money back logged.")):
            return redirect(url_for("fraud_hub.letter", bank_letter_id=bank_letter_id))
    return form_page(
        "fraud_hub/log_line.html", found, form=form, line=line, letter_id=bank_letter_id
    )


def _previewed(read: ReadLetter, form: KeepLetterForm) -> str:
    actor = current_user.actor
    lines = commands.matched(actor, read.lines)
    audit.shown(actor, "upload", [read.digest[:12]], FIELDS, action="fraud.letter_previewed")
    return render_template(
        "fraud_hub/letter_preview.html",
        form=form,
        read=read,
        found=queries.differences(actor, lines),
        states=LineState,
    )
