"""One manager: their pattern, leave and cover, set by the leader; and everybody's own leave."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.accounts import queries as accounts
from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.caseloads import commands, queries
from beacon.caseloads.forms import CoverForm, LeaveForm, PatternForm
from beacon.caseloads.routes.ground import LEAD, OWN, bp, carried_out, led, told_of_staff
from beacon.core import clock
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required


@bp.route("/people/<int:staff_id>")
@permission_required(LEAD)
def person(staff_id: int) -> ResponseReturnValue:
    """What a manager carries, when they work, and who covers."""
    actor, staff = current_user.actor, led(staff_id)
    audit.keep_pace(actor, Pace.LISTS)
    (manager,) = queries.managers([staff])
    cases = queries.weighed_rows(actor, staff_id, manager.cases)
    told_of_staff([staff_id])
    audit.shown(
        actor, "case_file", [one.row.id for one in cases], ("people.name",), action="case.listed"
    )
    return render_template(
        "caseloads/person.html",
        manager=manager,
        cases=cases,
        unseen=len(manager.cases) - len(cases),
        leave=queries.leave_of(staff_id),
        covers=queries.covers(absent=[staff_id]),
        not_covered=queries.not_covered(staff_id),
        form=OrderForm(),
        today=clock.today(),
    )


@bp.route("/people/<int:staff_id>/pattern", methods=["GET", "POST"])
@permission_required(LEAD)
def pattern(staff_id: int) -> ResponseReturnValue:
    """Set when somebody works, what they can do, and how much they carry."""
    staff = led(staff_id)
    (manager,) = queries.managers([staff])
    form = PatternForm.of(manager)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.set_pattern(
            staff, form.given(), version=form.read_version, actor=current_user.actor
        ),
    ):
        flash(f"Saved for {staff.name}.")
        return redirect(url_for("workload.person", staff_id=staff_id))
    told_of_staff([staff_id])
    return render_template("caseloads/pattern.html", form=form, manager=manager)


@bp.route("/people/<int:staff_id>/leave/new", methods=["GET", "POST"])
@permission_required(LEAD)
def add_leave(staff_id: int) -> ResponseReturnValue:
    """Say when somebody is away."""
    staff, form = led(staff_id), LeaveForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.add_leave(
            staff, form.first.data, form.last.data, actor=current_user.actor
        ),
    ):
        flash(f"{staff.name} is away on those days. Say who covers.")
        return redirect(url_for("workload.person", staff_id=staff_id))
    back = url_for("workload.person", staff_id=staff_id)
    return render_template("caseloads/leave.html", form=form, whose=staff.name, back=back)


@bp.route("/people/<int:staff_id>/cover/new", methods=["GET", "POST"])
@permission_required(LEAD)
def add_cover(staff_id: int) -> ResponseReturnValue:
    """Let a colleague answer for somebody's cases for a while."""
    staff, leave = led(staff_id), queries.leave_of(staff_id)
    days = {"first": leave[0].starts_on, "last": leave[0].ends_on} if leave else {}
    form = CoverForm(**days)
    others = [one for one in queries.who_may_cover() if one.id != staff_id]
    form.cover.choices = [("", "Choose…"), *((one.id, one.name) for one in others)]
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.start_cover(
            staff,
            accounts.get_staff(form.cover.data),
            form.first.data,
            form.last.data,
            actor=current_user.actor,
        ),
    ):
        flash(f"{accounts.get_staff(form.cover.data).name} covers on those days.")
        return redirect(url_for("workload.person", staff_id=staff_id))
    return render_template(
        "caseloads/cover.html",
        form=form,
        staff=staff,
        not_covered=queries.not_covered(staff_id),
    )


@bp.post("/cover/<int:cover_id>/end")
@permission_required(LEAD)
def end_cover(cover_id: int) -> ResponseReturnValue:
    """End a cover now."""
    cover = queries.get_cover(current_user.actor, cover_id)
    if OrderForm().submitted_well():
        commands.end_cover(cover, actor=current_user.actor)
        flash(f"{cover.person.name} no longer covers.")
    return redirect(url_for("workload.person", staff_id=cover.absent_id))


@bp.route("/own")
@permission_required(OWN)
def own() -> ResponseReturnValue:
    """One's own working pattern, leave, covers, and what was found in one's own cases."""
    actor = current_user.actor
    staff = accounts.get_staff(current_user.id)
    (manager,) = queries.managers([staff])
    reviews = queries.own_reviews(actor)
    ids = [one.review.case_id for one in reviews]
    audit.shown(actor, "case_file", ids, ("supervision",), action="case.listed")
    return render_template(
        "caseloads/own.html",
        manager=manager,
        leave=queries.leave_of(staff.id),
        covered=queries.covers(absent=[staff.id]),
        covering=queries.covers(cover_id=staff.id),
        reviews=reviews,
        handed=queries.waiting_for(actor),
        today=clock.today(),
    )


@bp.route("/own/leave/new", methods=["GET", "POST"])
@permission_required(OWN)
def add_own_leave() -> ResponseReturnValue:
    """Say when one is away oneself."""
    form = LeaveForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.add_leave(
            accounts.get_staff(current_user.id),
            form.first.data,
            form.last.data,
            actor=current_user.actor,
        ),
    ):
        flash("You are away on those days: no new case comes to you for them.")
        return redirect(url_for("workload.own"))
    return render_template(
        "caseloads/leave.html", form=form, whose="", back=url_for("workload.own")
    )


@bp.post("/leave/<int:leave_id>/take-back")
@permission_required(OWN)
def take_leave_back(leave_id: int) -> ResponseReturnValue:
    """Somebody is not away after all: oneself, or whom one leads."""
    leave = queries.get_leave(current_user.actor, leave_id)
    if OrderForm().submitted_well():
        commands.take_leave_back(leave, actor=current_user.actor)
        flash("Those days are no leave any more.")
    if leave.staff_id == current_user.id:
        return redirect(url_for("workload.own"))
    return redirect(url_for("workload.person", staff_id=leave.staff_id))
