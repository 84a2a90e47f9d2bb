"""Signing in and out, one's own account, and the administrator's pages."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from beacon.accounts import commands, login, queries
from beacon.accounts.forms import NewPasswordForm, SettingForm, SignInForm, StaffForm
from beacon.accounts.terms import AccountPermission
from beacon.audit import commands as audit
from beacon.core import settings
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.web import layout, navigation
from beacon.web.guard import open_to_all, permission_required, safe_next

bp = Blueprint("accounts", __name__, template_folder="templates")
ADMINISTER = AccountPermission.ADMINISTER


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
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            login_user(login.load(token))
            return redirect(wanted)
    return render_template("accounts/sign_in.html", form=form)


@bp.route("/sign-out", methods=["POST"])
@permission_required(AccountPermission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session and clear what the browser kept."""
    commands.sign_out(current_user.token, actor=current_user.actor)
    logout_user()
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


@bp.route("/admin/")
@permission_required(ADMINISTER)
def admin() -> ResponseReturnValue:
    """Everybody with an account, and the settings."""
    people = queries.everyone()
    audit.shown(current_user.actor, "staff", [person.id for person in people], ("name", "email"))
    return render_template("accounts/admin.html", people=people, known=settings.KNOWN)


@bp.route("/admin/staff/new", methods=["GET", "POST"])
@permission_required(ADMINISTER)
def new_staff() -> ResponseReturnValue:
    """Make an account; show the single-use link once."""
    form = StaffForm()
    names = [team.name for team in queries.teams()]
    form.team.choices = [("", "No team"), *((name, name) for name in names)]
    if form.submitted_well():
        try:
            person = commands.create_staff(
                email=form.email.data,
                name=form.name.data,
                roles=[Role(word) for word in form.roles.data or []],
                team=form.team.data,
                agency=form.agency.data,
                actor=current_user.actor,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            token = commands.issue_setup_link(person, actor=current_user.actor)
            link = url_for("accounts.set_password", token=token, _external=True)
            return render_template("accounts/invited.html", person=person, link=link)
    return render_template("accounts/new_staff.html", form=form)


@bp.route("/admin/staff/<int:staff_id>/disable", methods=["POST"])
@permission_required(ADMINISTER)
def disable(staff_id: int) -> ResponseReturnValue:
    """Stop a person from signing in."""
    person = queries.get_staff(staff_id)
    try:
        commands.disable(person, actor=current_user.actor)
    except RuleBroken as refusal:
        flash(refusal.message, "error")
    else:
        flash(f"{person.name} can no longer sign in.")
    return redirect(url_for("accounts.admin"))


@bp.route("/admin/settings/<string:name>", methods=["GET", "POST"])
@permission_required(ADMINISTER)
def setting(name: str) -> ResponseReturnValue:
    """Change one setting."""
    if name not in settings.KNOWN:
        raise NotFound
    form = SettingForm(text=settings.value(name))
    if form.submitted_well():
        try:
            commands.change_setting(name, form.text.data, actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash("Setting changed.")
            return redirect(url_for("accounts.admin"))
    return render_template(
        "accounts/setting.html", form=form, name=name, known=settings.KNOWN[name]
    )


def init_app(app: Flask) -> None:
    """Register the pages and put the administrator's in the navigation."""
    login.init_app(app)
    app.register_blueprint(bp)
    app.add_template_global(settings.value, "setting_value")
    layout.warn_of_idling(
        app, lambda: 60 * settings.count("accounts.idle_minutes"), "accounts.stay"
    )
    navigation.register(app, [navigation.Item("Administration", "accounts.admin", ADMINISTER, 90)])
