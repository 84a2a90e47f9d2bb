"""The administrator's pages: everybody with an account, how safe that is, and the settings."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, denylist, queries, security_page
from beacon.accounts.forms import SettingForm, StaffForm
from beacon.accounts.routes.ground import bp, team_choices
from beacon.accounts.terms import AccountPermission
from beacon.audit import commands as audit
from beacon.core import settings
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required, proof_required

ADMINISTER = AccountPermission.ADMINISTER


@bp.route("/admin/")
@permission_required(ADMINISTER)
def admin() -> ResponseReturnValue:
    """Everybody with an account, and the settings."""
    people = queries.everyone()
    audit.shown(current_user.actor, "staff", [person.id for person in people], ("name", "email"))
    dormant = {one.id for one in people if not one.disabled_at and queries.is_dormant(one)}
    return render_template(
        "accounts/admin.html", people=people, dormant=dormant, known=settings.KNOWN
    )


@bp.route("/admin/staff/new", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
def new_staff() -> ResponseReturnValue:
    """Make an account; show the single-use link once."""
    form = StaffForm()
    form.team.choices = team_choices()
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
            link = commands.invite(person, actor=current_user.actor)
            return render_template("accounts/invited.html", member=person, link=link)
    return render_template("accounts/new_staff.html", form=form)


@bp.route("/admin/security")
@permission_required(ADMINISTER)
def security() -> ResponseReturnValue:
    """How safe the accounts are: the deny list, sessions, locks, second factors, old accounts."""
    watch = queries.watch()
    named = {one.id for one in (*watch.locked, *watch.without_factor, *watch.dormant)}
    audit.shown(current_user.actor, "staff", sorted(named), ("name",), action="security.shown")
    return render_template(
        "accounts/security.html",
        watch=watch,
        deny_list=denylist.standing(),
        lines=security_page.lines(),
        factor_is_asked=not current_app.config["BEACON"].is_demo,
    )


@bp.post("/admin/security/end-sessions")
@permission_required(ADMINISTER)
def end_every_session() -> ResponseReturnValue:
    """Sign everybody out but oneself: at once, without a proof, for it only stops people."""
    if OrderForm().submitted_well():
        ended = commands.end_every_session(but=current_user.session_id, actor=current_user.actor)
        flash(f"Everybody else is signed out: sessions ended: {ended}.")
    return redirect(url_for("accounts.security"))


@bp.route("/admin/settings/<string:name>", methods=["GET", "POST"])
@permission_required(ADMINISTER)
@proof_required
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
