"""On the page of a case: whether its victim was asked, why not, and asking on the telephone."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import form_page, the_case
from beacon.core import roles
from beacon.core.actor import Actor
from beacon.core.errors import RuleBroken
from beacon.core.together import Asking, asking
from beacon.surveys import commands, queries
from beacon.surveys.forms import PhoneForm
from beacon.surveys.routes.ground import carried_out
from beacon.surveys.routes.ground import case_bp as bp
from beacon.surveys.terms import InvitationState, Point, SurveyPermission
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required

ASK = SurveyPermission.ASK


@bp.route("/<string:reference>/how-we-did", methods=["GET", "POST"])
@permission_required(ASK)
def phone(reference: str) -> ResponseReturnValue:
    """Read the questions out; what is said goes into the box, and not into the case."""
    case, form = the_case(reference), PhoneForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.answer_by_phone(case.id, form.answered(), actor=current_user.actor),
    ):
        flash("Thank you. The answers are in the box, apart from this case.")
        return _to(case)
    return form_page("surveys/phone.html", case, form)


@bp.route("/<string:reference>/how-we-did/ask", methods=["POST"])
@permission_required(ASK)
def ask(reference: str) -> ResponseReturnValue:
    """Ask by a link now, where that is safe; where it is not, say why."""
    case = the_case(reference)
    if not OrderForm().submitted_well():
        raise RuleBroken("This page was open too long. Go back to the case and press again.")
    point = Point.AFTER_CONTACT if case.is_open else Point.CLOSING
    row = commands.invite(case.id, point, actor=current_user.actor)
    if row.state is InvitationState.REFUSED:
        why, advice = queries.reason_in_words(row.because)
        flash(f"They were not asked. {why} {advice}", "warning")
    else:
        flash(f"{row.way.label if row.way else 'It'}: {row.state.label.lower()}.")
    return _to(case)


@asking
def survey_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The part of the page of a case: whether they were asked, and never what they said."""
    rows = yield from queries.invitations_of.ask(actor, case)
    return render_template(
        "surveys/panel.html",
        case=case,
        rows=[(row, *queries.reason_in_words(row.because)) for row in rows],
        may_ask=roles.may(actor.roles, ASK) and not actor.is_reading,
        is_answered=any(row.state is InvitationState.ANSWERED for row in rows),
        is_asked=any(row.state is not InvitationState.REFUSED for row in rows),
    )


def _to(case: CaseFile) -> ResponseReturnValue:
    return redirect(url_for("cases.show", reference=case.reference, _anchor="how-we-did"))
