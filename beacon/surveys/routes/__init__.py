"""The pages of surveys: for whoever is asked, on the page of a case, for leaders, and figures."""

from __future__ import annotations

from flask import Flask

from beacon.cases import panels
from beacon.notify import answers
from beacon.surveys import commands
from beacon.surveys.routes import asking, figures, of_case, reading  # noqa: F401  # views
from beacon.surveys.routes.ground import bp, case_bp, questions_bp
from beacon.surveys.terms import SurveyPermission
from beacon.web import navigation
from beacon.web.layout import add_banner


def init_app(app: Flask) -> None:
    """Register the pages, the part of a case's page, and who takes a figure that is texted."""
    for one in (bp, case_bp, questions_bp):
        app.register_blueprint(one)
    answers.taken_by(commands.take_number)
    add_banner(app, reading.raised)
    panels.add("How we did", 12, SurveyPermission.READ, of_case.survey_panel, ("survey",))
    navigation.register(
        app,
        [
            navigation.Item(
                "How we did",
                "surveys.index",
                SurveyPermission.FIGURES,
                68,
                about="What victims said of the service when they were asked.",
            )
        ],
    )
