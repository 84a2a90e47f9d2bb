"""Coming back by a private link, deleting what was written, and leaving at once."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from beacon.core import settings
from beacon.core.errors import NotFound, RuleBroken
from beacon.self_referrals import commands, rules
from beacon.self_referrals.forms import CodeForm, DeleteForm, SaveForm
from beacon.self_referrals.routes.ground import (
    ELSEWHERE,
    bp,
    forget,
    hold,
    to_start,
    token,
    unsent,
)
from beacon.web.guard import open_to_all

NOT_OPENED = (
    "That code does not open anything. Check it. It stops working after some days, and once what "
    "you wrote is sent or deleted."
)


@bp.route("/save", methods=["GET", "POST"])
@open_to_all
def save() -> ResponseReturnValue:
    """Make a private link, shown once: where to go on later, on any telephone or computer."""
    written = unsent()
    if written is None:
        return to_start()
    form, onward = SaveForm(), url_for("self_referrals.check")
    if form.submitted_well():
        saved = commands.save(token())
        return render_template(
            "self_referrals/saved.html",
            code=rules.grouped(saved.code),
            link=url_for("self_referrals.come_back", code=saved.code, _external=True),
            until=saved.expires_at,
            onward=onward,
        )
    return render_template(
        "self_referrals/save.html",
        form=form,
        days=settings.count("refer.saved_days"),
        is_saved=written.is_saved,
        onward=onward,
    )


@bp.route("/return", methods=["GET", "POST"])
@bp.route("/return/<string:code>", methods=["GET", "POST"])
@open_to_all
def come_back(code: str = "") -> ResponseReturnValue:
    """Go on with what was written before. Opening the link alone opens nothing."""
    form = CodeForm(code=rules.grouped(rules.compared(code)))
    if form.submitted_well():
        try:
            opened = commands.open_saved(form.code.data, ip=request.remote_addr or "")
        except NotFound:
            form.refuse(RuleBroken(NOT_OPENED, field="code"))
        else:
            hold(opened)
            return redirect(url_for("self_referrals.check"))
    return render_template("self_referrals/come_back.html", form=form, by_link=bool(code))


@bp.route("/delete", methods=["GET", "POST"])
@open_to_all
def delete() -> ResponseReturnValue:
    """Delete every word of it."""
    form = DeleteForm()
    if form.submitted_well():
        commands.delete(token())
        forget()
        return render_template("self_referrals/deleted.html")
    if unsent() is None:
        return to_start()
    return render_template("self_referrals/delete.html", form=form)


@bp.route("/leave")
@open_to_all
def leave() -> ResponseReturnValue:
    """Somewhere harmless, at once: this browser forgets what was written in it."""
    forget()
    return "", 302, {"Location": ELSEWHERE}  # no page of ours on the way


@bp.route("/hide")
@open_to_all
def hide() -> ResponseReturnValue:
    """How to keep it to oneself that one was here."""
    return render_template("self_referrals/hide.html")


@bp.route("/privacy")
@open_to_all
def privacy() -> ResponseReturnValue:
    """What becomes of what somebody writes."""
    return render_template(
        "self_referrals/privacy.html",
        hours=settings.count("refer.unsaved_hours"),
        days=settings.count("refer.saved_days"),
    )
