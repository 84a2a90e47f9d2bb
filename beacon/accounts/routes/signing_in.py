"""Signing in and out, staying signed in, and setting a password by a link."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, login
from beacon.accounts.forms import NewPasswordForm, SignInForm
from beacon.accounts.routes.ground import bp
from beacon.accounts.terms import AccountPermission
from beacon.core.errors import RuleBroken
from beacon.web.guard import open_to_all, password_given, permission_required, safe_next


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Ask for an email address and a password; start a new session."""
    wanted = safe_next(request.args.get("next"))
    if current_user.is_authenticated and request.method == "GET":
        return redirect(wanted)
    form = SignInForm()
    if form.submitted_well():
        try:
            token = commands.sign_in(
                form.email.data,
                form.password.data,
                ip=request.remote_addr or "",
                agent=request.headers.get("User-Agent", ""),
                instead_of=login.held(),
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            login.begin(token)
            whole = current_user.is_authenticated
            return redirect(wanted if whole else url_for("accounts.factor", next=wanted))
    return render_template("accounts/sign_in.html", form=form)


@bp.route("/sign-out", methods=["POST"])
@password_given
def sign_out() -> ResponseReturnValue:
    """End this session and clear what the browser kept."""
    commands.sign_out(current_user.token, actor=current_user.actor)
    login.leave()
    answer = redirect(url_for("accounts.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache","storage"'
    return answer


@bp.route("/stay", methods=["POST"])
@permission_required(AccountPermission.SIGNED_IN)
def stay() -> ResponseReturnValue:
    """Keep the session alive: the person pressed the key (WCAG 2.2.1). Asking is enough."""
    return "", 204


@bp.route("/set-password/<string:token>", methods=["GET", "POST"])
@open_to_all
def set_password(token: str) -> ResponseReturnValue:
    """Set the first password by the single-use link."""
    form = NewPasswordForm()
    if form.submitted_well():
        try:
            commands.use_setup_link(token, form.password.data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Your password is set. Sign in with it.")
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/set_password.html", form=form)
