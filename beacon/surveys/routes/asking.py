"""The questions as somebody is asked them: no account, one thing a page, left at once."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from beacon.core import settings
from beacon.core.errors import BeaconError, NotFound, TooMany
from beacon.surveys import commands, queries, rules
from beacon.surveys.forms import BeginForm, in_words, page_of
from beacon.surveys.routes.ground import DONE, ELSEWHERE, carried_out, forget, held, hold
from beacon.surveys.routes.ground import questions_bp as bp
from beacon.surveys.rules import Answers
from beacon.surveys.standards import DRAFT, LINK
from beacon.surveys.terms import Page
from beacon.web.errors import typed, undo
from beacon.web.guard import open_to_all


@bp.route("/<string:token>", methods=["GET", "POST"])
@open_to_all
def start(token: str) -> ResponseReturnValue:
    """What this is, and the button that begins. Opening the link alone uses nothing up."""
    ip = request.remote_addr or ""
    if request.method != "POST" and not queries.opens(token, ip):
        commands.note_wrong_link(ip)
        return gone()
    form = BeginForm()
    if form.submitted_well():
        hold(token, commands.begin(token, ip=ip))
        return redirect(url_for("questions.page", name=Page.SATISFIED.value))
    return render_template("surveys/start.html", form=form)


@bp.route("/page/<string:name>", methods=["GET", "POST"])
@open_to_all
def page(name: str) -> ResponseReturnValue:
    """One question; answered, the next one comes."""
    answers = _answers()
    if answers is None or name not in set(Page) or not _may_show(Page(name), answers):
        return gone() if answers is None or name not in set(Page) else _onward(answers)
    here = Page(name)
    form = page_of(here, answers)
    if form.submitted_well() and carried_out(
        form, lambda: commands.keep(held()[1], here, form.said)
    ):
        return _onward(answers.with_page(here, form.said))
    return render_template(
        "surveys/page.html", form=form, here=here, before=rules.before(here), pages=len(Page)
    )


@bp.route("/check", methods=["GET", "POST"])
@open_to_all
def check() -> ResponseReturnValue:
    """Everything that was answered, to be changed or sent."""
    answers = _answers()
    if answers is None:
        return gone()
    if rules.unanswered(answers) is not None:
        return _onward(answers)
    form = BeginForm()
    if form.submitted_well():
        commands.send(*held())
        forget()
        session[DONE] = "y"
        return redirect(url_for("questions.thanks"))
    return render_template("surveys/check.html", form=form, rows=_rows(answers), answers=answers)


@bp.route("/thanks")
@open_to_all
def thanks() -> ResponseReturnValue:
    """It is sent."""
    if not session.get(DONE):
        return gone()
    return render_template("surveys/thanks.html", telephone=settings.value("notices.telephone"))


@bp.route("/leave")
@open_to_all
def leave() -> ResponseReturnValue:
    """Somewhere harmless, at once: this browser forgets that anything was asked in it."""
    forget()
    return "", 302, {"Location": ELSEWHERE}  # no page of ours on the way


@bp.route("/privacy")
@open_to_all
def privacy() -> ResponseReturnValue:
    """What becomes of the answers."""
    return render_template(
        "surveys/privacy.html",
        hours=settings.count(DRAFT),
        days=settings.count(LINK),
        least=rules.LEAST,
    )


def gone(status: int = 404) -> Response:
    """The one page for a link that was used, is too old, was guessed, or was never ours."""
    telephone = settings.value("notices.telephone")
    return make_response(render_template("surveys/gone.html", telephone=telephone), status)


@bp.errorhandler(NotFound)
def not_there(error: NotFound) -> Response:
    """The link opens nothing any more, or what was answered is not here."""
    undo()
    return gone()


@bp.errorhandler(CSRFError)
def form_was_old(error: CSRFError) -> Response:
    """The page was open too long, or the browser keeps no cookies."""
    return _told(
        400,
        "Please try that again",
        "We could not be sure that this page was yours. Nothing was sent. This can happen if your "
        "browser does not allow cookies. Allow them, then open the link again.",
        kept=typed(),
    )


@bp.errorhandler(BeaconError)
def refused(error: BeaconError) -> Response:
    """A refusal that we meant, in its own words."""
    undo()
    answer = _told(error.status, "That did not work", error.message)
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


@bp.errorhandler(HTTPException)
def turned_away(error: HTTPException) -> ResponseReturnValue:
    """Something too large to send, or a page that is not there."""
    undo()
    if error.code == 413:
        return _told(413, "That is too long to send", "Write less, then send it again.")
    is_theirs = error.code is not None and 400 <= error.code < 500
    return gone() if is_theirs else error


def _told(
    status: int, title: str, sentence: str, *, kept: Sequence[tuple[str, str]] = ()
) -> Response:
    page = render_template("surveys/wrong.html", title=title, sentence=sentence, typed=kept)
    return make_response(page, status)


def _answers() -> Answers | None:
    """What this browser has answered; None where the link or the draft is not there any more."""
    link, draft = held()
    return queries.draft_of(draft) if link else None


def _may_show(here: Page, answers: Answers) -> bool:
    """Whether no page before this one is still to be answered."""
    first, order = rules.unanswered(answers), rules.asked()
    return first is None or order.index(here) <= order.index(first)


def _onward(answers: Answers) -> ResponseReturnValue:
    first = rules.unanswered(answers)
    if first is None:
        return redirect(url_for("questions.check"))
    return redirect(url_for("questions.page", name=first.value))


def _rows(answers: Answers) -> list[tuple[Page, str, str]]:
    """Each page with its question and the answer in words."""
    return [(one, page_of(one, Answers()).heading, in_words(one, answers.of(one))) for one in Page]
