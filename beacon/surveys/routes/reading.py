"""What leaders read: what was raised, who asks to be rung, and words before they are shown."""

from __future__ import annotations

import json

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core.actor import reader
from beacon.core.together import Asking, asking
from beacon.surveys import commands, queries, rules
from beacon.surveys.forms import LookForm, ReadForm
from beacon.surveys.routes.ground import bp, carried_out
from beacon.surveys.terms import Measure, Score, SurveyPermission
from beacon.web import cursors
from beacon.web.guard import permission_required
from beacon.web.layout import Told

WATCH = SurveyPermission.WATCH
LISTED, WORDS = ("found", "reference"), ("words",)


@bp.route("/raised")
@permission_required(WATCH)
def raised_list() -> ResponseReturnValue:
    """What was raised and nobody has looked at yet."""
    actor = reader(current_user.actor)
    audit.keep_pace(actor, Pace.LISTS)
    rows = queries.concerns(actor, cursors.asked_for())
    audit.shown(actor, "survey_concern", [row.id for row in rows], LISTED)
    return render_template("surveys/raised.html", rows=rows)


@bp.route("/raised/<int:raised_id>", methods=["GET", "POST"])
@permission_required(WATCH)
def concern(raised_id: int) -> ResponseReturnValue:
    """What somebody wrote, what can be done, and what was done."""
    actor = current_user.actor
    row, form = queries.get_concern(actor, raised_id), LookForm()
    if form.submitted_well() and carried_out(
        form, lambda: commands.look_at(row, note=form.note.data, actor=actor)
    ):
        flash("What you did is written down.")
        return redirect(url_for("surveys.raised_list"))
    audit.shown(actor, "survey_concern", [row.id], WORDS, action="survey_concern.shown")
    return render_template(
        "surveys/concern.html",
        row=row,
        form=form,
        found=[one for one in row.found.split("|") if one],
        reference=queries.reference_of(actor, row),
        scores=[
            (Measure(name).question, Score(score).label)
            for name, score in json.loads(row.scores or "{}").items()
        ],
    )


@bp.route("/words")
@permission_required(WATCH)
def words_list() -> ResponseReturnValue:
    """Words that nobody has read yet."""
    actor = reader(current_user.actor)
    audit.keep_pace(actor, Pace.LISTS)
    rows = queries.words_to_read(actor, cursors.asked_for())
    audit.shown(actor, "survey_words", [row.id for row in rows], WORDS)
    return render_template("surveys/words.html", rows=rows)


@bp.route("/words/<int:words_id>", methods=["GET", "POST"])
@permission_required(WATCH)
def words(words_id: int) -> ResponseReturnValue:
    """Read words, take out whoever is named, and say whether they may be shown."""
    actor = current_user.actor
    row = queries.get_words(actor, words_id)
    form = ReadForm(shown=row.shown or rules.without(row.words, queries.names_here()))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.moderate(row, form.shown.data or "", may_show=form.may_show, actor=actor),
    ):
        flash("Read.")
        return redirect(url_for("surveys.words_list"))
    audit.shown(actor, "survey_words", [row.id], WORDS, action="survey_words.shown")
    return render_template("surveys/read.html", row=row, form=form)


@asking
def raised() -> Asking[Told | None]:
    """What every leader must know on every page: that something waits to be looked at."""
    if not current_user.may(WATCH):
        return None
    number = yield from queries.open_concerns.ask(current_user.actor)
    if not number:
        return None
    words = "One answer" if number == 1 else f"{number} answers"
    return Told(
        f"{words} to our questions must be looked at by a person.",
        link=url_for("surveys.raised_list"),
        link_words="Look at it" if number == 1 else "Look at them",
    )
