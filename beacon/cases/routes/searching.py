"""Finding a case by what the caller can say. What they say is never in an address."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import commands, queries
from beacon.cases.forms import SearchForm
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.web.drafts import keeps_no_draft
from beacon.web.guard import permission_required

bp = Blueprint("search", __name__, template_folder="../templates")


@bp.route("/search", methods=["GET", "POST"])
@permission_required(CasePermission.SEARCH)
@keeps_no_draft
def search() -> ResponseReturnValue:
    """Cases by name, reference, telephone number, postcode or e-mail address."""
    actor = current_user.actor
    form = SearchForm()
    found = None
    if form.submitted_well():
        audit.keep_pace(actor, Pace.SEARCHES)
        found = queries.search(actor, form.words.data)
        audit.shown(
            actor,
            "case_file",
            [row.id for row in found],
            ("people.name",),
            action="case.found",
            although_none=True,
        )
        met = queries.kin_meant(actor, form.words.data)
        commands.meet_conflict(met, actor=actor, asked="search")
    return render_template(
        "cases/search.html",
        form=form,
        found=found,
        is_full=found is not None and len(found) >= queries.FOUND_AT_MOST,
        today=clock.today(),
    )
