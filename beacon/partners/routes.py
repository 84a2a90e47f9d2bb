"""The pages of partner agencies: the list, and whom to ring."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core.errors import RuleBroken
from beacon.core.phone import readable
from beacon.partners import commands, queries
from beacon.partners.forms import AgencyForm, ContactForm, VersionForm
from beacon.partners.models import AgencyContact
from beacon.partners.terms import PartnerPermission
from beacon.web import navigation
from beacon.web.forms import BeaconForm
from beacon.web.guard import permission_required

bp = Blueprint("partners", __name__, url_prefix="/agencies", template_folder="templates")

CONTACTS = PartnerPermission.CONTACTS


@bp.route("/")
@permission_required(CONTACTS)
def index() -> ResponseReturnValue:
    """Every agency, and whom to ring there."""
    agencies = queries.agencies(current_user.actor)
    _shown([contact for agency in agencies for contact in agency.contacts])
    return render_template("partners/index.html", agencies=agencies)


@bp.route("/new", methods=["GET", "POST"])
@permission_required(CONTACTS)
def add_agency() -> ResponseReturnValue:
    """Add an agency."""
    form = AgencyForm()
    if form.submitted_well() and _carried_out(
        form, lambda: commands.add_agency(form.name.data, actor=current_user.actor)
    ):
        flash("Added. Now say whom to ring there.")
        return redirect(url_for("partners.index"))
    return render_template("partners/add_agency.html", form=form)


@bp.route("/<int:agency_id>/contacts/new", methods=["GET", "POST"])
@permission_required(CONTACTS)
def add_contact(agency_id: int) -> ResponseReturnValue:
    """Add somebody to ring at an agency."""
    agency = queries.get_agency(current_user.actor, agency_id)
    form = ContactForm()
    if form.submitted_well() and _carried_out(
        form, lambda: commands.add_contact(agency, form.facts(), actor=current_user.actor)
    ):
        flash("Added. No defendant is ever texted on their numbers.")
        return redirect(url_for("partners.index"))
    return render_template("partners/contact.html", form=form, agency=agency, contact=None)


@bp.route("/<int:agency_id>/contacts/<int:contact_id>", methods=["GET", "POST"])
@permission_required(CONTACTS)
def change_contact(agency_id: int, contact_id: int) -> ResponseReturnValue:
    """Change whom to ring."""
    agency = queries.get_agency(current_user.actor, agency_id)
    contact = queries.get_contact(current_user.actor, agency, contact_id)
    form = ContactForm(
        version=str(contact.version),
        name=contact.name,
        work=contact.work,
        mobile=readable(contact.mobile),
        phone=readable(contact.phone),
    )
    if form.submitted_well() and _carried_out(
        form,
        lambda: commands.change_contact(
            contact, form.facts(), version=form.read_version, actor=current_user.actor
        ),
    ):
        flash("Changed. A number that they had before still keeps texts away.")
        return redirect(url_for("partners.index"))
    _shown([contact])
    return render_template("partners/contact.html", form=form, agency=agency, contact=contact)


@bp.route("/<int:agency_id>/contacts/<int:contact_id>/retire", methods=["POST"])
@permission_required(CONTACTS)
def retire_contact(agency_id: int, contact_id: int) -> ResponseReturnValue:
    """Nobody is to ring them any more."""
    agency = queries.get_agency(current_user.actor, agency_id)
    contact = queries.get_contact(current_user.actor, agency, contact_id)
    form = VersionForm()
    if form.submitted_well():
        try:
            commands.retire_contact(contact, version=form.read_version, actor=current_user.actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("Taken off. Their numbers still keep texts away.")
    return redirect(url_for("partners.index"))


def init_app(app: Flask) -> None:
    """Register the pages, and their place in the navigation."""
    app.register_blueprint(bp)
    navigation.register(app, [navigation.Item("Agencies", "partners.index", CONTACTS, 70)])


def _shown(contacts: list[AgencyContact]) -> None:
    ids = [contact.id for contact in contacts]
    audit.shown(current_user.actor, "agency_contact", ids, ("name", "mobile", "phone"))


def _carried_out(form: BeaconForm, order: Callable[[], object]) -> bool:
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    return True
