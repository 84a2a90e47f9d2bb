"""Before a case that is not one's own: why is it opened? Asked where an administrator says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any  # the parts of an address are text and numbers

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import commands, leads, queries
from beacon.cases.forms import WhyForm
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import bp
from beacon.cases.terms import CasePermission
from beacon.core.actor import Actor, reader
from beacon.core.errors import NotFound, RuleBroken
from beacon.web.guard import HOME, permission_required, safe_next

ASKING = "cases.why"


@bp.route("/<string:reference>/why", methods=["GET", "POST"])
@permission_required(CasePermission.READ)
def why(reference: str) -> ResponseReturnValue:
    """Why this person opens a case outside their caseload (security.md Z-14)."""
    actor = reader(current_user.actor)
    case = queries.get_case(actor, reference)
    form = WhyForm()
    if form.submitted_well():
        try:
            commands.say_why(case, reason=form.reason.data, actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            wanted = safe_next(request.args.get("next"))
            case_page = url_for("cases.show", reference=case.reference)
            return redirect(case_page if wanted == HOME else wanted)
    return render_template("cases/why.html", case=case, form=form)


def ask_first() -> ResponseReturnValue | None:
    """Send whoever opens a page of a case that is not theirs to say why, once a day.

    Every feature's pages of a case carry its reference, or a number that leads to it: so none is a
    way around.
    """
    parts = request.view_args
    if not parts or request.endpoint == ASKING or not _may_open():
        return None
    case = _unexplained(parts, reader(current_user.actor))
    if case is None:
        return None
    page = request.path if request.method in {"GET", "HEAD"} else None
    return redirect(url_for(ASKING, reference=case.reference, next=page))


def _unexplained(parts: Mapping[str, Any], actor: Actor) -> CaseFile | None:
    """The case of the address, where this person must first say why they open it."""
    if "reference" not in parts:
        leading = leads.from_address(parts)
        return None if leading is None else queries.case_to_explain(actor, leading)
    try:
        case = queries.get_case(actor, parts["reference"])
    except NotFound:
        return None  # the page itself says so, in the same words as ever
    return case if queries.must_say_why(actor, case) else None


def _may_open() -> bool:
    """Whether the page would open but for this question: no permission is refused as ever."""
    view = current_app.view_functions[request.endpoint or ""]
    permission = getattr(view, "permission", None)
    return (
        permission is not None
        and queries.is_asked_why()
        and current_user.is_authenticated
        and (not hasattr(permission, "value") or current_user.may(permission))
    )
