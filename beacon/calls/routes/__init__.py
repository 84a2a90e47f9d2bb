"""The pages of calls, and what they put on the page of a case."""

from __future__ import annotations

from flask import Flask, render_template

from beacon.calls import queries
from beacon.calls.routes import line, messages, phrases, round  # noqa: F401  # views
from beacon.calls.routes.ground import TAKE, bp, phrase_bp
from beacon.cases import ends, panels
from beacon.cases.models import CaseFile
from beacon.core import clock, together
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking
from beacon.web import navigation


@asking
def panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """Whether callers can be known, how checks went, and what callers left."""
    now, left = yield from together.at_once(
        queries.checking.ask(actor, case), queries.messages_of_case.ask(actor, case)
    )
    return render_template(
        "calls/panel.html",
        case=case,
        now=now,
        messages=left,
        may_take=not actor.is_reading,
        today=clock.today(),
    )


def init_app(app: Flask) -> None:
    """Register the pages, the panel of a case, and what keeps a case from being closed."""
    app.register_blueprint(bp)
    app.register_blueprint(phrase_bp)
    ends.told_by(queries.ends_of)
    panels.add("Calls", order=60, permission=TAKE, render=panel, fields=("calls",))
    navigation.register(app, [navigation.Item("Calls", "calls.index", TAKE, 78)])
