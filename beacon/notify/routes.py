"""The pages about texts: the day's texts, those that need a person, and the paper tray."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core import clock, scope
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.tray import MAIL, TEXT, Sheet
from beacon.mail import queries as mails
from beacon.notify import commands, post, queries, received, tonight
from beacon.notify.forms import SEND, DecisionForm, PauseForm
from beacon.notify.hooks import hooks
from beacon.notify.inbox import inbox, urgent_banner
from beacon.notify.readiness import banner, why_stopped
from beacon.notify.terms import Audience, NotifyPermission
from beacon.web import layout, navigation
from beacon.web.fields.reading import read_date
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required

bp = Blueprint("notify", __name__, url_prefix="/texts", template_folder="templates")
paper = Blueprint("paper", __name__, url_prefix="/paper", template_folder="templates")
READ, ACT, TRAY = NotifyPermission.READ, NotifyPermission.ACT, NotifyPermission.TRAY
FIVE_PAST_FIVE = time(17, 5)
SHEETS_AT_MOST = 200


@bp.get("/")
@permission_required(READ)
def texts() -> ResponseReturnValue:
    """The texts about one day, and whatever waits for a decision."""
    viewer, on = current_user.actor, _day_asked_for()
    rows = queries.texts_of_day(viewer, on)
    waiting = queries.for_a_person(viewer)
    audit.shown(viewer, "outbound_text", {row.id for row in (*rows, *waiting)}, ("to", "body"))
    return render_template(
        "notify/texts.html",
        on=on,
        today=clock.today(),
        rows=rows,
        waiting=waiting,
        counts=queries.counts(viewer, on),
        replies=received.waiting_counts(viewer)[0],
        why=why_stopped(),
        before=on - timedelta(days=1),
        after=on + timedelta(days=1),
    )


@bp.get("/<int:text_id>")
@permission_required(READ)
def text(text_id: int) -> ResponseReturnValue:
    """One text with everything the provider reported about it."""
    row = queries.one(current_user.actor, text_id)
    audit.shown(current_user.actor, "outbound_text", [row.id], ("to", "body"))
    return render_template(
        "notify/text.html", row=row, events=queries.events(row.id), calls=queries.calls(row.id)
    )


@bp.route("/<int:text_id>/decide", methods=["GET", "POST"])
@permission_required(ACT)
def decide(text_id: int) -> ResponseReturnValue:
    """A person decides about a text of which nobody knows whether it was sent."""
    row = queries.one(current_user.actor, text_id)
    form = DecisionForm()
    if form.submitted_well():
        order = commands.send_again if form.decision.data == SEND else commands.leave
        try:
            order(row.id, reason=form.reason.data, actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Your decision is recorded.")
            return redirect(url_for("notify.texts"))
    audit.shown(current_user.actor, "outbound_text", [row.id], ("to",))
    return render_template("notify/decide.html", row=row, form=form)


@bp.route("/pause", methods=["GET", "POST"])
@permission_required(ACT)
def pause() -> ResponseReturnValue:
    """Stop all sending until somebody resumes."""
    form = PauseForm()
    if form.submitted_well():
        commands.pause(reason=form.reason.data, actor=current_user.actor)
        flash("No texts will be sent until somebody resumes.")
        return redirect(url_for("notify.texts"))
    return render_template("notify/pause.html", form=form)


@bp.post("/resume")
@permission_required(ACT)
def resume() -> ResponseReturnValue:
    """Go on sending."""
    if OrderForm().submitted_well():
        with suppress(RuleBroken):  # why texts still stand still is told below
            commands.resume(actor=current_user.actor)
        flash(why_stopped() or "Texts are being sent again.")
    return redirect(url_for("notify.texts"))


@paper.get("/")
@permission_required(TRAY)
def tray() -> ResponseReturnValue:
    """The paper tray: what would have left, and what is planned. In the demonstration only."""
    _only_on_paper()
    sees_all = scope.may_see(current_user.actor, "people.contact")
    sheets = post.post().tray.sheets()[:SHEETS_AT_MOST]
    if not sees_all:
        sheets = _not_to_victims(sheets)
    states = queries.states_of([f"SM{sheet.token}" for sheet in sheets if sheet.kind == TEXT])
    audiences = list(Audience) if sees_all else [Audience.DEFENDANT]
    planned = queries.waiting_from(clock.today(), audiences)
    waiting = [one for one in mails.waiting() if sees_all or not one.kind]
    seen = {
        "outbound_text": [row.id for row in planned],
        "outbound_mail": [one.id for one in waiting]
        + [sheet.token for sheet in sheets if sheet.kind == MAIL],
    }
    for kind, ids in seen.items():
        audit.shown(current_user.actor, kind, ids, ("to", "body"), action="tray.shown")
    return render_template(
        "notify/tray.html", sheets=sheets, states=states, planned=planned, mails=waiting
    )


@paper.post("/run")
@permission_required(TRAY)
def run_tonight() -> ResponseReturnValue:
    """Run tonight's texts now, as at five past five. In the demonstration only."""
    _only_on_paper()
    if OrderForm().submitted_well():
        at = clock.from_london(clock.today(), FIVE_PAST_FIVE)
        run: Callable[[datetime], int] = current_app.extensions.get("beacon_tonight", tonight.run)
        done = run(at)
        flash(f"Tonight's texts were run: {done} texts. They lie in the tray below.")
    return redirect(url_for("paper.tray"))


def _not_to_victims(sheets: Sequence[Sheet]) -> list[Sheet]:
    """What lies in the tray but for what went to victims: it has their numbers on it."""
    texts = queries.to_victims([f"SM{sheet.token}" for sheet in sheets if sheet.kind == TEXT])
    numbers = [_mail_number(sheet) for sheet in sheets if sheet.kind == MAIL]
    closed = mails.of_a_kind(numbers)
    return [
        sheet
        for sheet in sheets
        if f"SM{sheet.token}" not in texts
        and not (sheet.kind == MAIL and _mail_number(sheet) in closed)
    ]


def _mail_number(sheet: Sheet) -> int:
    number = sheet.token.removeprefix("M")
    return int(number) if number.isdecimal() else 0


def _only_on_paper() -> None:
    """The tray is there only while nothing can leave."""
    config = post.post().config
    if not config.is_demo or config.texts_are_real:
        raise NotFound


def _day_asked_for() -> date:
    """The day in the address, or tomorrow, whose texts go today."""
    tomorrow = clock.today() + timedelta(days=1)
    try:
        return read_date([request.args.get("day", "")], "The day") or tomorrow
    except ValueError:
        return tomorrow


def _banner() -> str | None:
    """What the person at the page must know about texts, if texts are their work."""
    return banner() if current_user.is_authenticated and current_user.may(READ) else None


def init_app(app: Flask) -> None:
    """Register the pages and the provider's addresses, and open the way out."""
    post.init_app(app)
    for blueprint in (bp, inbox, paper, hooks):
        app.register_blueprint(blueprint)
    items = [navigation.Item("Texts", "notify.texts", READ, 60, also=("inbox",))]
    config = app.config["BEACON"]
    if config.is_demo and not config.texts_are_real:
        items.append(navigation.Item("Paper tray", "paper.tray", TRAY, 95))
    navigation.register(app, items)
    layout.add_banner(app, _banner)
    layout.add_banner(app, urgent_banner)
