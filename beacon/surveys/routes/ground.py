"""What the pages of surveys share."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, session

from beacon.core.errors import RuleBroken
from beacon.web.forms import BeaconForm

TEMPLATES = "../templates"
bp = Blueprint("surveys", __name__, url_prefix="/surveys", template_folder=TEMPLATES)
case_bp = Blueprint("survey_of_case", __name__, url_prefix="/cases", template_folder=TEMPLATES)
questions_bp = Blueprint("questions", __name__, url_prefix="/q", template_folder=TEMPLATES)
LINK, DRAFT, DONE = "q_link", "q", "q_done"
ELSEWHERE = "https://www.bbc.co.uk/weather"


def held() -> tuple[str, str]:
    """The link and the draft that this browser holds; empty where it holds none."""
    return str(session.get(LINK, "")), str(session.get(DRAFT, ""))


def hold(link: str, draft: str) -> None:
    """Let this browser hold a link with its draft."""
    session[LINK], session[DRAFT] = link, draft
    session.pop(DONE, None)


def forget() -> None:
    """Let this browser forget that anything was asked in it."""
    for name in (LINK, DRAFT, DONE):
        session.pop(name, None)


def carried_out(form: BeaconForm, order: Callable[[], object]) -> bool:
    """Give the order; where a rule says no, keep the answers and say why."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    return True
