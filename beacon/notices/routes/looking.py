"""What is written to victims: the list, with why each is held; and one of them, to be settled."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.errors import RuleBroken
from beacon.notices import commands, queries
from beacon.notices.forms import TOLD, NoticesForm, SettleForm
from beacon.notices.routes.ground import bp
from beacon.notices.terms import NoticePermission, NoticeState
from beacon.people import queries as people
from beacon.web import cursors
from beacon.web.guard import permission_required

SHOWN = ("people.name", "people.contact", "people.safe_contact")


@bp.get("/")
@permission_required(NoticePermission.READ)
def index() -> ResponseReturnValue:
    """What is held and why, what is on its way, and what came of it."""
    actor, form = current_user.actor, NoticesForm()
    well = form.asked_well()
    asked = queries.Notices(
        viewer=actor,
        state=form.state.data if well else NoticeState.HELD,
        kind=form.kind.data if well else None,
        because=form.because.data if well else None,
    )
    audit.keep_pace(actor, Pace.CASES)
    page = asked.page(cursors.asked_for())
    audit.shown(actor, "victim_notice", [row.id for row in page], ("people.name",))
    return render_template("notices/index.html", form=form, page=page, counts=queries.counts(actor))


@bp.route("/<int:notice_id>", methods=["GET", "POST"])
@permission_required(NoticePermission.SETTLE)
def show(notice_id: int) -> ResponseReturnValue:
    """One of them: why it is held, and what a person did instead."""
    actor = current_user.actor
    notice = queries.get_notice(actor, notice_id)
    form = SettleForm(version=str(notice.version))
    if form.submitted_well():
        order = commands.told if form.outcome.data == TOLD else commands.not_needed
        try:
            order(notice, words=form.words.data or "", version=form.read_version, actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
            form.version.typed = str(notice.version)
        else:
            flash("That is recorded.")
            return redirect(url_for("notices.index", state=NoticeState.HELD.value))
    audit.keep_pace(actor, Pace.CASES)
    audit.shown(actor, "victim_notice", [notice.id], SHOWN)
    audit.shown(actor, "victim", [notice.victim_id], SHOWN, action="victim.contact_shown")
    return render_template(
        "notices/show.html",
        notice=notice,
        form=form,
        card=people.contact_card(actor, notice.victim),
        words=queries.words_of(notice),
    )
