"""The pages of partner agencies: the list, and whom to ring."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.core.phone import readable
from beacon.partners import commands, queries
from beacon.partners.forms import (
    AgencyForm,
    ChampionForm,
    ContactForm,
    TrainingForm,
    VersionForm,
)
from beacon.partners.routes.ground import bp, carried_out, shown_contacts
from beacon.partners.terms import PartnerPermission
from beacon.web.guard import permission_required

CONTACTS = PartnerPermission.CONTACTS


@bp.route("/")
@permission_required(CONTACTS)
def index() -> ResponseReturnValue:
    """Every agency, and whom to ring there."""
    agencies = queries.agencies(current_user.actor)
    shown_contacts([contact for agency in agencies for contact in agency.contacts])
    return render_template("partners/index.html", agencies=agencies)


@bp.route("/new", methods=["GET", "POST"])
@permission_required(CONTACTS)
def add_agency() -> ResponseReturnValue:
    """Add an agency."""
    form = AgencyForm()
    if form.submitted_well() and carried_out(
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
    if form.submitted_well() and carried_out(
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
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.change_contact(
            contact, form.facts(), version=form.read_version, actor=current_user.actor
        ),
    ):
        flash("Changed. A number that they had before still keeps texts away.")
        return redirect(url_for("partners.index"))
    shown_contacts([contact])
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


@bp.route("/champions")
@permission_required(CONTACTS)
def champions() -> ResponseReturnValue:
    """The champions' network: who is in it, and whose training has run out."""
    found = queries.champions(current_user.actor)
    shown_contacts(found)
    return render_template("partners/champions.html", champions=found, today=clock.today())


@bp.route("/<int:agency_id>/contacts/<int:contact_id>/champion", methods=["GET", "POST"])
@permission_required(CONTACTS)
def champion(agency_id: int, contact_id: int) -> ResponseReturnValue:
    """Put somebody into the champions' network, or take them out of it."""
    agency = queries.get_agency(current_user.actor, agency_id)
    contact = queries.get_contact(current_user.actor, agency, contact_id)
    form = ChampionForm(version=str(contact.version), since=contact.champion_since)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.make_champion(
            contact, since=form.since.data, version=form.read_version, actor=current_user.actor
        ),
    ):
        flash("The champions' network is changed.")
        return redirect(url_for("partners.champions"))
    shown_contacts([contact])
    return render_template("partners/champion.html", form=form, agency=agency, contact=contact)


@bp.route("/<int:agency_id>/contacts/<int:contact_id>/training", methods=["GET", "POST"])
@permission_required(CONTACTS)
def add_training(agency_id: int, contact_id: int) -> ResponseReturnValue:
    """Add a course that a champion was on."""
    agency = queries.get_agency(current_user.actor, agency_id)
    contact = queries.get_contact(current_user.actor, agency, contact_id)
    form = TrainingForm(version=str(contact.version))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.add_training(
            contact, form.given(), version=form.read_version, actor=current_user.actor
        ),
    ):
        flash("The course is added.")
        return redirect(url_for("partners.champions"))
    shown_contacts([contact])
    return render_template("partners/training.html", form=form, agency=agency, contact=contact)
