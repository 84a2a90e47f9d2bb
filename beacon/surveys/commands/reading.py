"""A leader looks at what was raised, and reads words before anybody else is shown them."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.cases.commands.tasks import finish_tasks_about
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.surveys.commands.answering import CALL
from beacon.surveys.models import SurveyConcern, SurveyWords
from beacon.surveys.terms import ConcernState, WordsState

DONE = "{who} has looked at it meanwhile."
READ = "{who} has read these words meanwhile."


def look_at(concern: SurveyConcern, *, note: str, actor: Actor) -> None:
    """Record what was done about something that was raised; RuleBroken where somebody has."""
    with transaction() as session:
        session.refresh(concern, with_for_update=True)
        if concern.state is ConcernState.DONE:
            raise RuleBroken(DONE.format(who=concern.done_by))
        concern.state, concern.done_on = ConcernState.DONE, clock.today()
        concern.done_by, concern.note = actor.name, note
        if concern.case_id is None:
            audit.record("survey_concern.done", concern, actor, fields=("note",))
            return
        about = concern.case_id
        audit.record("survey_concern.done", concern, actor, fields=("note",), case_id=about)
        finish_tasks_about(about, CALL, actor, whole=True)


def moderate(words: SurveyWords, shown: str, *, may_show: bool, actor: Actor) -> None:
    """Let words be shown, as a leader has left them, or keep them back for good."""
    with transaction() as session:
        session.refresh(words, with_for_update=True)
        if words.state is not WordsState.WAITING:
            raise RuleBroken(READ.format(who=words.read_by))
        if may_show and not shown.strip():
            raise RuleBroken("Leave some words to be shown, or keep them back.", field="shown")
        words.state = WordsState.SHOWN if may_show else WordsState.KEPT_BACK
        words.shown = shown.strip() if may_show else ""
        words.read_on, words.read_by = clock.today(), actor.name
        audit.record("survey_words.read", words, actor, fields=("shown",))
