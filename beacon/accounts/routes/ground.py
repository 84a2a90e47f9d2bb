"""What the pages of accounts share."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from beacon.accounts import queries
from beacon.core.errors import RuleBroken
from beacon.web.forms import BeaconForm

bp = Blueprint("accounts", __name__, template_folder="../templates")


def carried_out(form: BeaconForm, order: Callable[[], object]) -> bool:
    """Give the order; where a rule says no, put its sentence on the form and keep the answers."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    return True


def team_choices() -> list[tuple[str, str]]:
    """The teams, and none, to choose from."""
    return [("", "No team"), *((team.name, team.name) for team in queries.teams())]
