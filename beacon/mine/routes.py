"""One's own tools: what was opened last, filters, one's list as a file, and a calendar."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import beside
from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Pace
from beacon.cases.routes.ground import carried_out_by
from beacon.core import clock
from beacon.mine import commands, queries
from beacon.mine.forms import ColumnsForm, LinkForm, NarrowedForm, SaveFilterForm
from beacon.mine.sheets import calendar_of, list_sheet
from beacon.mine.terms import MinePermission
from beacon.web import navigation
from beacon.web.downloads import attachment
from beacon.web.forms import OrderForm
from beacon.web.guard import open_to_all, permission_required

bp = Blueprint("mine", __name__, url_prefix="/mine", template_folder="templates")
# Read by a calendar, which signs in nowhere: its address is the secret.
feed_bp = Blueprint("calendar_feed", __name__, url_prefix="/calendar")
TOOLS = MinePermission.TOOLS
LONGEST_TOKEN = 64


@bp.route("/")
@permission_required(TOOLS)
def index() -> ResponseReturnValue:
    """The cases that this person opened last, and their own filters."""
    actor = current_user.actor
    rows = queries.recently_opened(actor)
    ids = [row.case_id for row in rows]
    audit.shown(actor, "case_file", ids, ("people.name",), action="case.listed")
    return render_template("mine/index.html", rows=rows, filters=queries.filters_of(actor))


@bp.route("/filters/new", methods=["GET", "POST"])
@permission_required(TOOLS)
def save_filter() -> ResponseReturnValue:
    """Keep the filter that the address names, under a name."""
    actor, form, narrowed = current_user.actor, SaveFilterForm(), NarrowedForm().narrowed()
    if form.submitted_well() and carried_out_by(
        form, lambda: commands.save_filter(form.name.data, narrowed, actor=actor)
    ):
        flash("The filter is kept.")
        return redirect(url_for("mine.index"))
    return render_template("mine/filter.html", form=form, narrowed=narrowed)


@bp.route("/filters/<int:filter_id>/remove", methods=["POST"])
@permission_required(TOOLS)
def remove_filter(filter_id: int) -> ResponseReturnValue:
    """Take one's own filter away."""
    actor = current_user.actor
    found = queries.get_filter(actor, filter_id)
    if OrderForm().submitted_well():
        commands.remove_filter(found, actor=actor)
        flash("The filter is removed.")
    return redirect(url_for("mine.index"))


@bp.route("/list", methods=["GET", "POST"])
@permission_required(TOOLS)
def columns() -> ResponseReturnValue:
    """Choose the columns of one's own list, and save the list as a file."""
    actor = current_user.actor
    choice = queries.choice_of(actor)
    form = ColumnsForm.of(queries.columns_of(actor), choice.version if choice else 0)
    if form.submitted_well() and carried_out_by(
        form,
        lambda: commands.choose_columns(form.chosen(), version=form.read_version, actor=actor),
    ):
        flash("Your columns are kept.")
        return redirect(url_for("mine.columns"))
    return render_template("mine/list.html", form=form, chosen=queries.columns_of(actor))


@bp.route("/list.xlsx")
@permission_required(TOOLS)
def file() -> ResponseReturnValue:
    """One's own list as a workbook: no number, no address, no word of safe contact."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.LISTS)
    rows, chosen = queries.own_cases(actor), queries.columns_of(actor)
    audit.shown(
        actor,
        "case_file",
        [row.id for row in rows],
        tuple(column.value for column in chosen),
        action="list.exported",
        operation=Operation.DISCLOSURE,
        although_none=True,
    )
    content = list_sheet(chosen, queries.cells(rows, chosen))
    return attachment(content, f"my-cases-{clock.today()}.xlsx")


@bp.route("/calendar", methods=["GET", "POST"])
@permission_required(TOOLS)
def calendar() -> ResponseReturnValue:
    """Make or renew the secret link of one's calendar; it is shown once."""
    actor, address = current_user.actor, ""
    before = queries.link_of(actor)
    form = LinkForm(with_reference=bool(before and before.with_reference))
    if form.submitted_well():
        token = commands.make_link(with_reference=bool(form.with_reference.data), actor=actor)
        address = url_for("calendar_feed.read", token=token, _external=True)
    link = queries.link_of(actor)
    return render_template("mine/calendar.html", form=form, link=link, address=address)


@bp.route("/calendar/revoke", methods=["POST"])
@permission_required(TOOLS)
def revoke() -> ResponseReturnValue:
    """Close one's calendar: its link opens nothing from now on."""
    if OrderForm().submitted_well():
        commands.revoke_link(actor=current_user.actor)
        flash("The link is revoked. It opens nothing any more.")
    return redirect(url_for("mine.calendar"))


@feed_bp.route("/<string:token>")
@open_to_all
def read(token: str) -> ResponseReturnValue:
    """The calendar of whoever holds the secret: days, hours, and words that name nobody."""
    owner = queries.owner_of(token) if len(token) <= LONGEST_TOKEN else None
    if owner is None:
        abort(404)
    actor, link = owner
    audit.shown(actor, "calendar_link", [link.id], ("days",), action="calendar_link.read")
    content = calendar_of(queries.events_of(actor), with_reference=link.with_reference)
    return Response(content, mimetype="text/calendar")


def init_app(app: Flask) -> None:
    """Register the pages, their place in the navigation, and the link on the account's page."""
    app.register_blueprint(bp)
    app.register_blueprint(feed_bp)
    beside.add("Calendar link", "mine.calendar", TOOLS)
    navigation.register(app, [navigation.Item("Recent", "mine.index", TOOLS, 11)])
