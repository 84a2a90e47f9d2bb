"""The second factor: its code, a lost telephone, a new app, and proving anew who one is."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, login, queries, totp
from beacon.accounts.forms import ChangeFactorForm, CodeForm, ProveForm, RecoveryForm
from beacon.accounts.models import AuthSession
from beacon.accounts.routes.ground import bp
from beacon.core.errors import RuleBroken
from beacon.web.guard import any_signed_in, password_given, safe_next


@bp.route("/factor", methods=["GET", "POST"])
@password_given
def factor() -> ResponseReturnValue:
    """Ask for the code of the app, and complete signing in."""
    wanted = safe_next(request.args.get("next"))
    if elsewhere := _elsewhere(wanted):
        return elsewhere
    form = CodeForm()
    if form.submitted_well():
        try:
            token = commands.show_code(current_user.token, form.code.data, actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            login.take_up(token)
            return redirect(wanted)
    return render_template("accounts/factor.html", form=form, wanted=wanted)


@bp.route("/factor/recover", methods=["GET", "POST"])
@password_given
def recover() -> ResponseReturnValue:
    """Take a recovery code in the place of a lost app; it leads to a new app alone."""
    wanted = safe_next(request.args.get("next"))
    if elsewhere := _elsewhere(wanted):
        return elsewhere
    form = RecoveryForm()
    if form.submitted_well():
        try:
            token = commands.use_recovery_code(
                current_user.token, form.code.data, actor=current_user.actor
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            login.take_up(token)
            return redirect(url_for("accounts.new_factor", next=wanted))
    return render_template("accounts/recover.html", form=form, wanted=wanted)


def _elsewhere(wanted: str) -> ResponseReturnValue | None:
    """Where somebody goes from whom no code is asked: on, or first to an app of their own."""
    if not current_user.is_half:
        return redirect(wanted)
    if queries.may_enrol(_row()):
        return redirect(url_for("accounts.new_factor", next=wanted))
    return None


@bp.route("/factor/new", methods=["GET", "POST"])
@password_given
def new_factor() -> ResponseReturnValue:
    """Enrol an app: while signing in, or in the place of the one there is."""
    wanted = safe_next(request.args.get("next"))
    if refused := _not_now(wanted):
        return refused
    form = CodeForm() if current_user.is_half else ChangeFactorForm()
    here = current_user.id_hash
    offer = totp.offered(request.form.get("offered", ""), here) or totp.offer(here)
    if form.submitted_well():
        try:
            codes = _enrol(form, offer.secret)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return render_template("accounts/recovery_codes.html", codes=codes, wanted=wanted)
    picture = totp.picture(offer.secret, queries.get_staff(current_user.id).email)
    return render_template("accounts/new_factor.html", form=form, offer=offer, picture=picture)


def _not_now(wanted: str) -> ResponseReturnValue | None:
    """Where somebody goes first who may not enrol an app as things stand."""
    if not current_user.is_half and not current_user.has_proved_lately:
        back = url_for("accounts.new_factor", next=wanted)
        return redirect(url_for("accounts.prove", next=back))
    if not queries.may_enrol(_row()):
        return redirect(url_for("accounts.factor", next=wanted))
    return None


def _enrol(form: CodeForm, secret: str) -> list[str]:
    """Give the command, and go on with the session's new token."""
    token, code, actor = current_user.token, form.code.data, current_user.actor
    if current_user.is_half:
        enrolled = commands.enrol(token, secret, code, actor=actor)
        login.take_up(enrolled.token)
    else:
        password = form.password.data
        enrolled = commands.change_factor(token, secret, code, password, actor=actor)
        login.carry_on(enrolled.token)
    return enrolled.recovery_codes


@bp.route("/prove", methods=["GET", "POST"])
@any_signed_in
def prove() -> ResponseReturnValue:
    """Ask again who the person is, before something that matters (security.md A-26)."""
    wanted = safe_next(request.args.get("next"))
    has_app = queries.factor_of(current_user.id) is not None
    form = CodeForm() if has_app else ProveForm()
    if form.submitted_well():
        token, actor = current_user.token, current_user.actor
        try:
            if has_app:
                fresh = commands.prove_by_code(token, form.code.data, actor=actor)
            else:
                fresh = commands.prove_by_password(token, form.password.data, actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            login.carry_on(fresh)
            return redirect(wanted)
    return render_template("accounts/prove.html", form=form, has_app=has_app, wanted=wanted)


def _row() -> AuthSession:
    """The row of the session at the page."""
    return queries.get_session(current_user.session_id)
