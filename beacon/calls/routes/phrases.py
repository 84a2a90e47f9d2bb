"""The pass-phrase of a victim: set with them, and taken away."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.calls import commands, queries
from beacon.calls.forms import OrderForm, PhraseForm
from beacon.calls.routes.ground import TAKE, carried_out_by, form_page, phrase_bp, the_case, to_case
from beacon.web.drafts import keeps_no_draft
from beacon.web.guard import permission_required

ANCHOR = "calls"


@phrase_bp.route("/<string:reference>/pass-phrase", methods=["GET", "POST"])
@permission_required(TAKE)
@keeps_no_draft
def set_phrase(reference: str) -> ResponseReturnValue:
    """Keep what the victim chose to say, with the hint that we may give."""
    case, actor = the_case(reference), current_user.actor
    now = queries.checking(actor, case)
    form = PhraseForm(version=str(now.version), hint=now.hint)
    if form.submitted_well() and carried_out_by(
        form,
        lambda: commands.set_phrase(
            case,
            phrase=form.phrase.data,
            hint=form.hint.data,
            version=form.read_version,
            actor=actor,
        ),
    ):
        flash("The pass-phrase is set. Nobody can read it again.")
        return to_case(case, ANCHOR)
    form.version.typed = str(now.version)  # what stands now is on the page: sent again, it counts
    return form_page("calls/phrase.html", case, form, now=now, order=OrderForm(formdata=None))


@phrase_bp.route("/<string:reference>/pass-phrase/remove", methods=["POST"])
@permission_required(TAKE)
def remove_phrase(reference: str) -> ResponseReturnValue:
    """Take the pass-phrase away, because somebody else may know it."""
    case, actor, form = the_case(reference), current_user.actor, OrderForm()
    if form.submitted_well() and carried_out_by(
        form, lambda: commands.remove_phrase(case, version=form.read_version, actor=actor)
    ):
        flash("The pass-phrase is taken away. Set another when you next speak with them.")
        return to_case(case, ANCHOR)
    for mistake in form.mistakes():
        flash(mistake.message, "error")
    return to_case(case, ANCHOR)
