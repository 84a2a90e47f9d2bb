"""The directory of firms: how their fraud teams are reached, and who checked it when."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core import clock, settings
from beacon.core.errors import RuleBroken
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import BankForm
from beacon.fraud_hub.routes.ground import READ, WORK, bp
from beacon.fraud_hub.standards import CHECK
from beacon.web import cursors, versions
from beacon.web.guard import permission_required
from beacon.web.versions import VersionedForm


@bp.route("/banks/")
@permission_required(READ)
def banks() -> ResponseReturnValue:
    """The firms by name."""
    page = queries.banks_page(current_user.actor, cursors.asked_for())
    return render_template("fraud_hub/banks.html", page=page, may_work=current_user.may(WORK))


@bp.route("/banks/<int:bank_id>")
@permission_required(READ)
def show_bank(bank_id: int) -> ResponseReturnValue:
    """What is known of one firm."""
    bank = queries.get_bank(current_user.actor, bank_id)
    return render_template(
        "fraud_hub/bank.html",
        bank=bank,
        is_stale=(clock.today() - bank.checked_on).days > settings.count(CHECK),
        may_work=current_user.may(WORK),
    )


@bp.route("/banks/new", methods=["GET", "POST"])
@permission_required(WORK)
def add_bank() -> ResponseReturnValue:
    """Put a firm into the directory."""
    form = BankForm()
    if form.submitted_well() and versions.carried_out(
        form,
        lambda: commands.add_bank(form.given(), actor=current_user.actor),
        lambda: BankForm(formdata=None),
    ):
        flash("The firm is in the directory.")
        return redirect(url_for("fraud_hub.banks"))
    return render_template("fraud_hub/change_bank.html", form=form, bank=None)


@bp.route("/banks/<int:bank_id>/change", methods=["GET", "POST"])
@permission_required(WORK)
def change_bank(bank_id: int) -> ResponseReturnValue:
    """Change what the directory says of a firm."""
    bank = queries.get_bank(current_user.actor, bank_id)
    form = BankForm.of(bank)
    if form.submitted_well() and versions.carried_out(
        form,
        lambda: commands.change_bank(
            bank, form.given(), version=form.read_version, actor=current_user.actor
        ),
        lambda: BankForm.of(bank, formdata=None),
    ):
        flash("The directory is changed.")
        return redirect(url_for("fraud_hub.show_bank", bank_id=bank_id))
    return render_template("fraud_hub/change_bank.html", form=form, bank=bank)


@bp.post("/banks/<int:bank_id>/checked")
@permission_required(WORK)
def check_bank(bank_id: int) -> ResponseReturnValue:
    """Say that what stands there was checked and still holds."""
    bank, form = queries.get_bank(current_user.actor, bank_id), VersionedForm()
    if form.submitted_well():
        try:
            commands.check_bank(bank, version=form.read_version, actor=current_user.actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("Checked today.")
    return redirect(url_for("fraud_hub.show_bank", bank_id=bank_id))
