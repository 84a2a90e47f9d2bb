"""One's own account: sessions, password, address, second factor, and declared contacts."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import beside, commands, login, queries
from beacon.accounts.forms import ChangeEmailForm, ChangePasswordForm, DeclareForm
from beacon.accounts.routes.ground import bp
from beacon.accounts.terms import AccountPermission
from beacon.audit import commands as audit
from beacon.core.errors import RuleBroken
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required, proof_required

SIGNED_IN = AccountPermission.SIGNED_IN


@bp.route("/account/")
@permission_required(SIGNED_IN)
def own() -> ResponseReturnValue:
    """One's own account, and every browser in which one is signed in."""
    me = current_user.id
    person = queries.get_staff(me)
    sessions = queries.sessions_of(me, present=current_user.session_id)
    audit.shown(
        current_user.actor,
        "staff",
        [me],
        ("name", "email", "phone", "sessions"),
        action="account.shown",
    )
    return render_template(
        "accounts/own.html",
        member=person,
        phone=queries.phone_of(person),
        sessions=sessions,
        factor_since=queries.factor_since(me),
        factor_page=url_for("accounts.new_factor", next=url_for("accounts.own")),
        beside=[one for one in beside.pages() if current_user.may(one.permission)],
    )


@bp.post("/account/sessions/<int:session_id>/end")
@permission_required(SIGNED_IN)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out one of one's own browsers."""
    if OrderForm().submitted_well():
        me = queries.get_staff(current_user.id)
        commands.end_session(me, session_id, actor=current_user.actor)
        flash("That browser is signed out.")
    return redirect(url_for("accounts.own"))


@bp.post("/account/sessions/end-others")
@permission_required(SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """Sign out every browser of one's own but this one."""
    if OrderForm().submitted_well():
        me = queries.get_staff(current_user.id)
        commands.end_other_sessions(me, current_user.token, actor=current_user.actor)
        flash("Every other browser is signed out.")
    return redirect(url_for("accounts.own"))


@bp.route("/account/password", methods=["GET", "POST"])
@permission_required(SIGNED_IN)
@proof_required
def change_password() -> ResponseReturnValue:
    """Change one's own password; every other session ends, this one gets a new token."""
    form = ChangePasswordForm()
    if form.submitted_well():
        try:
            token = commands.change_password(
                queries.get_staff(current_user.id),
                current=form.current_password.data,
                password=form.password.data,
                token=current_user.token,
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            login.carry_on(token)
            flash("Your password is changed. You are signed out everywhere else.")
            return redirect(url_for("accounts.own"))
    return render_template("accounts/change_password.html", form=form)


@bp.route("/account/email", methods=["GET", "POST"])
@permission_required(SIGNED_IN)
@proof_required
def change_email() -> ResponseReturnValue:
    """Change the address by which one signs in; the old one is told."""
    form = ChangeEmailForm()
    if form.submitted_well():
        try:
            commands.change_email(
                queries.get_staff(current_user.id),
                current=form.current_password.data,
                email=form.email.data,
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Your email address is changed. Sign in with it from now on.")
            return redirect(url_for("accounts.own"))
    return render_template("accounts/change_email.html", form=form)


@bp.route("/account/declared")
@permission_required(SIGNED_IN)
def declared() -> ResponseReturnValue:
    """Whom one has declared: shown to their author alone."""
    rows = queries.declared_by(current_user.id)
    audit.shown(current_user.actor, "declared_contact", [row.id for row in rows], ("facts",))
    return render_template("accounts/declared.html", rows=rows)


@bp.route("/account/declared/new", methods=["GET", "POST"])
@permission_required(SIGNED_IN)
def declare() -> ResponseReturnValue:
    """Declare a person, a number or a home that one must not meet here."""
    form = DeclareForm()
    if form.submitted_well():
        try:
            me = queries.get_staff(current_user.id)
            commands.declare(me, form.declaration(), actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Declared. Beacon will not open their record for you.")
            return redirect(url_for("accounts.declared"))
    return render_template("accounts/declare.html", form=form)


@bp.route("/account/declared/<int:declared_id>/withdraw", methods=["GET", "POST"])
@permission_required(SIGNED_IN)
@proof_required
def withdraw(declared_id: int) -> ResponseReturnValue:
    """Ask to take back what one declared; somebody else decides it."""
    one = queries.one_declared(current_user.id, declared_id)
    form = OrderForm()
    if form.submitted_well():
        me = queries.get_staff(current_user.id)
        commands.ask_to_withdraw(me, declared_id, actor=current_user.actor)
        flash("Asked. What you declared stands until somebody else has agreed.")
        return redirect(url_for("accounts.declared"))
    audit.shown(current_user.actor, "declared_contact", [one.id], ("facts",))
    return render_template("accounts/withdraw.html", one=one, form=form)
