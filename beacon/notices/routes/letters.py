"""The day's letters: put in one run, printed, posted; printed again with a reason."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core.errors import RuleBroken
from beacon.notices import commands, queries
from beacon.notices.forms import PrintForm
from beacon.notices.routes.ground import bp
from beacon.notices.terms import NoticePermission, NoticeState
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required


@bp.route("/print", methods=["GET", "POST"])
@permission_required(NoticePermission.PRINT)
def runs() -> ResponseReturnValue:
    """The letters that wait, which are put in one run; and the runs there were."""
    actor, form = current_user.actor, OrderForm()
    if form.submitted_well():
        try:
            run = commands.make_run(actor=actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
            return redirect(url_for("notices.runs"))
        return redirect(url_for("notices.run", run_id=run.id))
    waiting = queries.Notices(viewer=actor, state=NoticeState.FOR_PRINT).page()
    audit.shown(actor, "victim_notice", [row.id for row in waiting], ("people.name",))
    return render_template(
        "notices/runs.html",
        form=form,
        waiting=waiting,
        number=queries.counts(actor)[NoticeState.FOR_PRINT],
        runs=queries.runs(actor),
    )


@bp.get("/print/<int:run_id>")
@permission_required(NoticePermission.PRINT)
def run(run_id: int) -> ResponseReturnValue:
    """One run: whose letters are in it, and each time that it was printed."""
    return _page(run_id, PrintForm())


@bp.post("/print/<int:run_id>/paper")
@permission_required(NoticePermission.PRINT)
def paper(run_id: int) -> ResponseReturnValue:
    """The letters of a run, to be printed; where they live is on no other page of letters."""
    actor, form = current_user.actor, PrintForm()
    found = queries.get_run(actor, run_id)
    if form.submitted_well():
        try:
            letters = commands.print_run(found, reason=form.reason.data or "", actor=actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return render_template("notices/paper.html", run=found, letters=letters)
    return _page(run_id, form)


@bp.post("/print/<int:run_id>/posted")
@permission_required(NoticePermission.PRINT)
def posted(run_id: int) -> ResponseReturnValue:
    """The letters are in the post."""
    found = queries.get_run(current_user.actor, run_id)
    if OrderForm().submitted_well():
        try:
            commands.mark_posted(found, actor=current_user.actor)
        except RuleBroken as refusal:
            flash(refusal.message, "error")
        else:
            flash("The letters are in the post.")
    return redirect(url_for("notices.run", run_id=run_id))


def _page(run_id: int, form: PrintForm) -> ResponseReturnValue:
    actor = current_user.actor
    found = queries.get_run(actor, run_id)
    letters = queries.letters_of(actor, found)
    audit.shown(actor, "victim_notice", [one.id for one in letters], ("people.name",))
    return render_template(
        "notices/run.html",
        run=found,
        letters=letters,
        printings=queries.printings(found),
        form=form,
    )
