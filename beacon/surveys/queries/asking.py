"""Finding a link, and what was answered so far, by what a browser holds."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa

from beacon.core import clock, settings
from beacon.core.db import db
from beacon.core.errors import TooMany
from beacon.core.sealed import blind_index
from beacon.surveys.models import SurveyDraft, SurveyInvitation, SurveyTry
from beacon.surveys.rules import Answers
from beacon.surveys.standards import GUESSES
from beacon.surveys.terms import InvitationState

HOUR = 3600
TOO_MANY = "Too many links were tried from where you are. Try again in an hour."
LIVE = tuple(state for state in InvitationState if state.is_live)


def print_of(secret: str) -> str:
    """What is kept of a token: its SHA-256."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def invitation_of(token: str) -> sa.Select[SurveyInvitation]:
    """The one invitation whose link this is, as long as it may be opened."""
    return sa.select(SurveyInvitation).where(
        SurveyInvitation.token_hash == print_of(token),
        SurveyInvitation.state.in_(LIVE),
        SurveyInvitation.expires_at > clock.now(),
    )


def draft_of(token: str) -> Answers | None:
    """What the holder of this token has answered; None where nothing is there any more."""
    if not token:
        return None
    row = db.session.scalars(
        sa.select(SurveyDraft).where(
            SurveyDraft.token_hash == print_of(token), SurveyDraft.expires_at > clock.now()
        )
    ).first()
    return None if row is None else read(row)


def read(row: SurveyDraft) -> Answers:
    """The answers that a draft holds."""
    return Answers(dict(json.loads(row.typed)) if row.typed else {})


def address_index(ip: str) -> str:
    """The print of an address in this hour."""
    at = clock.london(clock.now())
    return blind_index("survey-door", f"{at:%Y-%m-%d %H}|{ip}")


def tries_from(ip: str) -> int:
    """How many links that open nothing came from this address in this hour."""
    found = db.session.scalar(
        sa.select(SurveyTry.tries).where(SurveyTry.address_index == address_index(ip))
    )
    return found or 0


def is_over(ip: str) -> bool:
    """Whether an address has tried too many links that open nothing."""
    return tries_from(ip) >= settings.count(GUESSES)


def opens(token: str, ip: str) -> bool:
    """Whether a link opens the questions; TooMany where that address has guessed too often."""
    if is_over(ip):
        raise TooMany(TOO_MANY, seconds=HOUR)
    return db.session.scalars(invitation_of(token)).first() is not None
