"""Giving a case to somebody, deciding its category, and reopening it."""

from __future__ import annotations

from typing import Any  # how a form is made

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import queries as accounts
from beacon.cases import choosing, commands, queries
from beacon.cases.forms import AssignForm, CategoryForm, ReopenForm
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import bp, carried_out, form_page, the_case, to_case
from beacon.cases.terms import CasePermission
from beacon.web.guard import permission_required


@bp.route("/<string:reference>/assign", methods=["GET", "POST"])
@permission_required(CasePermission.ASSIGN)
def assign(reference: str) -> ResponseReturnValue:
    """Give the case to a named case manager."""
    case = the_case(reference)
    chooser, actor = choosing.chooser(), current_user.actor
    advice = chooser.advise(actor, case)
    choices = [(one.staff_id, one.name) for one in advice.candidates]
    form = _assign_form(case, choices)
    if form.submitted_well():
        manager = accounts.get_staff(form.manager.data)
        if carried_out(
            form,
            lambda: chooser.give(
                case,
                manager,
                reason=form.reason.data or "",
                although_full=bool(form.although_full.data),
                version=form.read_version,
                actor=actor,
            ),
            case,
            lambda: _assign_form(case, choices, formdata=None),
        ):
            flash(f"{manager.name} is now the case manager.")
            return to_case(case)
        advice = chooser.advise(actor, case)
    return form_page("cases/assign.html", case, form, advice=advice)


def _assign_form(case: CaseFile, choices: list[tuple[int, str]], **how: Any) -> AssignForm:
    """The form with who has the case now."""
    form = AssignForm(version=str(case.version), manager=case.manager_id, **how)
    form.manager.choices = choices
    return form


@bp.route("/<string:reference>/category", methods=["GET", "POST"])
@permission_required(CasePermission.TRIAGE)
def category(reference: str) -> ResponseReturnValue:
    """Decide whether the victim has Enhanced Rights, and on which grounds."""
    case = the_case(reference)
    form = _category_form(case)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.decide_category(
            case,
            category=form.category.data,
            grounds=form.held_so,
            reason=form.reason.data or "",
            version=form.read_version,
            actor=current_user.actor,
        ),
        case,
        lambda: _category_form(case, formdata=None),
    ):
        flash(f"The category is {case.category.label.lower()}.")
        return to_case(case)
    names = queries.names_of(one.decided_by_id for one in case.grounds)
    return form_page("cases/category.html", case, form, grounds=case.grounds, names=names)


def _category_form(case: CaseFile, **how: Any) -> CategoryForm:
    """The form with what was decided."""
    standing = [one for one in case.grounds if one.holds is not False]
    return CategoryForm(
        version=str(case.version),
        category=None if case.category_is_proposed else case.category,
        grounds=[one.ground.value for one in standing],
        **how,
    )


@bp.route("/<string:reference>/reopen", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def reopen(reference: str) -> ResponseReturnValue:
    """Take a closed case up again."""
    case = the_case(reference)
    form = ReopenForm(version=str(case.version))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.reopen_case(
            case, note=form.note.data, version=form.read_version, actor=current_user.actor
        ),
        case,
    ):
        flash("The case is open again.")
        return to_case(case)
    return form_page("cases/reopen.html", case, form)
