"""A text that is answered with one figure: it goes into the box, and is kept nowhere else."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core import clock
from beacon.notify.models import OutboundText
from beacon.surveys.commands.answering import put
from beacon.surveys.commands.inviting import KIND
from beacon.surveys.models import SurveyInvitation
from beacon.surveys.rules import Answers
from beacon.surveys.terms import InvitationState, Page, Score, Way

FIGURES = frozenset(score.value for score in Score if score.counts)


def take_number(session: Session, number_index: str, words: str) -> bool:
    """Take a figure from 1 to 5 that answers our text; whether it was one, and is dealt with.

    Anything else, and a figure from somebody whom we did not ask, stays a reply to be read. A
    second figure is dealt with as well and changes nothing: kept as a reply, it would say who
    answered what.
    """
    figure = words.strip().rstrip(".!").strip()
    if figure not in FIGURES:
        return False
    row = session.scalars(_asked(number_index)).first()
    if row is None:
        return False
    if row.state.is_live and row.expires_at is not None and row.expires_at > clock.now():
        put(session, row, Answers({Page.SATISFIED.value: figure}))
    return True


def _asked(number_index: str) -> sa.Select[SurveyInvitation]:
    """The last invitation that went to this number and is answered with a figure."""
    return (
        sa.select(SurveyInvitation)
        .join(
            OutboundText,
            sa.and_(OutboundText.kind == KIND, OutboundText.about_id == SurveyInvitation.id),
        )
        .where(
            OutboundText.to_index == number_index,
            OutboundText.may_have_left,
            SurveyInvitation.way == Way.NUMBER,
            SurveyInvitation.state.in_(
                [one for one in InvitationState if one.is_live or one is InvitationState.ANSWERED]
            ),
        )
        .order_by(SurveyInvitation.id.desc())
        .limit(1)
        .with_for_update()
    )
