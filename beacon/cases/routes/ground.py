"""What the pages of casework share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # a template takes what it is given

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import queries
from beacon.cases.forms import CaseForm
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.people import queries as people
from beacon.web import versions
from beacon.web.forms import BeaconForm
from beacon.web.versions import VersionedForm

bp = Blueprint("cases", __name__, url_prefix="/cases", template_folder="../templates")

PERSON = ("people.name", "people.contact", "people.safe_contact")


def the_case(reference: str) -> CaseFile:
    """The case of the address, if this person may see it."""
    return queries.get_case(current_user.actor, reference)


def carried_out(
    form: BeaconForm,
    order: Callable[[], object],
    case: CaseFile,
    saved: Callable[[], VersionedForm] | None = None,
) -> bool:
    """Give the order; where a rule says no, put its sentence on the form and keep the answers.

    Where ``saved`` makes the form from what is saved, a stale page shows both versions.
    """
    done = versions.carried_out(form, order, saved) if saved else carried_out_by(form, order)
    if done:
        return True
    if isinstance(form, CaseForm):
        form.renew(case)
    return False


def carried_out_by(form: BeaconForm, order: Callable[[], object]) -> bool:
    """The same of an order that is about no case."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    return True


def to_case(case: CaseFile, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the page of the case."""
    return redirect(url_for("cases.show", reference=case.reference, _anchor=anchor))


def form_page(template: str, case: CaseFile, form: BeaconForm, **known: Any) -> str:
    """A form of a case, under how its victim may be reached; that it was seen is written down.

    Safe contact stands above the boxes on every one of them (domain.md RULE 7.2).
    """
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)  # what was typed well is taken before this
    card = known.pop("card", None) or people.contact_card(actor, case.victim)
    audit.shown(actor, "case_file", [case.id], PERSON, action="case.shown")
    return render_template(
        template,
        case=case,
        form=form,
        card=card,
        ways=queries.ways_to(card),
        today=clock.today(),
        **known,
    )
