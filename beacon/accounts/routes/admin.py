"""The administrator's pages: everybody with an account, and the settings."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, queries
from beacon.accounts.forms import SettingForm, StaffForm
from beacon.accounts.routes.ground import bp
from beacon.accounts.terms import AccountPermission
from beacon.audit import commands as audit
from beacon.core import settings
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.web.guard import permission_required

ADMINISTER = AccountPermission.ADMINISTER


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
