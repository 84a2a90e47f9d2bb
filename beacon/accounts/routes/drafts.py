"""What is being typed: taken in while its author types, thrown away when they say so."""

from __future__ import annotations

import json
import logging

import sqlalchemy as sa
from flask import Flask, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, login, queries
from beacon.accounts.routes.ground import bp
from beacon.accounts.terms import AccountPermission
from beacon.core.actor import Actor
from beacon.core.errors import RuleBroken
from beacon.web import drafts
from beacon.web.guard import permission_required, safe_next

log = logging.getLogger(__name__)


@bp.route("/drafts", methods=["POST"])
@permission_required(AccountPermission.SIGNED_IN)
def keep_draft() -> ResponseReturnValue:
    """Keep what a person is typing. They are at work: their session goes on."""
    path, fields = drafts.sent()
    if not drafts.may_be_kept(path):
        raise RuleBroken("What is typed there is not kept.")
    if fields:
        commands.keep_draft(path, fields, actor=current_user.actor)
    else:
        commands.throw_draft_away(path, actor=current_user.actor)
    return "", 204


@bp.route("/drafts/throw-away", methods=["POST"])
@permission_required(AccountPermission.SIGNED_IN)
def throw_draft_away() -> ResponseReturnValue:
    """Throw away what was typed on a page, and open the page anew."""
    path = request.form.get(drafts.PLACE, "")
    commands.throw_draft_away(path, actor=current_user.actor)
    return redirect(safe_next(path))


def _keep(path: str, fields: drafts.Fields) -> bool:
    """Keep what was sent after the end of a session; whether no word is lost."""
    if current_user.is_authenticated:
        return _is_kept(path, fields, current_user.actor)
    row = queries.session_of(commands.digest(login.held()))
    if row is None:
        return True  # nobody whose words they could be
    asked = login.factor_needed(current_app.config["BEACON"])
    if not queries.only_timed_out(row, factor_is_asked=asked):
        return False  # whoever sent them has them shown, and nothing is written
    return _is_kept(path, fields, Actor(kind="staff", name=row.staff.name, id=row.staff_id))


def _is_kept(path: str, fields: drafts.Fields, author: Actor) -> bool:
    try:
        commands.keep_draft(path, fields, actor=author)
    except RuleBroken:
        return False
    return True


def _kept(path: str) -> drafts.Fields | None:
    """What the person at the page had typed on it."""
    draft = queries.draft_of(current_user.id, path)
    return [(name, text) for name, text in json.loads(draft.body)] if draft else None


def _drop(path: str) -> None:
    """Drop what was carried out. The form was saved, whatever becomes of its draft."""
    try:
        if queries.draft_of(current_user.id, path):
            commands.throw_draft_away(path, actor=current_user.actor)
    except sa.exc.SQLAlchemyError:
        log.warning("a draft that was carried out could not be removed")


def init_app(app: Flask) -> None:
    """Keep what is typed on every page with a form."""
    keeping = drafts.Keeping(
        keep=_keep,
        kept=_kept,
        drop=_drop,
        endpoint="accounts.keep_draft",
        forget_endpoint="accounts.throw_draft_away",
    )
    drafts.keep_by(app, keeping)
