"""What somebody has written and not sent: kept sealed, opened by its author, deleted by them.

Of no record yet, so keeping a page writes no entry of the log (as with a member of staff's draft);
that it was opened again by its code, deleted or swept is written down, without a word of it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, settings
from beacon.core.actor import machine
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.reference import ALPHABET
from beacon.self_referrals.commands.door import count_try
from beacon.self_referrals.models import DoorTry, UnsentReferral
from beacon.self_referrals.queries import print_of
from beacon.self_referrals.queries.unsent import read
from beacon.self_referrals.rules import compared
from beacon.self_referrals.terms import Step, TryKind

AT_THE_FORM = machine("public form")
SWEEPER = machine("sweep-public-forms")
TOKEN_BYTES = 32
CODE_LENGTH = 16  # of 29 letters: more than 77 bits
LONGEST = 64 * 1024
TRIES_KEPT = timedelta(days=1)
GONE = "What you had written is not here any more."


@dataclass(frozen=True, kw_only=True)
class Saved:
    """The code of a private link, shown once, and until when it works."""

    code: str
    expires_at: datetime


def begin(*, shown_at: datetime | None, ip: str) -> str:
    """Make room for what somebody will write; give the token that their browser keeps."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction() as session:
        count_try(TryKind.START, ip)
        session.add(
            UnsentReferral(token_hash=print_of(token), shown_at=shown_at, expires_at=_unsaved())
        )
    return token


def keep(token: str, step: Step, boxes: Collection[tuple[str, str]]) -> None:
    """Keep what was written on one page, in the place of what was there."""
    with transaction() as session:
        row = held(session, token)
        answers = read(row).with_page(step, boxes)
        body = json.dumps(dict(answers.typed), ensure_ascii=False)
        if len(body.encode()) > LONGEST:
            raise RuleBroken("That is too long. Write less here, and tell us the rest later.")
        row.typed = body
        row.expires_at = max(row.expires_at, _unsaved())


def save(token: str) -> Saved:
    """Give a new code by which its author comes back; an earlier code works no more."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with transaction() as session:
        row = held(session, token)
        row.code_hash = print_of(code)
        row.expires_at = clock.now() + timedelta(days=settings.count("refer.saved_days"))
        session.flush()
        audit.record("unsent_referral.saved", row, AT_THE_FORM, operation=Operation.COLLECTION)
        return Saved(code=code, expires_at=row.expires_at)


def open_saved(code: str, *, ip: str) -> str:
    """Give a new token to who knows the code; NotFound where it opens nothing.

    Whoever had it open elsewhere has it open no more.
    """
    count_try(TryKind.OPEN, ip)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction() as session:
        row = session.scalars(
            sa.select(UnsentReferral)
            .where(
                UnsentReferral.code_hash == print_of(compared(code)),
                UnsentReferral.expires_at > clock.now(),
                UnsentReferral.sent_as.is_(None),
            )
            .with_for_update()
        ).first()
        if row is None:
            raise NotFound(GONE)
        row.token_hash = print_of(token)
        audit.record("unsent_referral.opened", row, AT_THE_FORM, operation=Operation.CONSULTATION)
    return token


def delete(token: str) -> None:
    """Delete every word of it, for good; done twice it is still done."""
    with transaction() as session:
        row = session.scalars(
            sa.select(UnsentReferral)
            .where(UnsentReferral.token_hash == print_of(token), UnsentReferral.sent_as.is_(None))
            .with_for_update()
        ).first()
        if row is not None:
            audit.record("unsent_referral.deleted", row, AT_THE_FORM, operation=Operation.ERASURE)
            session.delete(row)


def sweep() -> int:
    """Remove what nobody came back for, and yesterday's counts; give how many rows went."""
    with transaction() as session:
        now = clock.now()
        forms = _removed(session, UnsentReferral, UnsentReferral.expires_at <= now)
        tries = _removed(session, DoorTry, DoorTry.created_at <= now - TRIES_KEPT)
        if forms:
            audit.record(
                "unsent_referral.swept",
                ("unsent_referral", f"{forms} rows"),
                SWEEPER,
                operation=Operation.ERASURE,
            )
        return forms + tries


def _removed(
    session: Session, model: type[UnsentReferral | DoorTry], old: sa.ColumnElement[bool]
) -> int:
    ids = session.scalars(sa.delete(model).where(old).returning(model.id)).all()
    return len(ids)


def held(session: Session, token: str) -> UnsentReferral:
    """The row of a token, held till the transaction ends; one that was sent takes nothing more."""
    row = session.scalars(
        sa.select(UnsentReferral)
        .where(
            UnsentReferral.token_hash == print_of(token), UnsentReferral.expires_at > clock.now()
        )
        .with_for_update()
    ).first()
    if row is None or row.sent_as is not None:
        raise NotFound(GONE)
    return row


def _unsaved() -> datetime:
    return clock.now() + timedelta(hours=settings.count("refer.unsaved_hours"))
