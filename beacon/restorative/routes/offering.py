"""What was offered in one case: the page, its part of the case's page, and each step."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.core import clock, roles, together
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking
from beacon.people import queries as people
from beacon.restorative import commands, queries
from beacon.restorative.forms import FORMS, OffenderForm, RulingForm, StepForm, TakeBackForm
from beacon.restorative.models import RestorativeOffer, RestorativeStep
from beacon.restorative.routes.ground import (
    DECIDE,
    FIELDS,
    READ,
    WORK,
    bp,
    form_page,
    taken,
    the_case,
    to_page,
)
from beacon.restorative.terms import CENTRE, StepKind
from beacon.web.guard import permission_required

PERSON = ("people.name", "people.contact", "people.safe_contact")


@bp.route("/restorative")
@permission_required(READ)
def show(reference: str) -> ResponseReturnValue:
    """What was offered to the victim and what they said, what blocks it, and every disposal."""
    opened = cases.open_to(current_user.actor, reference)
    case, viewer = opened.case, opened.viewer
    audit.keep_pace(viewer, Pace.CASES)
    offers, disposals, card = together.ask(
        queries.offers_of.ask(viewer, case),
        queries.disposals_of.ask(viewer, case),
        people.contact_card.ask(viewer, case.victim),
    )
    audit.shown(viewer, "case_file", [case.id], (*PERSON, *FIELDS), action="case.shown")
    works = case.is_open and not viewer.is_reading
    return render_template(
        "restorative/show.html",
        case=case,
        card=card,
        ways=cases.ways_to(card),
        offers=offers,
        disposals=disposals,
        may_work=works and current_user.may(WORK),
        may_decide=works and current_user.may(DECIDE),
        centre=CENTRE,
        today=clock.today(),
    )


@bp.route("/restorative/new/<string:deed>", methods=["GET", "POST"])
@permission_required(WORK)
def first_step(reference: str, deed: str) -> ResponseReturnValue:
    """Record the first step with the only offender who is known."""
    case, form = the_case(reference), _form_of(deed, None)
    if form.submitted_well() and taken(
        form,
        lambda: commands.record_step(case, None, form.given(), actor=current_user.actor),
        "Recorded.",
    ):
        return to_page(case)
    return _step_page(case, form, None)


@bp.route("/restorative/<int:offer_id>/<string:deed>", methods=["GET", "POST"])
@permission_required(WORK)
def step(reference: str, offer_id: int, deed: str) -> ResponseReturnValue:
    """Record a step with one offender."""
    case, actor = the_case(reference), current_user.actor
    offer = cases.row_of(actor, case, RestorativeOffer, offer_id)
    form = _form_of(deed, offer)
    if form.submitted_well() and taken(
        form, lambda: commands.record_step(case, offer, form.given(), actor=actor), "Recorded."
    ):
        return to_page(case)
    return _step_page(case, form, offer)


def _form_of(deed: str, offer: RestorativeOffer | None) -> StepForm:
    """The boxes of this kind of step; anything else is no page."""
    if deed not in {one.value for one in FORMS}:
        abort(404)
    form = FORMS[StepKind(deed)](on=clock.today())
    form.start(offer)
    return form


def _step_page(case: CaseFile, form: StepForm, offer: RestorativeOffer | None) -> str:
    block = queries.block_of(case.id) if form.kind.is_offer else queries.Block()
    return form_page("restorative/step.html", case, form, kind=form.kind, offer=offer, block=block)


@bp.route("/restorative/offenders/new", methods=["GET", "POST"])
@permission_required(WORK)
def add_offender(reference: str) -> ResponseReturnValue:
    """Say that an offender is known, or that there is one more."""
    case = the_case(reference)
    form = OffenderForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.add_offender(
            case, who=form.who.data, age=form.age.data, actor=current_user.actor
        ),
        "The offender is added.",
    ):
        return to_page(case)
    return form_page("restorative/offender.html", case, form)


@bp.route("/restorative/steps/<int:step_id>/take-back", methods=["GET", "POST"])
@permission_required(WORK)
def take_back(reference: str, step_id: int) -> ResponseReturnValue:
    """Take back what was recorded by mistake."""
    case, actor = the_case(reference), current_user.actor
    row = cases.row_of(actor, case, RestorativeStep, step_id)
    form = TakeBackForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.take_step_back(case, row, reason=form.reason.data, actor=actor),
        "Taken back. It stays in the history.",
    ):
        return to_page(case)
    return form_page("restorative/take_back.html", case, form, words=row.kind.label)


@bp.route("/restorative/decide", methods=["GET", "POST"])
@permission_required(DECIDE)
def decide(reference: str) -> ResponseReturnValue:
    """Decide about an offer that is blocked, with reasons."""
    case = the_case(reference)
    block = queries.block_of(case.id)
    form = RulingForm.of(block.stops)
    if form.submitted_well() and taken(
        form,
        lambda: commands.rule_on(case, form.given(), actor=current_user.actor),
        "Your decision is recorded.",
    ):
        return to_page(case)
    form.seen.data = RulingForm.of(block.stops).seen.data if form.form_errors else form.seen.data
    return form_page("restorative/decide.html", case, form, block=block)


@asking
def restorative_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The part of the page of a case: where each offer and each disposal stands."""
    offers, disposals = yield from together.at_once(
        queries.offers_of.ask(actor, case), queries.disposals_of.ask(actor, case)
    )
    if not offers.is_known and not disposals:
        return None
    return render_template(
        "restorative/panel.html",
        case=case,
        offers=offers,
        disposals=disposals,
        is_only_read=actor.is_reading,
        may_work=case.is_open and not actor.is_reading and roles.may(actor.roles, WORK),
        today=clock.today(),
    )
