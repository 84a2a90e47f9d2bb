"""What somebody answers and has not sent: sealed, found by a token in their browser alone.

Of no record yet, so keeping a page writes no entry of the log. A draft names no invitation: the
browser holds both tokens, and nothing here holds them together.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, settings
from beacon.core.actor import machine
from beacon.core.db import insert_once, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.surveys import queries
from beacon.surveys.models import SurveyDraft, SurveyTry
from beacon.surveys.queries import address_index, print_of
from beacon.surveys.standards import DRAFT
from beacon.surveys.terms import Page

SWEEPER = machine("sweep-surveys")
TOKEN_BYTES = 32
LONGEST = 16 * 1024
GONE = "This link does not open any questions."


def begin(token: str, *, ip: str) -> str:
    """Make room for answers; give the token that the browser keeps.

    NotFound where the link opens nothing, whatever the reason: used, too old, guessed or never
    ours. After too many of those from one address, TooMany, whether the link is good or not.
    """
    if not queries.opens(token, ip):
        note_wrong_link(ip)
        raise NotFound(GONE)
    held = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction() as session:
        session.add(SurveyDraft(token_hash=print_of(held), expires_at=_until()))
    return held


def note_wrong_link(ip: str) -> None:
    """Count a link that opens nothing, by a print of its address that changes with the hour."""
    index = address_index(ip)
    with transaction() as session:
        insert_once(
            session,
            SurveyTry.__table__,  # type: ignore[arg-type]
            address_index=index,
            on_day=clock.today(),
            tries=0,
            created_at=clock.now(),
        )
        one_more = sa.update(SurveyTry).where(SurveyTry.address_index == index)
        session.execute(one_more.values(tries=SurveyTry.tries + 1))


def keep(draft: str, page: Page, answer: str) -> None:
    """Keep the answer of one page, in the place of what was there."""
    with transaction() as session:
        row = held_draft(session, draft)
        answers = queries.read(row).with_page(page, answer)
        typed = json.dumps(dict(answers.said), ensure_ascii=False)
        if len(typed.encode()) > LONGEST:
            raise RuleBroken("That is too long. Write less here, and tell us the rest later.")
        row.typed, row.expires_at = typed, _until()


def sweep() -> int:
    """Remove answers that nobody sent, and the counts of other days; how many rows went."""
    with transaction() as session:
        old = sa.delete(SurveyDraft).where(SurveyDraft.expires_at <= clock.now())
        drafts = len(session.scalars(old.returning(SurveyDraft.id)).all())
        tried = sa.delete(SurveyTry).where(SurveyTry.on_day < clock.today())
        tries = len(session.scalars(tried.returning(SurveyTry.id)).all())
        if drafts:
            audit.record(
                "survey.drafts_swept",
                ("survey_draft", f"{drafts} rows"),
                SWEEPER,
                operation=Operation.ERASURE,
            )
        return drafts + tries


def held_draft(session: Session, draft: str) -> SurveyDraft:
    """The row of a draft, held till the transaction ends."""
    query = sa.select(SurveyDraft).where(
        SurveyDraft.token_hash == print_of(draft), SurveyDraft.expires_at > clock.now()
    )
    row = session.scalars(query.with_for_update()).first()
    if row is None:
        raise NotFound(GONE)
    return row


def _until() -> datetime:
    return clock.now() + timedelta(hours=settings.count(DRAFT))
