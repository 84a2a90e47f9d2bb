"""What the pages of risk share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # a template takes what it is given

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.people import queries as people
from beacon.web.forms import BeaconForm

bp = Blueprint(
    "risk", __name__, url_prefix="/cases/<string:reference>", template_folder="../templates"
)
FIELDS = ("people.name", "people.contact", "people.safe_contact", "risk.level", "risk.concerns")
ANSWERS = "risk.answers"


def the_case(reference: str) -> CaseFile:
    """The case of the address, if this person may work on it."""
    return cases.get_case(current_user.actor, reference)


def page(template: str, case: CaseFile, *, more: tuple[str, ...] = (), **known: Any) -> str:
    """A page of a case under how its victim may be reached; that it was seen is written down."""
    actor = known.pop("viewer", None) or current_user.actor
    audit.keep_pace(actor, Pace.CASES)  # what was typed well is taken before this
    card = people.contact_card(actor, case.victim)
    audit.shown(actor, "case_file", [case.id], (*FIELDS, *more), action="case.shown")
    return render_template(
        template,
        case=case,
        card=card,
        ways=cases.ways_to(card),
        today=clock.today(),
        **known,
    )


def taken(form: BeaconForm, order: Callable[[], object], words: str) -> bool:
    """Give the order; say it was done, or put the refusal by its box and keep the answers."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    flash(words)
    return True


def back(case: CaseFile, anchor: str | None = None) -> ResponseReturnValue:
    """Back to what is known of the risk in the case."""
    return redirect(url_for("risk.show", reference=case.reference, _anchor=anchor))
