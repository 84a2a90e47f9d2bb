"""What victims ask for: their wish for updates, reviews and claims, and what protects them."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import commands, queries, rules
from beacon.cases.forms import FactBackForm, OrderEndForm, OrderForm, StepForm, WishForm
from beacon.cases.models import CaseFact, CaseFile, CaseOrder
from beacon.cases.routes.ground import bp, carried_out, form_page, the_case, to_case
from beacon.cases.rules import StepShape
from beacon.cases.terms import CasePermission, FactKind, FactStep
from beacon.core import clock, roles
from beacon.core.actor import Actor
from beacon.core.errors import NotFound
from beacon.core.together import Asking, asking
from beacon.people import queries as people
from beacon.web.guard import permission_required

WORK = CasePermission.WORK
TITLE = "Wishes, reviews and orders"
PART = "wishes-reviews-and-orders"
W = TypeVar("W", bound=StrEnum)


@asking
def wishes_panel(case: CaseFile, actor: Actor) -> Asking[str]:
    """The part of the page of a case."""
    part = yield from queries.wishes_part.ask(actor, case)
    return render_template(
        "cases/show_wishes.html",
        case=case,
        part=part,
        today=clock.today(),
        may_work=case.is_open and not actor.is_reading and roles.may(actor.roles, WORK),
    )


@bp.route("/<string:reference>/wishes/new", methods=["GET", "POST"])
@permission_required(WORK)
def record_wish(reference: str) -> ResponseReturnValue:
    """Record how often they want to hear from us; the clock follows by itself."""
    case = the_case(reference)
    card = people.contact_card(current_user.actor, case.victim)
    cautions = queries.cautions(card)
    form = WishForm(asked_on=clock.today())
    if (
        form.submitted_well()
        and form.heeds(cautions)
        and carried_out(
            form,
            lambda: commands.record_wish(case, form.wish(), actor=current_user.actor),
            case,
        )
    ):
        flash("Recorded what updates they want.")
        return to_case(case, PART)
    return form_page("cases/wish.html", case, form, card=card, cautions=cautions)


@bp.route("/<string:reference>/facts/<string:kind>/<string:step>/new", methods=["GET", "POST"])
@permission_required(WORK)
def start_fact(reference: str, kind: str, step: str) -> ResponseReturnValue:
    """Record that something was asked for or offered, with the first step that is known."""
    case = the_case(reference)
    what = _word(FactKind, kind)
    shape = _shape(what, step)
    form = StepForm.of(shape)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.start_fact(case, what, form.given(shape), actor=current_user.actor),
        case,
    ):
        flash("Recorded.")
        return to_case(case, PART)
    others = [one for one in rules.steps_of(what) if one is not shape]
    if what is FactKind.LENIENT and shape.step is FactStep.SENTENCED and form.on.data is None:
        form.on.data = queries.sentenced_on(case)
    heading = rules.in_words(what, shape)
    return form_page(
        "cases/fact.html", case, form, heading=heading, kind=what, shape=shape, others=others
    )


@bp.route("/<string:reference>/facts/<int:fact_id>/<string:step>", methods=["GET", "POST"])
@permission_required(WORK)
def record_step(reference: str, fact_id: int, step: str) -> ResponseReturnValue:
    """Record the next step, or put one right."""
    case = the_case(reference)
    fact = queries.row_of(current_user.actor, case, CaseFact, fact_id)
    shape = _shape(fact.kind, step)
    before = fact.standing.get(shape.step)
    form = StepForm.of(shape, before)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.record_step(case, fact, form.given(shape), actor=current_user.actor),
        case,
    ):
        flash("Recorded.")
        return to_case(case, PART)
    heading = rules.in_words(fact.kind, shape)
    return form_page("cases/fact.html", case, form, heading=heading, shape=shape, before=before)


@bp.route("/<string:reference>/facts/<int:fact_id>/take-back", methods=["GET", "POST"])
@permission_required(WORK)
def take_fact_back(reference: str, fact_id: int) -> ResponseReturnValue:
    """Take back what was recorded by mistake."""
    case = the_case(reference)
    fact = queries.row_of(current_user.actor, case, CaseFact, fact_id)
    form = FactBackForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.take_fact_back(
            case, fact, reason=form.reason.data, actor=current_user.actor
        ),
        case,
    ):
        flash("Taken back.")
        return to_case(case, PART)
    return form_page("cases/fact_back.html", case, form, fact=fact)


@bp.route("/<string:reference>/orders/new", methods=["GET", "POST"])
@permission_required(WORK)
def record_order(reference: str) -> ResponseReturnValue:
    """Record an order or conditions of bail that protect them."""
    case = the_case(reference)
    form = OrderForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.record_order(case, form.facts(), actor=current_user.actor),
        case,
    ):
        flash("Recorded. You are warned before it ends.")
        return to_case(case, PART)
    return form_page("cases/order.html", case, form, order=None)


@bp.route("/<string:reference>/orders/<int:order_id>/change", methods=["GET", "POST"])
@permission_required(WORK)
def vary_order(reference: str, order_id: int) -> ResponseReturnValue:
    """Record that an order was varied or renewed."""
    case = the_case(reference)
    order = queries.row_of(current_user.actor, case, CaseOrder, order_id)
    form = OrderForm.of(order)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.vary_order(case, order, form.facts(), actor=current_user.actor),
        case,
    ):
        flash("Recorded. What it said before is kept.")
        return to_case(case, PART)
    return form_page("cases/order.html", case, form, order=order)


@bp.route("/<string:reference>/orders/<int:order_id>/end", methods=["GET", "POST"])
@permission_required(WORK)
def end_order(reference: str, order_id: int) -> ResponseReturnValue:
    """Record that an order protects them no more."""
    case = the_case(reference)
    order = queries.row_of(current_user.actor, case, CaseOrder, order_id)
    form = OrderEndForm(on=clock.today())
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.end_order(
            case, order, on=form.on.data, reason=form.reason.data, actor=current_user.actor
        ),
        case,
    ):
        flash("Recorded that it has ended.")
        return to_case(case, PART)
    return form_page("cases/order_end.html", case, form, order=order)


def _word(words: type[W], text: str) -> W:
    """One of the words of a list, from an address."""
    found = next((word for word in words if word.value == text), None)
    if found is None:
        raise NotFound
    return found


def _shape(kind: FactKind, step: str) -> StepShape:
    shape = rules.step_of(kind, _word(FactStep, step))
    if shape is None:
        raise NotFound
    return shape
