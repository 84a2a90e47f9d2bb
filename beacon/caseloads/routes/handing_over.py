"""Handing somebody's cases over, and taking one on."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import queries as accounts
from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.caseloads import commands, queries
from beacon.caseloads.forms import AcceptForm, HandOverForm, hand_over_form
from beacon.caseloads.queries import HandOverPage
from beacon.caseloads.routes.ground import LEAD, OWN, OWN_PANELS, carried_out, handing
from beacon.cases import panels
from beacon.cases import queries as cases
from beacon.cases.commands import HandedOver
from beacon.cases.routes import wishes
from beacon.cases.routes.ground import PERSON
from beacon.core import clock
from beacon.people import queries as people
from beacon.web.guard import permission_required

REFUSALS_SHOWN = 5
# What the page says itself, and what is nobody's but a manager's and their leader's.
LEFT_OUT = frozenset({wishes.TITLE, *OWN_PANELS})


@handing.route("/hand-over")
@permission_required(LEAD)
def index() -> ResponseReturnValue:
    """Whose cases may be handed over, and which of those handed over wait for a word."""
    actor = current_user.actor
    unsettled = queries.unsettled(actor)
    ids = [row.case_id for row in unsettled]
    audit.shown(actor, "case_file", ids, ("people.name",), action="case.listed")
    return render_template(
        "caseloads/hand_over.html",
        loads=cases.loads_to_hand_over(actor),
        unsettled=unsettled,
        today=clock.today(),
    )


@handing.route("/hand-over/<int:staff_id>", methods=["GET", "POST"])
@permission_required(LEAD)
def from_manager(staff_id: int) -> ResponseReturnValue:
    """Give a manager's cases to colleagues: proposed for each case, changed before it is done."""
    actor, held = current_user.actor, queries.to_hand_over(current_user.actor, staff_id)
    manager = accounts.get_staff(staff_id)
    planned = queries.plan([one.case for one in held], but=staff_id)
    form, names = hand_over_form(planned, {one.case.id: one.case.reference for one in held})
    if form.submitted_well():
        given = {case_id: form[name].data for case_id, name in names.items() if form[name].data}
        if _handed_over(form, given, manager_id=staff_id):
            return redirect(url_for("hand_over.index"))
    audit.keep_pace(actor, Pace.LISTS)
    audit.shown(
        actor, "case_file", [one.case.id for one in held], ("people.name",), action="case.listed"
    )
    plans = {one.matter.case_id: one for one in planned}
    return render_template(
        "caseloads/hand_over_from.html",
        form=form,
        manager=manager,
        lines=[(one, form[names[one.case.id]], plans[one.case.id]) for one in held],
        nobody=[one for one in planned if one.first is None],
        today=clock.today(),
    )


def _handed_over(form: HandOverForm, given: dict[int, int], *, manager_id: int) -> bool:
    """Hand over what was given to somebody; say how many went, and why the others did not."""
    came = HandedOver()

    def order() -> None:
        whole = commands.hand_over(
            given,
            of=accounts.get_staff(manager_id),
            reason=form.reason.data or "",
            although_full=bool(form.although_full.data),
            actor=current_user.actor,
        )
        came.done, came.refused = whole.done, whole.refused

    if not carried_out(form, order):
        return False
    if came.done:
        flash(f"{came.done} case{'' if came.done == 1 else 's'} handed over, to be accepted.")
    for reference, why in list(came.refused.items())[:REFUSALS_SHOWN]:
        flash(f"{reference} was not handed over: {why}", "error")
    if len(came.refused) > REFUSALS_SHOWN:
        flash(f"{len(came.refused) - REFUSALS_SHOWN} more were not handed over.", "error")
    return True


@handing.route("/<string:reference>/hand-over", methods=["GET", "POST"])
@permission_required(OWN)
def page(reference: str) -> ResponseReturnValue:
    """One case for whoever takes it over: what is due, promised, said; and the receiver's word."""
    found = queries.hand_over_page(current_user.actor, reference)
    form = AcceptForm()
    if request.method == "POST" and found.handed is not None and form.submitted_well():
        handed = found.handed
        accepts = form.answer.data == "accept"
        if carried_out(
            form,
            lambda: (
                commands.accept(handed, actor=current_user.actor)
                if accepts
                else commands.decline(
                    handed, reason=form.reason.data or "", actor=current_user.actor
                )
            ),
        ):
            flash(
                "You have taken it on."
                if accepts
                else "Your leader is told. You answer for it until they have found somebody else."
            )
            return redirect(url_for("cases.show", reference=found.case.reference))
    return _shown(found, form)


def _shown(found: HandOverPage, form: AcceptForm) -> str:
    actor, case = current_user.actor, found.case
    audit.keep_pace(actor, Pace.CASES)
    card = people.contact_card(actor, case.victim)
    added = [one for one in panels.of(case, actor) if one.panel.title not in LEFT_OUT]
    fields = (*PERSON, "cases.notes", *(field for one in added for field in one.panel.fields))
    audit.shown(actor, "case_file", [case.id], fields, action="case.handed_over_shown")
    return render_template(
        "caseloads/hand_over_page.html",
        found=found,
        case=case,
        form=form,
        card=card,
        ways=cases.ways_to(card),
        panels=added,
        today=clock.today(),
    )
