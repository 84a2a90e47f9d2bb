"""Whether anything may leave now, and if not, why, in a sentence for the people here."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core import clock, restored, settings
from beacon.core.db import db
from beacon.core.reference_rows import environment_of_database
from beacon.notify.models import SenderState
from beacon.notify.post import post
from config import Config

SENDER = "texts"
# Why the sender stands still after a restore: only reconciling with the journal, or a person's
# decision to go on without it, ends this (security.md B-05, B-06).
RESTORED = "The database was restored: it is not known which texts have left since its backup."
TO_RECONCILE = "An administrator settles it: flask notify reconcile"


def why_stopped() -> str:
    """Why no text may leave at the moment; empty where texts may leave."""
    here = post()
    return _of_people() or _of_environment(here.config) or _of_journal()


def waits_for_journal() -> bool:
    """Whether the sender stands still after a restore, until the texts are reconciled."""
    sender = _sender()
    return sender is not None and sender.breaker_reason == RESTORED


def banner() -> str | None:
    """What a court officer must know on every page: that no texts leave, or no more today."""
    if why := why_stopped():
        return f"No texts are being sent. {why}"
    sender = _sender()
    if sender and sender.capped_on == clock.today():
        return "The most texts for one day have been sent. The rest wait, or expire this evening."
    return None


def answers_who_cannot_come() -> bool:
    """Whether somebody who cannot come is given the one line of domain.md 5.6: off by itself."""
    return post().config.two_way and settings.is_on("texts.answer_cannot_come")


def _sender() -> SenderState | None:
    return db.session.scalar(sa.select(SenderState).where(SenderState.name == SENDER))


def _of_people() -> str:
    if settings.is_on("texts.paused"):
        return "The sender is paused in the settings."
    sender = _sender()
    if sender is None:
        return ""
    if sender.breaker_reason == RESTORED:
        return f"{RESTORED} {TO_RECONCILE}"
    if sender.paused_at:
        return f"Paused by {sender.paused_by}: {sender.paused_reason or 'no reason given'}."
    if sender.breaker_at:
        return f"{sender.breaker_reason} Check the account, then resume."
    return ""


def _of_environment(config: Config) -> str:
    """Three locks must agree before anything real leaves (security.md R10)."""
    if restored.is_restored(environment_of_database()):
        return "The database was restored and belongs to nobody yet: flask env adopt"
    if not config.texts_are_real:
        return ""
    named = environment_of_database()
    if named != config.env:
        return f"The database belongs to {named or 'no environment'}, and this is {config.env}."
    is_listed = config.twilio_account_sid in config.twilio_live_sids
    if config.is_production and not is_listed and not config.provider_is_loopback:
        return "The account is not in BEACON_TWILIO_LIVE_SIDS."
    return ""


def _of_journal() -> str:
    return "" if post().journal.is_writable() else "The send journal cannot be written."
