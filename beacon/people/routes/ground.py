"""What the pages of people share: the way back to the case or referral that led to them."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from beacon.web.guard import HOME, safe_next

bp = Blueprint("people", __name__, url_prefix="/people", template_folder="../templates")

SHOWN = ("people.name", "people.contact", "people.safe_contact")


def came_from() -> str:
    """The page from which the person came, as an address of this site; empty where none is."""
    wanted = safe_next(request.args.get("next") or request.form.get("next"))
    return "" if wanted == HOME else wanted


def back(victim_id: int) -> ResponseReturnValue:
    """To the page that led here; to the person's own, where none did."""
    return redirect(came_from() or url_for("people.contact", victim_id=victim_id))
