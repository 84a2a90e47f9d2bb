"""The forms of first contact: an attempt, the tick list, and the decision; one case at a time."""

from __future__ import annotations

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import form_page
from beacon.cases.terms import CrimeKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.forms import AttemptForm, DecisionForm, TriageForm
from beacon.fraud_hub.routes.ground import CONTACT, READ, bp, taken
from beacon.fraud_hub.terms import CALL_THE_SAME_DAY, Decision
from beacon.web.guard import permission_required


@bp.route("/cases/<string:reference>/attempt", methods=["GET", "POST"])
@permission_required(CONTACT)
def record_attempt(reference: str) -> ResponseReturnValue:
    """Record an attempt to reach the victim, under how they may be reached."""
    actor = current_user.actor
    found = queries.get_fraud_case(actor, reference)
    page = queries.contact_page(actor, found.case, found.report)
    form = AttemptForm(at=clock.now(), seen=str(page.seen))
    if form.submitted_well():
        order = partial(
            commands.record_attempt,
            found.case,
            form.attempt(),
            seen=form.seen_number,
            actor=actor,
        )
        if taken(form, order, "Attempt recorded."):
            return _back(reference)
        page = queries.contact_page(actor, found.case, found.report)
    card = queries.card_of(actor, found.case)
    return form_page(
        "fraud_hub/attempt.html",
        found.case,
        form,
        card=card,
        contact=page,
        cautions=cases.cautions(card),
    )


@bp.route("/cases/<string:reference>/triage", methods=["GET", "POST"])
@permission_required(CONTACT)
def triage(reference: str) -> ResponseReturnValue:
    """Go through the tick list; what the report says is ticked until somebody says otherwise."""
    actor = current_user.actor
    found = queries.get_fraud_case(actor, reference)
    page = queries.contact_page(actor, found.case, found.report)
    now = page.triage
    form = TriageForm(
        number=str(now.number if now else 0),
        factors=list(page.ticked),
        notes=now.notes if now else "",
        source=now.source.value if now and now.source else "",
    )
    if form.submitted_well():
        order = partial(
            commands.confirm_triage,
            found.case,
            form.given(),
            number=form.number_seen,
            actor=actor,
        )
        if taken(form, order, "Tick list saved."):
            return _back(reference)
    return form_page(
        "fraud_hub/triage.html",
        found.case,
        form,
        contact=page,
        same_day=CALL_THE_SAME_DAY,
    )


@bp.route("/cases/<string:reference>/decide", methods=["GET", "POST"])
@permission_required(CONTACT)
def decide(reference: str) -> ResponseReturnValue:
    """Decide how this one row leaves the list."""
    actor = current_user.actor
    found = queries.get_fraud_case(actor, reference)
    page = queries.contact_page(actor, found.case, found.report)
    form = DecisionForm(seen=str(page.seen))
    if form.submitted_well():
        order = partial(
            commands.decide, found.case, form.given(), seen=form.seen_number, actor=actor
        )
        if taken(form, order, "Decision recorded."):
            return _back(reference)
    hints = {one.value: one.hint for one in Decision}
    return form_page("fraud_hub/decide.html", found.case, form, contact=page, hints=hints)


@asking
def contact_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The first contact of a fraud case, on the page of the case."""
    if case.crime.kind is not CrimeKind.FRAUD:
        return None
    contact = yield from queries.contact_in.ask(actor, case)
    return render_template(
        "fraud_hub/contact_panel.html",
        contact=contact,
        case=case,
        today=clock.today(),
        may_contact=current_user.may(CONTACT) and not actor.is_reading and case.is_open,
    )


def _back(reference: str) -> ResponseReturnValue:
    """To the case in the hub, or to its page for those who do not read the hub."""
    endpoint = "fraud_hub.case" if current_user.may(READ) else "cases.show"
    return redirect(url_for(endpoint, reference=reference))
