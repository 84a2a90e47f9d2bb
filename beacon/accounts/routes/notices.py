"""What the owner of an account is told at the top of their pages, until they have seen it."""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, queries
from beacon.accounts.forms import SeenForm
from beacon.accounts.models import Notice
from beacon.accounts.routes.ground import bp
from beacon.core.together import Asking, asking
from beacon.web.filters import moment
from beacon.web.guard import HOME, any_signed_in, safe_next
from beacon.web.layout import Told, add_banner


@bp.route("/notices/seen", methods=["POST"])
@any_signed_in
def seen() -> ResponseReturnValue:
    """Put away the notices that the page showed."""
    form = SeenForm()
    if form.submitted_well():
        commands.see_notices(form.upto.data, actor=current_user.actor)
    return redirect(safe_next(request.form.get("next")))


@asking
def _waiting() -> Asking[Told | None]:
    """What the person at the page must be told about their account."""
    if not current_user.is_authenticated:
        return None
    waiting = yield from queries.waiting_notices.ask(current_user.id)
    if not waiting:
        return None
    back = request.full_path.rstrip("?") if request.method == "GET" else HOME
    return Told(
        " ".join(_sentence(notice) for notice in waiting),
        address=url_for("accounts.seen"),
        button="I have seen this",
        hidden={"upto": waiting[-1].id, "next": back},
    )


def _sentence(notice: Notice) -> str:
    """A notice with its moment and, where it is known, the place."""
    place = f", from {notice.ip}" if notice.ip else ""
    return f"{moment(notice.created_at)}{place}: {notice.kind.label}"


def init_app(app: Flask) -> None:
    """Show them on every page."""
    add_banner(app, _waiting)
