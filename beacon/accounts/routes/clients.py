"""The administrator's pages about programs that send us referrals: let in by a token, shut out."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, queries
from beacon.accounts.forms import ClientForm
from beacon.accounts.routes.ground import bp, carried_out
from beacon.accounts.terms import AccountPermission, ClientFeed
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required, proof_required

ADMINISTER = AccountPermission.ADMINISTER


@bp.route("/admin/programs/")
@permission_required(ADMINISTER)
def clients() -> ResponseReturnValue:
    """Every program that may send us referrals, or might once."""
    return render_template("accounts/clients.html", clients=queries.clients(), today=clock.today())


@bp.route("/admin/programs/new", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
def new_client() -> ResponseReturnValue:
    """Let a program in; show its token once."""
    form = ClientForm(rate=60)
    if form.submitted_well():
        try:
            client, token = commands.make_client(
                form.name.data, _terms(form), actor=current_user.actor
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return render_template("accounts/client_made.html", client=client, token=token)
    return render_template("accounts/new_client.html", form=form)


@bp.route("/admin/programs/<int:client_id>/revoke", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
def revoke_client(client_id: int) -> ResponseReturnValue:
    """Shut a program out, from its next call on."""
    client = queries.get_client(client_id)
    form = OrderForm()
    if form.submitted_well() and carried_out(
        form, lambda: commands.revoke_client(client, actor=current_user.actor)
    ):
        flash(f"{client.name} can no longer send anything.")
        return redirect(url_for("accounts.clients"))
    return render_template("accounts/revoke_client.html", client=client, form=form)


def _terms(form: ClientForm) -> commands.Terms:
    """What the program may do, as it was typed."""
    return commands.Terms(
        feeds=[ClientFeed(word) for word in form.feeds.data or []],
        agency=form.agency.data or "",
        rate=form.rate.data or 0,
        ends_on=form.ends_on.data,
    )
