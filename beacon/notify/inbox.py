"""The pages about what comes back: the inbox of replies, and the numbers that are not texted.

For the court officer alone, and reached from no page about a victim (domain.md RULE 5.6). What
somebody wrote is hidden until it is asked for, and that is written down.
"""

from __future__ import annotations

from typing import Any  # the parts of an address

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core.errors import RuleBroken
from beacon.notify import commands, received
from beacon.notify.forms import LiftForm, ReplyForm
from beacon.notify.models import InboundReply, OutboundText
from beacon.notify.post import post
from beacon.notify.readiness import answers_who_cannot_come
from beacon.notify.terms import NotifyPermission
from beacon.web.guard import permission_required

inbox = Blueprint("inbox", __name__, url_prefix="/texts", template_folder="templates")
READ, ACT = NotifyPermission.READ, NotifyPermission.ACT
PLACES = "beacon_text_places"


@inbox.get("/replies")
@permission_required(READ)
def replies() -> ResponseReturnValue:
    """Every reply that waits for a person, and those dealt with lately; without their words."""
    viewer = current_user.actor
    waiting, handled = received.waiting(viewer), received.handled_lately(viewer)
    audit.shown(viewer, "inbound_reply", [row.id for row in (*waiting, *handled)], ("sender",))
    return render_template(
        "notify/replies.html",
        waiting=waiting,
        handled=handled,
        two_way=post().config.two_way,
        answers=answers_who_cannot_come(),
    )


@inbox.route("/replies/<int:reply_id>", methods=["GET", "POST"])
@permission_required(ACT)
def reply(reply_id: int) -> ResponseReturnValue:
    """One reply, its words hidden; and what a person did about it."""
    row = received.one_reply(current_user.actor, reply_id)
    form = ReplyForm()
    if form.submitted_well():
        try:
            commands.handle_reply(
                row.id, note=form.note.data, flag=form.flag(), actor=current_user.actor
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("The reply is dealt with.")
            return redirect(url_for("inbox.replies"))
    audit.shown(current_user.actor, "inbound_reply", [row.id], ("sender", "note"))
    return _page(row, form)


@inbox.post("/replies/<int:reply_id>/words")
@permission_required(ACT)
def words(reply_id: int) -> ResponseReturnValue:
    """The same page with what the person wrote; who asked for it is written down first."""
    row = received.one_reply(current_user.actor, reply_id)
    fields = ("sender", "words", "note")
    audit.shown(current_user.actor, "inbound_reply", [row.id], fields, action="reply.read")
    return _page(row, ReplyForm(formdata=None), words=row.words)


@inbox.get("/numbers")
@permission_required(READ)
def numbers() -> ResponseReturnValue:
    """The numbers that are not texted: since when, how we know, and who let one go again."""
    viewer = current_user.actor
    rows = received.numbers(viewer)
    audit.shown(viewer, "suppressed_number", [row.id for row in rows], ("number", "because"))
    return render_template(
        "notify/numbers.html",
        stopped=[row for row in rows if row.lifted_at is None],
        again=[row for row in rows if row.lifted_at is not None],
        place=place_of,
    )


@inbox.route("/numbers/<int:number_id>/lift", methods=["GET", "POST"])
@permission_required(ACT)
def lift(number_id: int) -> ResponseReturnValue:
    """Text a number again, with the reason of the person who says so."""
    row = received.one_number(current_user.actor, number_id)
    form = LiftForm()
    if form.submitted_well():
        try:
            commands.lift_number(row.id, because=form.because.data, actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("The number is texted again.")
            return redirect(url_for("inbox.numbers"))
    audit.shown(current_user.actor, "suppressed_number", [row.id], ("number",))
    return render_template("notify/lift.html", row=row, form=form)


def leads_to(app: Flask, kind: str, endpoint: str, argument: str) -> None:
    """Say which page shows what a kind of text is about, so that a number can be corrected."""
    app.extensions.setdefault(PLACES, {})[kind] = (endpoint, argument)


def place_of(text: OutboundText | None) -> str:
    """The address of the page of what a text is about; empty where there is none."""
    places: dict[str, tuple[str, str]] = current_app.extensions.get(PLACES, {})
    if text is None or text.kind not in places:
        return ""
    endpoint, argument = places[text.kind]
    which: dict[str, Any] = {argument: text.about_id}
    return url_for(endpoint, **which)


def urgent_banner() -> str | None:
    """What a court officer must know on every page: that somebody wrote of harm."""
    if not current_user.is_authenticated or not current_user.may(READ):
        return None
    urgent = received.waiting_counts(current_user.actor)[1]
    if not urgent:
        return None
    said = "1 reply must" if urgent == 1 else f"{urgent} replies must"
    return f"{said} be read at once. Open Texts, then Replies."


def _page(row: InboundReply, form: ReplyForm, *, words: str | None = None) -> str:
    return render_template(
        "notify/reply.html",
        reply=row,
        form=form,
        words=words,
        more=received.not_kept(row),
        place=place_of(row.text),
    )
