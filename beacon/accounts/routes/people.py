"""The administrator's pages about one person: what they do here, their sessions, their leaving."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, leaving, queries
from beacon.accounts.forms import ChangeStaffForm, DisableForm
from beacon.accounts.models import Staff
from beacon.accounts.routes.ground import bp, carried_out, team_choices
from beacon.accounts.terms import AccountPermission
from beacon.audit import commands as audit
from beacon.core.roles import Role
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required, proof_required

ADMINISTER = AccountPermission.ADMINISTER
BE_SURE = (
    "Be sure that it is they who ask: ring them on a number that you know. They are signed out "
    "everywhere, told by mail, and set up a new app when they next sign in."
)


@bp.route("/admin/staff/<int:staff_id>")
@permission_required(ADMINISTER)
def person(staff_id: int) -> ResponseReturnValue:
    """One person: what they may do, where they are signed in, what they have in hand."""
    row = queries.get_staff(staff_id)
    audit.shown(current_user.actor, "staff", [row.id], ("name", "email", "phone", "sessions"))
    return render_template(
        "accounts/person.html",
        member=row,
        phone=queries.phone_of(row),
        is_me=row.id == current_user.id,
        sessions=queries.sessions_of(row.id, present=current_user.session_id),
        factor_since=queries.factor_since(row.id),
        is_dormant=queries.is_dormant(row),
        in_hand=leaving.held_by(row.id),
    )


@bp.route("/admin/staff/<int:staff_id>/change", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
def change_staff(staff_id: int) -> ResponseReturnValue:
    """Change roles, team, agency and last day; it holds from the next request on."""
    row = queries.get_staff(staff_id)
    form = ChangeStaffForm(
        roles=sorted(row.roles),
        team=row.team.name if row.team else "",
        agency=row.agency or "",
        ends_on=row.ends_on,
    )
    form.team.choices = team_choices()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.change_staff(
            row,
            roles=[Role(word) for word in form.roles.data or []],
            team=form.team.data,
            agency=form.agency.data,
            ends_on=form.ends_on.data,
            actor=current_user.actor,
        ),
    ):
        flash("Changed. It holds from their next page on.")
        held = leaving.held_by(row.id)
        if row.ends_on and held:
            flash(
                f"{row.name} still has {leaving.in_words(held)}. Ask their team leader to hand "
                "them over before the last day.",
                "error",
            )
        return _to(row)
    audit.shown(current_user.actor, "staff", [row.id], ("name", "roles"))
    return render_template("accounts/change_staff.html", member=row, form=form)


@bp.post("/admin/staff/<int:staff_id>/end-sessions")
@permission_required(ADMINISTER)
def end_sessions(staff_id: int) -> ResponseReturnValue:
    """Sign a person out everywhere; one's own browser stays signed in."""
    row = queries.get_staff(staff_id)
    if OrderForm().submitted_well():
        if row.id == current_user.id:
            commands.end_other_sessions(row, current_user.token, actor=current_user.actor)
        else:
            commands.end_sessions(row, actor=current_user.actor)
        flash(f"{row.name} is signed out everywhere{' else' if row.id == current_user.id else ''}.")
    return _to(row)


@bp.route("/admin/staff/<int:staff_id>/disable", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
def disable(staff_id: int) -> ResponseReturnValue:
    """Stop a person from signing in; what they have in hand must be handed over first."""
    row = queries.get_staff(staff_id)
    form = DisableForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.disable(row, reason=form.reason.data or "", actor=current_user.actor),
    ):
        flash(f"{row.name} can no longer sign in.")
        return _to(row)
    audit.shown(current_user.actor, "staff", [row.id], ("name",))
    in_hand = leaving.held_by(row.id)
    return render_template("accounts/disable.html", member=row, form=form, in_hand=in_hand)


@bp.route("/admin/staff/<int:staff_id>/enable", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
def enable(staff_id: int) -> ResponseReturnValue:
    """Let a person sign in again."""
    row = queries.get_staff(staff_id)
    form = OrderForm()
    if form.submitted_well() and carried_out(
        form, lambda: commands.enable(row, actor=current_user.actor)
    ):
        flash(f"{row.name} may sign in again, once they have set a password.")
        return _to(row)
    words = "They need a new password: send them an invitation afterwards."
    return _ask(row, form, f"Let {row.name} sign in again", words)


@bp.route("/admin/staff/<int:staff_id>/factor", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
def take_off_factor(staff_id: int) -> ResponseReturnValue:
    """Take a lost authenticator app off an account."""
    row = queries.get_staff(staff_id)
    form = OrderForm()
    if form.submitted_well() and carried_out(
        form, lambda: commands.reset_factor(row, actor=current_user.actor)
    ):
        flash(f"{row.name} sets up a new authenticator app with the next sign-in.")
        return _to(row)
    return _ask(row, form, f"Take the authenticator app off the account of {row.name}", BE_SURE)


@bp.route("/admin/staff/<int:staff_id>/invite", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
def invite(staff_id: int) -> ResponseReturnValue:
    """Give a person a new single-use link that sets their password."""
    row = queries.get_staff(staff_id)
    form = OrderForm()
    if form.submitted_well():
        link = commands.invite(row, actor=current_user.actor)
        return render_template("accounts/invited.html", member=row, link=link)
    audit.shown(current_user.actor, "staff", [row.id], ("name",))
    return render_template("accounts/invite.html", member=row, form=form)


def _ask(row: Staff, form: OrderForm, heading: str, words: str) -> ResponseReturnValue:
    """Ask whether it is meant."""
    audit.shown(current_user.actor, "staff", [row.id], ("name",))
    return render_template(
        "accounts/order.html", member=row, form=form, heading=heading, words=words
    )


def _to(row: Staff) -> ResponseReturnValue:
    return redirect(url_for("accounts.person", staff_id=row.id))
