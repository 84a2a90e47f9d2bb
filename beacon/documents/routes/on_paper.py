"""A case on paper, without what must not be printed."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.core import clock
from beacon.documents import commands
from beacon.documents.forms import OnPaperForm
from beacon.documents.routes.ground import PRINT, bp, form_page, the_case
from beacon.web.guard import permission_required


@bp.route("/<string:reference>/print", methods=["GET", "POST"])
@permission_required(PRINT)
def print_case(reference: str) -> ResponseReturnValue:
    """Say why a case is printed; then what may be printed of it."""
    case, form = the_case(reference), OnPaperForm()
    if form.submitted_well():
        paper = commands.put_on_paper(case, why=form.why.data, actor=current_user.actor)
        return render_template(
            "documents/on_paper.html", case=case, paper=paper, now=clock.now(), today=clock.today()
        )
    return form_page("documents/print.html", case, form)
