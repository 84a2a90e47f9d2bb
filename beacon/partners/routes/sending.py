"""The pages of one case: find a service, choose what is shared, look at it, send it, follow it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import PERSON, form_page, the_case
from beacon.core import clock, roles
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking
from beacon.partners import commands, queries
from beacon.partners.forms import (
    AnswerForm,
    ChoiceChangeForm,
    ChoiceForm,
    FindForm,
    SendForm,
    TakeBackForm,
)
from beacon.partners.models import PartnerReferral
from beacon.partners.routes.ground import carried_out
from beacon.partners.routes.ground import sending_bp as bp
from beacon.partners.terms import PartnerPermission, ReferralState
from beacon.people import queries as people
from beacon.web.guard import permission_required

READ, SEND = PartnerPermission.READ, PartnerPermission.SEND
SHOWN = (*PERSON, "partner referrals")


@bp.route("/<string:reference>/partners")
@permission_required(READ)
def index(reference: str) -> ResponseReturnValue:
    """What was sent on of a case, and the services that suit it."""
    audit.keep_pace(current_user.actor, Pace.CASES)
    opened = cases.open_to(current_user.actor, reference)
    actor, case = opened.viewer, opened.case
    wanted = queries.wanted_for(actor, case)
    form = FindForm.of(wanted)
    if request.args:
        wanted = form.wanted(clock.today())
    card = people.contact_card(actor, case.victim)
    audit.shown(actor, "case_file", [case.id], SHOWN, action="partner_referral.listed")
    return render_template(
        "partners/of_case.html",
        case=case,
        card=card,
        ways=cases.ways_to(card),
        sharings=queries.sharings_of(actor, case),
        form=form,
        wanted=wanted,
        rows=queries.directory(actor, wanted),
        may_send=case.is_open and not opened.is_only_read and roles.may(actor.roles, SEND),
    )


@bp.route("/<string:reference>/partners/to/<int:service_id>", methods=["GET", "POST"])
@permission_required(SEND)
def draft(reference: str, service_id: int) -> ResponseReturnValue:
    """Choose what is shared with a service."""
    case, actor = the_case(reference), current_user.actor
    service = queries.get_service(actor, service_id)
    form, known = ChoiceForm(), queries.known_facts(case)
    form.only(known)
    made: list[PartnerReferral] = []
    if form.submitted_well() and carried_out(
        form,
        lambda: made.append(commands.draft_referral(case, service, form.choice(), actor=actor)),
    ):
        return _to(case, made[0], "sending.send")
    return form_page("partners/choose.html", case, form, service=service, sharing=None)


@bp.route("/<string:reference>/partners/<int:sharing_id>")
@permission_required(READ)
def show(reference: str, sharing_id: int) -> ResponseReturnValue:
    """One referral: where it stands, what was shared, and everything that happened to it."""
    audit.keep_pace(current_user.actor, Pace.CASES)
    opened = cases.open_to(current_user.actor, reference)
    actor, case = opened.viewer, opened.case
    sharing = queries.get_sharing(actor, case, sharing_id)
    card = people.contact_card(actor, case.victim)
    audit.shown(
        actor,
        "partner_referral",
        [sharing.id],
        sorted(sharing.chosen),
        action="partner_referral.shown",
    )
    return render_template(
        "partners/sharing.html",
        case=case,
        card=card,
        ways=cases.ways_to(card),
        sharing=sharing,
        sheet=queries.content_of(sharing),
        is_out_of_date=sharing.state.is_live and bool(queries.out_of_date(sharing)),
        steps=queries.steps_of(actor, sharing),
        names=cases.names_of([sharing.sent_by_id]),
        may_send=case.is_open and not opened.is_only_read and roles.may(actor.roles, SEND),
    )


@bp.route("/<string:reference>/partners/<int:sharing_id>/change", methods=["GET", "POST"])
@permission_required(SEND)
def change(reference: str, sharing_id: int) -> ResponseReturnValue:
    """Choose anew what is shared, while it is not sent."""
    case, actor = the_case(reference), current_user.actor
    sharing = queries.get_sharing(actor, case, sharing_id)
    if sharing.state is not ReferralState.DRAFT:
        return _to(case, sharing)
    form = ChoiceChangeForm.of(sharing)
    form.only(queries.known_facts(case))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.change_draft(
            case, sharing, form.choice(), version=form.read_version, actor=actor
        ),
    ):
        return _to(case, sharing, "sending.send")
    return form_page("partners/choose.html", case, form, service=sharing.service, sharing=sharing)


@bp.route("/<string:reference>/partners/<int:sharing_id>/send", methods=["GET", "POST"])
@permission_required(SEND)
def send(reference: str, sharing_id: int) -> ResponseReturnValue:
    """Look at exactly what the agency will see, and send it."""
    case, actor = the_case(reference), current_user.actor
    sharing = queries.get_sharing(actor, case, sharing_id)
    if sharing.state is not ReferralState.DRAFT:
        return _to(case, sharing)
    seen = queries.preview(actor, case, sharing)
    form = SendForm(version=str(sharing.version), mark=seen.mark)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.send(
            case, sharing, form.sending(), version=form.read_version, actor=actor
        ),
    ):
        flash(f"Sent to {sharing.agency}.")
        return _to(case, sharing)
    form.look_again(seen.mark, sharing.version)
    audit.shown(
        actor,
        "partner_referral",
        [sharing.id],
        sorted(sharing.chosen),
        action="partner_referral.previewed",
    )
    return form_page(
        "partners/send.html",
        case,
        form,
        sharing=sharing,
        seen=seen,
        standing=queries.standing_with(case, sharing.agency),
        signs_in=queries.signs_in(sharing.agency),
    )


@bp.route("/<string:reference>/partners/<int:sharing_id>/take-back", methods=["GET", "POST"])
@permission_required(SEND)
def take_back(reference: str, sharing_id: int) -> ResponseReturnValue:
    """Take a referral back: the agency sees it no more."""
    case, actor = the_case(reference), current_user.actor
    sharing = queries.get_sharing(actor, case, sharing_id)
    form = TakeBackForm(version=str(sharing.version))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.take_back(
            case, sharing, reason=form.reason.data, version=form.read_version, actor=actor
        ),
    ):
        flash(f"Taken back. {sharing.agency} sees it no more.")
        return _to(case, sharing)
    return form_page("partners/take_back.html", case, form, sharing=sharing)


@bp.route("/<string:reference>/partners/<int:sharing_id>/answer", methods=["GET", "POST"])
@permission_required(SEND)
def answer(reference: str, sharing_id: int) -> ResponseReturnValue:
    """Write down what an agency said by telephone or letter."""
    case, actor = the_case(reference), current_user.actor
    sharing = queries.get_sharing(actor, case, sharing_id)
    form = AnswerForm.of(sharing)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.record_answer(
            case, sharing, form.answer(), version=form.read_version, actor=actor
        ),
    ):
        flash("What they said is written down.")
        return _to(case, sharing)
    return form_page("partners/answer.html", case, form, sharing=sharing)


@asking
def partners_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The part of the page of a case: what was sent on, and where it stands."""
    sharings = yield from queries.sharings_of.ask(actor, case)
    return render_template(
        "partners/panel.html",
        case=case,
        sharings=sharings,
        is_only_read=actor.is_reading,
        today=clock.today(),
    )


def _to(
    case: CaseFile, sharing: PartnerReferral, endpoint: str = "sending.show"
) -> ResponseReturnValue:
    return redirect(url_for(endpoint, reference=case.reference, sharing_id=sharing.id))
