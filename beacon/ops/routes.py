"""Alive and ready, for a machine that watches; figures for Prometheus. No details to strangers."""

from __future__ import annotations

import hmac

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from beacon.core import clock, timetable
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.together import Asking, asking
from beacon.ops import checks
from beacon.web.guard import open_to_all
from beacon.web.layout import add_banner

bp = Blueprint("ops", __name__)
LOOPBACK = {"127.0.0.1", "::1"}


@bp.route("/healthz")
@open_to_all
def healthz() -> ResponseReturnValue:
    """Alive: answers without the database."""
    return Response("alive\n", mimetype="text/plain")


@bp.route("/readyz")
@open_to_all
def readyz() -> ResponseReturnValue:
    """Ready: database, schema, journal and the scheduler's heartbeat; which of them is not said."""
    if any(finding.state != "ok" for finding in checks.look(checks.READY)):
        return Response("not ready\n", 503, mimetype="text/plain")
    is_well = all(finding.state == "ok" for finding in checks.look(checks.ADVISED))
    return Response("ready\n" if is_well else "ready, with warnings\n", mimetype="text/plain")


@bp.route("/metrics")
@open_to_all
def metrics() -> ResponseReturnValue:
    """Figures without people, to this machine or to whoever holds the token."""
    token = current_app.config["BEACON"].metrics_token
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    holds = bool(token) and hmac.compare_digest(shown.encode(), token.encode())
    if not holds and (token or request.remote_addr not in LOOPBACK):
        abort(404)
    registry = CollectorRegistry()
    gauge = Gauge(
        "beacon_check_ok", "1 where the check found nothing wrong", ["check"], registry=registry
    )
    for finding in checks.look((*checks.READY, *checks.ADVISED)):
        gauge.labels(finding.name).set(finding.state == "ok")
    try:
        last = timetable.last_finished()
    except sa.exc.SQLAlchemyError:  # the figure of the database says it
        db.session.rollback()
        last = None
    if last is not None:
        age = (clock.now() - last).total_seconds()
        Gauge("beacon_scheduler_age_seconds", "Since a job last ended", registry=registry).set(age)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@asking
def late_scheduler() -> Asking[str | None]:
    """What everyone is told while the scheduler sleeps, or hangs."""
    last = yield from timetable.last_finished.ask()
    if last is not None and not checks.is_late(last):
        return None
    return "The scheduler is not running: reminders and texts are waiting. Tell your administrator."


def failing_jobs() -> str | None:
    """What administrators are told while a job fails again and again."""
    if not current_user.is_authenticated or Role.ADMINISTRATOR not in current_user.actor.roles:
        return None
    found = checks.jobs()
    return None if found.state == "ok" else f"Jobs of the scheduler {found.words}."


def init_app(app: Flask) -> None:
    """Register the addresses, and the banners that show while the scheduler sleeps or fails."""
    app.register_blueprint(bp)
    add_banner(app, late_scheduler)
    add_banner(app, failing_jobs)
