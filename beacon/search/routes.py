"""Finding somebody by what the caller can say. What they say is never in an address."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import commands, queries
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.referrals.terms import FEED_LABELS
from beacon.search.forms import SearchForm
from beacon.search.queries import Found, find
from beacon.web import navigation
from beacon.web.drafts import keeps_no_draft
from beacon.web.guard import permission_required

bp = Blueprint("search", __name__, template_folder="templates")


@bp.route("/search", methods=["GET", "POST"])
@permission_required(CasePermission.SEARCH)
@keeps_no_draft
def search() -> ResponseReturnValue:
    """Everybody of a name, date of birth, reference, number, postcode or e-mail address."""
    form = SearchForm()
    found = None
    if form.submitted_well():
        found = _found(form.words.data)
    return render_template(
        "search/search.html", form=form, found=found, today=clock.today(), feeds=FEED_LABELS
    )


@bp.route("/search/typed", methods=["POST"])
@permission_required(CasePermission.SEARCH)
@keeps_no_draft
def typed() -> ResponseReturnValue:
    """The same while somebody types: only what was found, for the script of the page."""
    form = SearchForm()
    found = None
    if form.submitted_well():
        found = _found(form.words.data, is_typing=True)
    return render_template("search/found.html", found=found, today=clock.today(), feeds=FEED_LABELS)


def _found(words: str, *, is_typing: bool = False) -> Found:
    """Look, write down what is shown, and whether somebody looked for their own kin.

    Half a word may be anybody's, so while they type only whole words are held against them.
    """
    actor = current_user.actor
    audit.keep_pace(actor, Pace.SEARCHES)
    found = find(actor, words)
    audit.shown(
        actor,
        "case_file",
        [row.id for row in found.cases],
        ("people.name",),
        action="case.found",
        although_none=True,
    )
    audit.shown(
        actor,
        "referral",
        [row.id for row in found.referrals],
        ("people.name",),
        action="referral.found",
    )
    met = queries.kin_meant(actor, words, whole_words=is_typing)
    commands.meet_conflict(met, actor=actor, asked="search")
    return found


def init_app(app: Flask) -> None:
    """Register the search and put it in the navigation."""
    app.register_blueprint(bp)
    navigation.register(app, [navigation.Item("Search", "search.search", CasePermission.SEARCH, 5)])
