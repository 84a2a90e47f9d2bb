"""Asking somebody how we did: by the way that is safe now, or not at all, with the reason."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.cases.models import CaseFile
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db, insert_once, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.reference import ALPHABET
from beacon.mail import commands as mail
from beacon.mail.register import register_recheck as register_mail
from beacon.notices.terms import HeldBecause
from beacon.notify import outbox
from beacon.notify.messages import Recipient
from beacon.notify.messages import Victim as ForVictim
from beacon.notify.post import post
from beacon.notify.register import Recheck, each, register_recheck
from beacon.notify.terms import TextState
from beacon.surveys import queries
from beacon.surveys.messages import ByLink, ByNumber
from beacon.surveys.models import SurveyInvitation
from beacon.surveys.queries import print_of
from beacon.surveys.standards import ADDRESS, LINK
from beacon.surveys.terms import Dimension, InvitationState, Point, RefusedBecause, Way

KIND = "survey"
TOKEN_LENGTH = 28  # of 29 letters: more than 136 bits
DAYS_FOR_A_TEXT = 2
SUBJECT = "How did we do?"
MAIL = (
    "Hello.",
    "You said that we may ask how we did. There are seven short questions, and no name is asked.",
    "{link}",
    "The link works once, for {days} days. If you would rather not, do nothing.",
)
S = InvitationState
SAFE_TO_TRY_AGAIN = frozenset({S.REFUSED})


def invite(case_id: int, point: Point, *, actor: Actor) -> SurveyInvitation:
    """Ask the victim of a case, once for each point of it; NotFound where there is no such case.

    Where no safe way is there, or they have not agreed, nothing is sent and the reason is kept.
    Asked again of one that was refused, it is decided anew; of any other, nothing changes.
    """
    with transaction() as session:
        case = session.get(CaseFile, case_id, with_for_update=True, populate_existing=True)
        if case is None:
            raise NotFound
        row = _row(session, case, point)
        if row.state in SAFE_TO_TRY_AGAIN:
            _decide(row, case, actor)
            session.flush()
            audit.record(
                f"survey.{row.state.value}", row, actor, case_id=case.id, because=row.because
            )
    return row


def _row(session: Session, case: CaseFile, point: Point) -> SurveyInvitation:
    session.flush()
    groups = queries.groups_of(case)
    insert_once(
        session,
        SurveyInvitation.__table__,  # type: ignore[arg-type]
        case_id=case.id,
        point=point,
        state=S.REFUSED,
        because=RefusedBecause.NO_CONSENT.value,
        created_at=clock.now(),
        district=groups[Dimension.DISTRICT],
        crime=groups[Dimension.CRIME],
        category=groups[Dimension.CATEGORY],
        age=groups[Dimension.AGE],
        team=groups[Dimension.TEAM],
    )
    query = sa.select(SurveyInvitation).where(
        SurveyInvitation.case_id == case.id, SurveyInvitation.point == point
    )
    return session.scalars(query.with_for_update()).one()


def row_for(session: Session, case: CaseFile, point: Point) -> SurveyInvitation:
    """The one row of a case and point, held until we commit; made where there is none."""
    return _row(session, case, point)


def _decide(row: SurveyInvitation, case: CaseFile, actor: Actor) -> None:
    way = queries.chosen_way(case)
    if not isinstance(way, Way):
        row.because = way.value
        return
    # Above all else: what is kept of the link is its print alone.
    token = "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))
    row.state, row.way, row.because = S.PLANNED, way, ""
    row.token_hash = None if way is Way.NUMBER else print_of(token)
    row.expires_at = clock.now() + timedelta(days=settings.count(LINK))
    if way is Way.EMAIL:
        _by_email(row, case, token, actor)
    else:
        _by_text(row, case, token, actor)
    if row.state is S.PLANNED:
        row.invited_at = row.invited_at or clock.now()


def _by_text(row: SurveyInvitation, case: CaseFile, token: str, actor: Actor) -> None:
    mobile, now = queries.mobile_of(case), clock.now()
    assert mobile is not None  # chosen_way found it
    link = f"{settings.value(ADDRESS).rstrip('/')}/{token}"
    row.on_day = clock.today()
    try:
        text = outbox.plan(
            kind=KIND,
            about_id=row.id,
            on=row.on_day,
            recipient=Recipient(ForVictim, mobile),
            body=ByNumber() if row.way is Way.NUMBER else ByLink(link=link),
            send_after=now,
            expires_at=_last_moment(now),
            actor=actor,
        )
    except RuleBroken:
        refuse(row, RefusedBecause.WORDS)
        return
    if text is None or text.state is TextState.SUPPRESSED:
        refuse(row, RefusedBecause.TEXT_STOPPED)


def _by_email(row: SurveyInvitation, case: CaseFile, token: str, actor: Actor) -> None:
    link = f"{post().config.base_url}/q/{token}"
    words = "\n\n".join(MAIL).format(link=link, days=settings.count(LINK))
    letter = mail.write(
        to=queries.email_of(case),
        subject=SUBJECT,
        body=words,
        kind=KIND,
        about_id=row.id,
        actor=actor,
    )
    db.session().flush()
    row.mail_id = letter.id


def refuse(row: SurveyInvitation, because: RefusedBecause | HeldBecause) -> None:
    """Nobody is asked by machine, and this is why."""
    row.state, row.because, row.way = S.REFUSED, because.value, None
    spend(row)


def spend(row: SurveyInvitation) -> None:
    """The link opens nothing any more."""
    row.token_hash, row.expires_at = None, None


def still_safe(row: SurveyInvitation) -> RefusedBecause | HeldBecause | None:
    """Why somebody may not be asked any more by the way that was chosen; None where they may."""
    way = queries.chosen_way(row.case)
    if not isinstance(way, Way):
        return way
    is_by_text = row.way in {Way.TEXT, Way.NUMBER}
    is_same = (way in {Way.TEXT, Way.NUMBER}) if is_by_text else way is row.way
    return None if is_same else RefusedBecause.TOO_LATE


def _last_moment(now: datetime) -> datetime:
    closes = time.fromisoformat(settings.value("notices.text_to"))
    return clock.from_london(clock.london_day(now) + timedelta(days=DAYS_FOR_A_TEXT), closes)


def recheck(session: Session, about_id: int, on: date) -> Recheck:
    """Ask again, inside the claim: may they still be asked by text, and on which number."""
    row = session.get(SurveyInvitation, about_id)
    if row is None or row.state is not S.PLANNED or row.way not in {Way.TEXT, Way.NUMBER}:
        return Recheck.cancel("no_longer")
    if (why := still_safe(row)) is not None:
        return Recheck.suppress(why)
    return Recheck.send(mobile=queries.mobile_of(row.case))


def may_still_mail(about_id: int) -> bool:
    """Ask again before a mail leaves: may they still be asked by email."""
    row = db.session.get(SurveyInvitation, about_id)
    is_due = row is not None and row.state is S.PLANNED and row.way is Way.EMAIL
    return is_due and row is not None and still_safe(row) is None


register_recheck(
    KIND,
    each(recheck),
    reasons=RefusedBecause,
    window=("notices.text_from", "notices.text_to"),
)
register_mail(KIND, may_still_mail)
