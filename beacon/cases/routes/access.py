"""Who may open a case: restricting it, naming people, breaking the glass, and conflicts met."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import queries as accounts
from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import commands, queries
from beacon.cases.forms import GlassForm, NameForm, RestrictForm
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import bp, carried_out, the_case, to_case
from beacon.cases.terms import CasePermission
from beacon.core import settings
from beacon.core.errors import RuleBroken
from beacon.web.guard import permission_required, proof_required

glass = Blueprint("glass", __name__, template_folder="../templates")


@bp.route("/<string:reference>/access", methods=["GET", "POST"])
@permission_required(CasePermission.RESTRICT)
def access(reference: str) -> ResponseReturnValue:
    """Who may open the case and why; restricting it, and opening it to its team again."""
    case = the_case(reference)
    form = RestrictForm(version=str(case.version))
    was = case.restricted
    order = commands.lift_restriction if was else commands.restrict
    if form.submitted_well() and carried_out(
        form,
        lambda: order(
            case, reason=form.reason.data, version=form.read_version, actor=current_user.actor
        ),
        case,
    ):
        flash("The restriction is lifted." if was else "The case is restricted.")
        return _to_access(case)
    return _page(case, form, NameForm())


@bp.route("/<string:reference>/access/names", methods=["POST"])
@permission_required(CasePermission.RESTRICT)
def name_person(reference: str) -> ResponseReturnValue:
    """Let one more person open a restricted case."""
    case = the_case(reference)
    form = NameForm()
    form.offer(queries.people_to_name(case))
    if form.submitted_well():
        person = accounts.get_staff(form.person.data)
        if carried_out(
            form, lambda: commands.name_person(case, person, actor=current_user.actor), case
        ):
            flash(f"{person.name} may open this case now.")
            return _to_access(case)
    return _page(case, RestrictForm(formdata=None, version=str(case.version)), form)


@bp.route("/<string:reference>/access/names/<int:name_id>/remove", methods=["POST"])
@permission_required(CasePermission.RESTRICT)
def remove_name(reference: str, name_id: int) -> ResponseReturnValue:
    """Take a name off a restricted case."""
    case = the_case(reference)
    name = queries.get_name(current_user.actor, case, name_id)
    try:
        commands.remove_name(case, name, actor=current_user.actor)
    except RuleBroken as refusal:
        flash(refusal.message, "error")
    else:
        flash("The name is taken off.")
    return _to_access(case)


@glass.route("/break-glass", methods=["GET", "POST"])
@permission_required(CasePermission.BREAK_GLASS)
@proof_required
def ask() -> ResponseReturnValue:
    """Open a case out of scope to be read, for a reason that somebody will look at."""
    form = GlassForm()
    if form.submitted_well():
        actor, reference = current_user.actor, form.reference.data
        try:
            case = commands.break_glass(reference, reason=form.reason.data, actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
            commands.note_refusal(reference, actor=actor)
        else:
            return to_case(case)
    return render_template(
        "cases/break_glass.html",
        form=form,
        minutes=settings.count("access.break_glass_minutes"),
    )


@bp.route("/<string:reference>/close-glass", methods=["POST"])
@permission_required(CasePermission.BREAK_GLASS)
def close_glass(reference: str) -> ResponseReturnValue:
    """Close at once what was opened by breaking the glass."""
    commands.close_glass(reference, actor=current_user.actor)
    flash("The case is closed to you again.")
    return redirect(url_for("desk.index"))


def note_conflict(answer: Response) -> Response:
    """Whoever asked for a case of their own kin found nothing; their leader is told (Z-11)."""
    named = request.view_args or {}
    if answer.status_code == 404 and current_user.is_authenticated:
        actor, reference = current_user.actor, named.get("reference")
        if reference:
            met = queries.cases_in_conflict(actor, reference=reference)
        elif "victim_id" in named:
            met = queries.cases_in_conflict(actor, victim_id=named["victim_id"])
        else:
            return answer
        commands.meet_conflict(met, actor=actor)
    return answer


def _page(case: CaseFile, form: RestrictForm, name_form: NameForm) -> str:
    """Who may open the case; the boxes for those who decide it."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    name_form.offer(queries.people_to_name(case) if case.restricted else [])
    audit.shown(actor, "case_file", [case.id], ("people.name", "case.access"), action="case.access")
    return render_template(
        "cases/access.html",
        case=case,
        form=form,
        name_form=name_form,
        let_in=queries.who_may_open(case),
        may_decide=case.is_open and queries.may_decide(case, actor),
    )


def _to_access(case: CaseFile) -> ResponseReturnValue:
    return redirect(url_for("cases.access", reference=case.reference))
