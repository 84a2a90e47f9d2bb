"""The telephone number of a member of staff, so that no defendant is texted there."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import commands, queries
from beacon.accounts.forms import PhoneForm
from beacon.accounts.models import Staff
from beacon.accounts.routes.ground import bp
from beacon.accounts.terms import AccountPermission
from beacon.audit import commands as audit
from beacon.web.guard import permission_required, proof_required

SAVED = "Saved. No defendant is ever texted on that number."


@bp.route("/account/phone", methods=["GET", "POST"])
@permission_required(AccountPermission.SIGNED_IN)
def own_phone() -> ResponseReturnValue:
    """One's own number."""
    me = queries.get_staff(current_user.id)
    form = PhoneForm(phone=queries.phone_of(me))
    if form.submitted_well():
        commands.keep_phone(me, str(form.phone.data or ""), actor=current_user.actor)
        flash(SAVED)
        return redirect(url_for("accounts.own"))
    return _page(me, form, url_for("accounts.own"), "Your account")


@bp.route("/admin/staff/<int:staff_id>/phone", methods=["GET", "POST"])
@permission_required(AccountPermission.ADMINISTER)
@proof_required
def staff_phone(staff_id: int) -> ResponseReturnValue:
    """Another person's number."""
    person = queries.get_staff(staff_id)
    form = PhoneForm(phone=queries.phone_of(person))
    if form.submitted_well():
        commands.keep_phone(person, str(form.phone.data or ""), actor=current_user.actor)
        flash(SAVED)
        return redirect(url_for("accounts.person", staff_id=staff_id))
    return _page(person, form, url_for("accounts.person", staff_id=staff_id), person.name)


def _page(person: Staff, form: PhoneForm, back: str, back_words: str) -> str:
    """The form, under whose number it is; that it was seen is written down."""
    audit.shown(current_user.actor, "staff", [person.id], ("name", "phone"))
    return render_template(
        "accounts/phone.html",
        member=person,
        form=form,
        is_me=person.id == current_user.id,
        back=back,
        back_words=back_words,
    )
