"""What the orders share: words within bounds, days that have come, and the block itself."""

from __future__ import annotations

from datetime import date, datetime

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.restorative import queries
from beacon.restorative.models import RestorativeRuling
from beacon.restorative.rules import Standing

WORDS_AT_MOST = 2_000
WHAT_TO_DO = (
    "Do not raise it with them. A team leader decides, with reasons, on the page of restorative "
    "justice of this case; ask yours."
)


def said(words: str, field: str, sentence: str = "", *, at_most: int = WORDS_AT_MOST) -> str:
    """The words without spaces around them; refused where they are needed, or too many."""
    kept = words.strip()
    if sentence and not kept:
        raise RuleBroken(sentence, field=field)
    if len(kept) > at_most:
        raise RuleBroken(f"Use {at_most:,} characters or fewer.", field=field)
    return kept


def come(on: date, field: str = "on") -> None:
    """Refuse a day that has not come."""
    if on > clock.today():
        raise RuleBroken("That has not happened yet. Check the date.", field=field)


def happened(at: datetime, field: str = "at") -> None:
    """Refuse a moment that has not come."""
    if at > clock.now():
        raise RuleBroken("That has not happened yet. Check the date and time.", field=field)


def pass_block(case_id: int) -> RestorativeRuling | None:
    """Refuse an offer that is blocked. Where a ruling allows it, that ruling is used by this.

    The page, the hand-over to a partner and any other door give the same order, so each is refused
    alike. The case must be held.
    """
    block = queries.block_of(case_id)
    if block.is_blocked:
        raise RuleBroken(f"This is blocked: {block.why}. {WHAT_TO_DO}")
    if block.standing is Standing.ALLOWED and block.ruling is not None:
        block.ruling.used_at = clock.now()
        return block.ruling
    return None
