"""The pages of the directory: look for a service, read of one, keep them right."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core import clock, roles, settings
from beacon.core.errors import RuleBroken
from beacon.partners import commands, queries, rules
from beacon.partners.forms import FindForm, ServiceChangeForm, ServiceForm, VersionForm
from beacon.partners.routes.ground import carried_out
from beacon.partners.routes.ground import services_bp as bp
from beacon.partners.standards import CHECK
from beacon.partners.terms import PartnerPermission
from beacon.web import versions
from beacon.web.guard import permission_required

FIND, KEEP = PartnerPermission.FIND, PartnerPermission.CONTACTS


@bp.route("/")
@permission_required(FIND)
def index() -> ResponseReturnValue:
    """The services for victims, by need, district, crime and age."""
    form, keeps = FindForm(), _keeps()
    wanted = form.wanted(clock.today())
    return render_template(
        "partners/services.html",
        form=form,
        rows=queries.directory(current_user.actor, wanted, with_ended=keeps and not _asks(form)),
        keeps=keeps,
    )


@bp.route("/<int:service_id>")
@permission_required(FIND)
def show(service_id: int) -> ResponseReturnValue:
    """What one service offers, and how somebody gets there."""
    service, today = queries.get_service(current_user.actor, service_id), clock.today()
    return render_template(
        "partners/service.html",
        service=service,
        is_stale=rules.is_stale(service.checked_on, today, settings.count(CHECK)),
        is_active=service.is_active(today),
        keeps=_keeps(),
    )


@bp.route("/new", methods=["GET", "POST"])
@permission_required(KEEP)
def add() -> ResponseReturnValue:
    """Put a service into the directory."""
    actor, form = current_user.actor, ServiceForm(active_from=clock.today())
    form.offer([(one.id, one.name) for one in queries.agencies(actor)])
    if form.submitted_well() and carried_out(
        form, lambda: commands.add_service(form.agency.data, form.given(), actor=actor)
    ):
        flash("The service is in the directory.")
        return redirect(url_for("services.index"))
    return render_template("partners/change_service.html", form=form, service=None)


@bp.route("/<int:service_id>/change", methods=["GET", "POST"])
@permission_required(KEEP)
def change(service_id: int) -> ResponseReturnValue:
    """Change what the directory says of a service."""
    actor = current_user.actor
    service = queries.get_service(actor, service_id)
    form = ServiceChangeForm.of(service)
    if form.submitted_well() and versions.carried_out(
        form,
        lambda: commands.change_service(
            service, form.given(), version=form.read_version, actor=actor
        ),
        lambda: ServiceChangeForm.of(service, formdata=None),
    ):
        flash("The directory is changed.")
        return redirect(url_for("services.show", service_id=service_id))
    return render_template("partners/change_service.html", form=form, service=service)


@bp.route("/<int:service_id>/checked", methods=["POST"])
@permission_required(KEEP)
def checked(service_id: int) -> ResponseReturnValue:
    """Say that what stands there was checked and still holds."""
    actor, form = current_user.actor, VersionForm()
    service = queries.get_service(actor, service_id)
    if form.submitted_well():
        try:
            commands.check_service(service, version=form.read_version, actor=actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("Checked today.")
    return redirect(url_for("services.show", service_id=service_id))


def _keeps() -> bool:
    return roles.may(current_user.actor.roles, KEEP)


def _asks(form: FindForm) -> bool:
    return any(field.data not in (None, "") for field in form)
