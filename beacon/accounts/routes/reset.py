"""A forgotten password: one answer for everybody, and a link by mail for who has an account."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from beacon.accounts import commands
from beacon.accounts.forms import ForgottenForm
from beacon.accounts.routes.ground import bp
from beacon.core import settings
from beacon.web.guard import open_to_all


@bp.route("/forgotten-password", methods=["GET", "POST"])
@open_to_all
def forgotten_password() -> ResponseReturnValue:
    """Ask where to send a link; the answer tells nobody whether there is such an account."""
    form = ForgottenForm()
    if form.submitted_well():
        commands.ask_for_reset(form.email.data, ip=request.remote_addr or "")
        minutes = settings.count("accounts.reset_minutes")
        return render_template("accounts/reset_asked.html", minutes=minutes)
    return render_template("accounts/forgotten_password.html", form=form)
