"""What became of invitations: sent, failed, run out, or taken back because it is safe no more."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.mail import queries as mails
from beacon.mail.terms import MailState
from beacon.notify import queries as texts
from beacon.notify.rules import AT_PROVIDER
from beacon.notify.terms import TextState
from beacon.surveys.commands.inviting import KIND, spend, still_safe
from beacon.surveys.models import SurveyInvitation
from beacon.surveys.terms import InvitationState, RefusedBecause, Way

S, T = InvitationState, TextState
FAILED = frozenset({T.UNDELIVERED, T.FAILED, T.REJECTED, T.EXPIRED})
STOPPED = frozenset({T.SUPPRESSED, T.CANCELLED})


def follow(invitation_id: int, *, actor: Actor) -> bool:
    """See how far one invitation has got; whether it has got further."""
    with transaction() as session:
        row = _held(session, invitation_id)
        if row.state is not S.PLANNED:
            return False
        if row.way is Way.EMAIL:
            _follow_mail(row)
        else:
            _follow_text(row)
        return _changed(row, S.PLANNED, actor)


def withdraw_if_unsafe(invitation_id: int, *, actor: Actor) -> bool:
    """End a link whose time is over, or whose owner may not be asked any more; whether it ended."""
    with transaction() as session:
        row = _held(session, invitation_id)
        was = row.state
        if not was.is_live:
            return False
        if row.expires_at is not None and row.expires_at <= clock.now():
            row.state = S.EXPIRED
            spend(row)
        elif (why := still_safe(row)) is not None:
            row.state, row.because = S.WITHDRAWN, why.value
            spend(row)
        return _changed(row, was, actor)


def _held(session: object, invitation_id: int) -> SurveyInvitation:
    return session.get_one(  # type: ignore[attr-defined,no-any-return]
        SurveyInvitation, invitation_id, with_for_update=True, populate_existing=True
    )


def _changed(row: SurveyInvitation, was: InvitationState, actor: Actor) -> bool:
    if row.state is was:
        return False
    audit.record(f"survey.{row.state.value}", row, actor, case_id=row.case_id, because=row.because)
    return True


def _follow_text(row: SurveyInvitation) -> None:
    text = texts.texts_about(KIND, [row.id]).get(row.id)
    if text is None or text.state in STOPPED:
        _ended(row, RefusedBecause.TEXT_STOPPED)
    elif text.state in FAILED:
        _ended(row, RefusedBecause.TEXT_FAILED)
    elif text.state is T.DELIVERED or text.state in AT_PROVIDER:
        row.state = S.SENT


def _follow_mail(row: SurveyInvitation) -> None:
    state = mails.state_of(row.mail_id) if row.mail_id else None
    if state is MailState.SENT:
        row.state = S.SENT
    elif state is not MailState.PLANNED:
        _ended(row, RefusedBecause.MAIL_STOPPED)


def _ended(row: SurveyInvitation, because: RefusedBecause) -> None:
    row.state, row.because = S.FAILED, because.value
    spend(row)
