"""People who may be asked how we did, their links, and what they answer."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.cases.terms import CaseStatus
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.settings import Setting
from beacon.mail.models import OutboundMail
from beacon.notify.models import OutboundText
from beacon.people import commands as people
from beacon.people.commands import ConsentAnswer
from beacon.people.models import Victim
from beacon.people.terms import Agreed, Purpose, SaidHow
from beacon.surveys import commands, queries
from beacon.surveys.commands.inviting import KIND
from beacon.surveys.models import SurveyInvitation, SurveySlip
from beacon.surveys.rules import Answers
from beacon.surveys.terms import Page, Point, Score
from tests.factories import TEST, a_case, a_victim

ADDRESS = "questions.example.org/q"
GOOD: dict[str, str] = {
    **{page.value: Score.FIVE.value for page in list(Page)[:5]},
    Page.WORDS.value: "",
    Page.CALL.value: "no",
}


def set_to(name: str, text: str) -> None:
    """Let a setting say this."""
    with transaction() as session:
        held = session.scalars(sa.select(Setting).where(Setting.name == name)).first()
        if held is None:
            session.add(Setting(name=name, text=text))
        else:
            held.text = text


def texts_go() -> None:
    """Victims may be texted, and a text has an address to name."""
    set_to("notices.by_text", "yes")
    set_to("surveys.address", ADDRESS)


def agree(victim: Victim, answer: Agreed = Agreed.GIVEN) -> None:
    """What somebody says of being asked how we did."""
    said = ConsentAnswer(
        purpose=Purpose.SURVEY, answer=answer, how=SaidHow.PHONE, said_at=clock.now()
    )
    people.record_consent(victim, said, actor=TEST)


def somebody(*, preferred: str = "sms", agrees: bool = True, **known: Any) -> Victim:
    """Somebody who may be texted or mailed, and has agreed to be asked."""
    known.setdefault("email", "amelia@example.org")
    victim = a_victim(safe="yes", preferred=preferred, **known)
    if agrees:
        agree(victim)
    return victim


def a_closed_case(
    *, closed_at: datetime | None = None, manager: Staff | None = None, **known: Any
) -> CaseFile:
    """A case that was closed, of somebody who may be asked."""
    victim = known.pop("victim", None) or somebody(**known)
    case = a_case(victim=victim, manager=manager)
    with transaction() as session:
        row = session.get_one(CaseFile, case.id)
        row.status, row.closed_at = CaseStatus.CLOSED, closed_at or clock.now()
        row.closing_note = "All is done"
    return case


def invite(case: CaseFile, point: Point = Point.CLOSING) -> SurveyInvitation:
    """Ask the victim of a case."""
    return commands.invite(case.id, point, actor=TEST)


def token_of(row: SurveyInvitation) -> str:
    """The token of the link that was sent."""
    db.session.rollback()
    if row.mail_id is not None:
        body = db.session.get_one(OutboundMail, row.mail_id).body
    else:
        query = sa.select(OutboundText).where(
            OutboundText.kind == KIND, OutboundText.about_id == row.id
        )
        body = db.session.scalars(query).one().body
    found = re.search(r"/q/([0-9A-Z]{28})\b", body)
    assert found is not None, body
    return found[1]


def said(**changed: str) -> Answers:
    """A whole set of answers; by the name of its page some of them otherwise."""
    names = {page.name.lower(): page.value for page in Page}
    return Answers(GOOD | {names[name]: answer for name, answer in changed.items()})


def answer(row: SurveyInvitation, **changed: str) -> None:
    """Answer by the link, page by page, as a browser does."""
    token = token_of(row)
    draft = commands.begin(token, ip="192.0.2.1")
    for page, text in said(**changed).said.items():
        commands.keep(draft, Page(page), text)
    commands.send(token, draft)


def in_the_box() -> list[dict[str, Any]]:
    """What lies in the box, opened with our own key."""
    db.session.rollback()
    return [json.loads(one.said) for one in db.session.scalars(sa.select(SurveySlip))]


def panel_of(case: CaseFile) -> list[SurveyInvitation]:
    """Each time that this victim was to be asked."""
    return queries.invitations_of(TEST, case)
