"""Victims and witnesses at one hearing: called, supported, measures, whether they came; figures."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases.routes.ground import carried_out_by
from beacon.core import clock
from beacon.core.errors import NotFound
from beacon.courts import commands, queries, rules
from beacon.courts.forms import (
    CallWitnessForm,
    CameForm,
    MeasureForm,
    MeasureStepForm,
    PeriodForm,
    SupportForm,
)
from beacon.courts.models import CourtWitness, Hearing
from beacon.courts.queries.called import WitnessLine
from beacon.courts.routes.blueprint import day_bp
from beacon.courts.terms import Called, CourtPermission, Ground
from beacon.web.forms import BeaconForm
from beacon.web.guard import permission_required

CALL, ATTENDED = CourtPermission.CALL, CourtPermission.ATTENDED
MEASURED = timedelta(days=91)
PAGE = "/hearings/<int:hearing_id>/witnesses"
ONE = f"{PAGE}/<int:witness_id>"
FIELDS = ("name of a victim or witness", "special measures")


@day_bp.route(f"{PAGE}/new", methods=["GET", "POST"])
@permission_required(CALL)
def call_witness(hearing_id: int) -> ResponseReturnValue:
    """Say that a victim or a witness is expected at a hearing."""
    actor = current_user.actor
    hearing = queries.get_hearing(actor, hearing_id)
    own = queries.cases_to_call(actor, hearing)
    form = CallWitnessForm()
    form.offer(own)
    if form.submitted_well() and carried_out_by(
        form, lambda: commands.call_witness(hearing, form.given(own), actor=actor)
    ):
        flash("They are expected at this hearing.")
        return _to(hearing_id)
    audit.keep_pace(actor, Pace.CASES)
    audit.shown(actor, "case_file", [case.id for case, _ in own], FIELDS, action="case.listed")
    return render_template("courts/call_witness.html", form=form, hearing=hearing, own=own)


@day_bp.route(ONE, methods=["GET", "POST"])
@permission_required(CALL)
def support(hearing_id: int, witness_id: int) -> ResponseReturnValue:
    """Write down what was offered so that they can come, with their measures."""
    actor = current_user.actor
    hearing = queries.get_hearing(actor, hearing_id)
    row = queries.get_own_witness(actor, hearing_id, witness_id)
    form = SupportForm(version=str(row.version), support=row.offered)
    if form.submitted_well() and carried_out_by(
        form,
        lambda: commands.offer_support(
            row, form.support.data or (), version=form.seen, actor=actor
        ),
    ):
        flash("What was offered is written down.")
        return _to(hearing_id)
    return _page("courts/support.html", form, hearing, row, apply_by=queries.apply_by(row))


@day_bp.route(f"{ONE}/came", methods=["GET", "POST"])
@permission_required(ATTENDED)
def came(hearing_id: int, witness_id: int) -> ResponseReturnValue:
    """Write down whether they came to court, and why not."""
    actor = current_user.actor
    hearing = queries.get_hearing(actor, hearing_id)
    row = queries.get_witness(actor, hearing_id, witness_id)
    form = CameForm(version=str(row.version), came=row.came, why=row.why)
    if form.submitted_well() and carried_out_by(
        form,
        lambda: commands.record_came(
            row, form.came.data, form.why.data, version=form.seen, actor=actor
        ),
    ):
        flash("Recorded.")
        return _to(hearing_id)
    return _page("courts/came.html", form, hearing, row)


@day_bp.route(f"{ONE}/measures/new", methods=["GET", "POST"])
@permission_required(CALL)
def propose_measure(hearing_id: int, witness_id: int) -> ResponseReturnValue:
    """Say that a special measure is to be asked for."""
    actor = current_user.actor
    hearing = queries.get_hearing(actor, hearing_id)
    row = queries.get_own_witness(actor, hearing_id, witness_id)
    proposed = _proposed(row, hearing)
    form = MeasureForm()
    form.propose(proposed)
    if form.submitted_well() and carried_out_by(
        form,
        lambda: commands.propose_measure(row, form.measure.data, form.ground.data, actor=actor),
    ):
        flash("The measure is proposed. Ask for it as soon as you can.")
        return _to(hearing_id)
    return _page(
        "courts/measure.html",
        form,
        hearing,
        row,
        proposed=proposed,
        apply_by=queries.apply_by(row),
    )


@day_bp.route(f"{ONE}/measures/<int:measure_id>", methods=["GET", "POST"])
@permission_required(ATTENDED)
def measure_step(hearing_id: int, witness_id: int, measure_id: int) -> ResponseReturnValue:
    """Record what has happened with a special measure."""
    actor = current_user.actor
    hearing = queries.get_hearing(actor, hearing_id)
    row = queries.get_witness(actor, hearing_id, witness_id)
    measure = queries.get_measure(actor, row, measure_id)
    form = MeasureStepForm(on=clock.today())
    form.offer(all_steps=current_user.may(CALL) and bool(_line(hearing, row).reference))
    if form.submitted_well() and carried_out_by(
        form,
        lambda: commands.take_measure_step(
            row, measure, form.step.data, on=form.on.data, actor=actor
        ),
    ):
        flash("Recorded.")
        return _to(hearing_id)
    return _page("courts/measure_step.html", form, hearing, row, measure=measure)


@day_bp.route("/hearings/witnesses")
@permission_required(CourtPermission.WITNESSES)
def witnesses() -> ResponseReturnValue:
    """Whether victims and witnesses came, by court, and what special measures came to."""
    form, today = PeriodForm(), clock.today()
    first, last = form.period((today - MEASURED, today))
    found = queries.witnesses_between(first, last)
    parts = [_parts(one) for one in found.courts]
    whole, attended = rules.shown_below(parts)
    return render_template(
        "courts/witnesses.html",
        form=form,
        first=first,
        last=last,
        found=found,
        attended=attended,
        whole=whole,
        courts=[
            (one.court, *rules.shown(kept)) for one, kept in zip(found.courts, parts, strict=True)
        ],
        reasons=zip(
            [why for why, _ in found.reasons],
            rules.shown([number for _, number in found.reasons])[1],
            strict=True,
        ),
        measures=_shown_measures(found.measures),
        least=rules.LEAST,
        may_manage=current_user.may(CourtPermission.MANAGE),
    )


def _parts(one: queries.CourtAttended) -> list[int]:
    """Came, did not, not needed, not known, not recorded."""
    return [one.came, one.did_not, one.not_needed, one.not_known, one.not_recorded]


def _shown_measures(found: queries.MeasuresCounted) -> list[tuple[str, int | None]]:
    """How far the measures had come; a small number is not shown."""
    named = [("Proposed", found.measures), ("Asked for", found.asked)]
    named += [("Applied for", found.applied), ("Granted", found.granted)]
    named += [("Refused", found.refused), ("Varied", found.varied)]
    named += [("In place on the day", found.in_place), ("Not in place", found.not_in_place)]
    named += [("They were told the outcome", found.told)]
    return [(words, None if 0 < number < rules.LEAST else number) for words, number in named]


def _proposed(row: CourtWitness, hearing: Hearing) -> list[Ground]:
    """What the case says of a victim; of a witness nothing is known here."""
    if row.called is not Called.VICTIM:
        return []
    return queries.proposed_grounds(row, hearing)


def _line(hearing: Hearing, row: CourtWitness) -> WitnessLine:
    lines = queries.witnesses_of(current_user.actor, hearing.id)
    found = next((line for line in lines if line.row.id == row.id), None)
    if found is None:
        raise NotFound
    return found


def _page(
    template: str, form: BeaconForm, hearing: Hearing, row: CourtWitness, **known: object
) -> str:
    """A form about one person at a hearing; that their name was seen is written down."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    line = _line(hearing, row)
    audit.shown(actor, "hearing", [hearing.id], ("defendant name", *FIELDS))
    return render_template(template, form=form, hearing=hearing, line=line, **known)


def _to(hearing_id: int) -> ResponseReturnValue:
    return redirect(url_for("courts.hearing", hearing_id=hearing_id, _anchor="witnesses"))
