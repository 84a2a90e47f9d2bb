"""Filling the form in: one page after the other, checked at the end, and sent once."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from beacon.core.errors import RuleBroken
from beacon.self_referrals import commands, queries, rules
from beacon.self_referrals.forms import (
    SendForm,
    StartForm,
    StepForm,
    page_of,
    sections,
    told_from,
    wrong_page,
)
from beacon.self_referrals.queries import Unsent, print_of
from beacon.self_referrals.routes.ground import (
    SENT,
    bp,
    forget,
    hold,
    to_start,
    token,
    unsent,
)
from beacon.self_referrals.rules import Answers
from beacon.self_referrals.terms import Danger, Step
from beacon.web.guard import open_to_all


@bp.route("", methods=["GET", "POST"])
@open_to_all
def start() -> ResponseReturnValue:
    """What to do in danger, what this is, and the button that begins."""
    form = StartForm.now()
    if form.submitted_well() and not form.is_trapped():
        forget()
        hold(commands.begin(shown_at=form.shown_at, ip=request.remote_addr or ""))
        return redirect(url_for("self_referrals.step", page=Step.FOR.value))
    return render_template("self_referrals/start.html", form=form, unsent=unsent())


@bp.route("/<string:page>", methods=["GET", "POST"])
@open_to_all
def step(page: str) -> ResponseReturnValue:
    """One page of the form; answered, the next one comes."""
    if page not in set(Step):
        raise NotFound
    here, written = Step(page), unsent()
    answers = written.answers if written else Answers()
    if request.method != "POST" and (written is None or not _may_show(here, answers)):
        return to_start() if written is None else redirect(_next(answers))
    form = page_of(here, answers, sent=request.method == "POST")
    if form.submitted_well():
        try:
            return redirect(_kept(form, here, written))
        except RuleBroken as refusal:
            form.refuse(refusal)
    return render_template(
        "self_referrals/step.html",
        form=form,
        before=rules.before(answers, here),
        place=_place(here, answers),
    )


@bp.route("/danger")
@open_to_all
def danger() -> ResponseReturnValue:
    """Whom to ring now; what was written stays."""
    written = unsent()
    if written is None:
        return to_start()
    return render_template("self_referrals/danger.html", onward=_next(written.answers))


@bp.route("/ask-first")
@open_to_all
def ask_first() -> ResponseReturnValue:
    """Without the other person's word nothing is sent."""
    return render_template("self_referrals/ask_first.html")


@bp.route("/check", methods=["GET", "POST"])
@open_to_all
def check() -> ResponseReturnValue:
    """Everything that was said, to be changed or sent."""
    sent = queries.unsent_of(token())
    if sent is None:
        return to_start()
    if sent.sent_as:
        return _to_sent(sent.sent_as)
    if sent.answers.is_refused:
        return redirect(url_for("self_referrals.ask_first"))
    if (wrong := wrong_page(sent.answers)) is not None:
        return redirect(url_for("self_referrals.step", page=wrong.value))
    form = SendForm()
    if form.submitted_well() and _is_a_person(form, sent):
        told = told_from(sent.answers)
        return _to_sent(commands.send(token(), told, ip=request.remote_addr or ""))
    return render_template("self_referrals/check.html", form=form, sections=sections(sent.answers))


@bp.route("/sent")
@open_to_all
def sent() -> ResponseReturnValue:
    """The reference, and what happens next."""
    reference = session.get(SENT)
    if not reference:
        return to_start()
    return render_template(
        "self_referrals/sent.html",
        reference=reference,
        promised_on=queries.promised_on(reference),
    )


def _is_a_person(form: SendForm, written: Unsent) -> bool:
    return not form.is_trapped() and not form.is_too_quick(written.shown_at, print_of(token()))


def _kept(form: StepForm, here: Step, written: Unsent | None) -> str:
    """Keep the page, and say where to go on; what was typed after the time was over begins anew."""
    if written is None:
        hold(commands.begin(shown_at=None, ip=request.remote_addr or ""))
    boxes = [(name, text) for name, text in request.form.items(multi=True) if _is_of(form, name)]
    commands.keep(token(), here, boxes)
    answers = (written.answers if written else Answers()).with_page(here, boxes)
    if answers.is_refused and here is Step.AGREED:
        return url_for("self_referrals.ask_first")
    if here is Step.NOW and answers.one(Step.NOW, "danger") == Danger.YES:
        return url_for("self_referrals.danger")
    return _next(answers)


def _is_of(form: StepForm, name: str) -> bool:
    return name in form and name != "csrf_token"


def _may_show(here: Step, answers: Answers) -> bool:
    """Whether the page is asked, and none before it is still to be answered."""
    order = rules.asked(answers)
    first = rules.unanswered(answers)
    return here in order and (first is None or order.index(here) <= order.index(first))


def _next(answers: Answers) -> str:
    first = rules.unanswered(answers)
    if first is None:
        return url_for("self_referrals.check")
    return url_for("self_referrals.step", page=first.value)


def _place(here: Step, answers: Answers) -> int:
    """Which question this is. Of how many nobody knows before the answers: some lead to more."""
    order = rules.asked(answers)
    return order.index(here) + 1 if here in order else 1


def _to_sent(reference: str) -> ResponseReturnValue:
    session[SENT] = reference
    return redirect(url_for("self_referrals.sent"))
