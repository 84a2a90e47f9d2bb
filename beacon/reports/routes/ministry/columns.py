"""The columns of the return: an administrator adds, changes and ends them; old versions stay."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.reports import commands
from beacon.reports.queries import returning
from beacon.reports.return_forms import ColumnForm, EndColumnForm
from beacon.reports.routes.ministry.ground import PUBLISHED, SET_RETURN, bp
from beacon.reports.rules.countable import COUNTABLE
from beacon.web.forms import BeaconForm
from beacon.web.guard import permission_required, proof_required


@bp.route("/columns")
@permission_required(SET_RETURN)
def columns() -> ResponseReturnValue:
    """Every column, and the versions that were in force before."""
    today = clock.today()
    rows = returning.all_columns()
    over = [row for row in rows if row.until_on and row.until_on < today]
    return render_template(
        "reports/return_columns.html",
        rows=[row for row in rows if row not in over],
        over=[row for row in over if row.was_in_force],
        countable=COUNTABLE,
        today=today,
        may_read=current_user.may(PUBLISHED),
    )


@bp.route("/columns/new", methods=["GET", "POST"])
@permission_required(SET_RETURN)
@proof_required
def add() -> ResponseReturnValue:
    """Add a column."""
    form = ColumnForm(from_on=clock.today())
    if form.submitted_well() and _taken(
        form, lambda: commands.add_column(form.given(), actor=current_user.actor), "Column added."
    ):
        return redirect(url_for("ministry.columns"))
    return render_template("reports/return_column.html", form=form, row=None)


@bp.route("/columns/<int:column_id>", methods=["GET", "POST"])
@permission_required(SET_RETURN)
@proof_required
def change(column_id: int) -> ResponseReturnValue:
    """Change a column from a day; until then it stays as it is."""
    row = returning.get_column(column_id)
    form = ColumnForm.of(row)
    if form.submitted_well() and _taken(
        form,
        lambda: commands.change_column(row, form.given(), actor=current_user.actor),
        "Column changed.",
    ):
        return redirect(url_for("ministry.columns"))
    return render_template("reports/return_column.html", form=form, row=row)


@bp.route("/columns/<int:column_id>/end", methods=["GET", "POST"])
@permission_required(SET_RETURN)
@proof_required
def end(column_id: int) -> ResponseReturnValue:
    """Leave a column out after a day."""
    row = returning.get_column(column_id)
    form = EndColumnForm(until_on=clock.today())
    if form.submitted_well() and _taken(
        form,
        lambda: commands.end_column(row, form.given(), actor=current_user.actor),
        "Column ended.",
    ):
        return redirect(url_for("ministry.columns"))
    return render_template("reports/return_end.html", form=form, row=row)


def _taken(form: BeaconForm, order: Callable[[], object], words: str) -> bool:
    """Give the order; say it was done, or put the refusal by its box and keep the answers."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    flash(words)
    return True
