"""The outbox: what is to be texted, to whom and when. Nothing leaves from here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.core.phone import Phone
from beacon.core.sealed import blind_index, new_seal_key
from beacon.notify.gateway import may_text
from beacon.notify.messages import A, Message, Recipient
from beacon.notify.models import OutboundText, TextHold
from beacon.notify.post import post
from beacon.notify.received import flags_on
from beacon.notify.register import Recheck, kind_of, register_recheck
from beacon.notify.segments import measure
from beacon.notify.terms import Audience, NumberFlag, Reason, TextState
from beacon.numbers.queries import held_among

__all__ = ["Recheck", "cancel", "plan", "readdress", "refusals", "register_recheck", "suppress"]

S = TextState
# Never claimed, so certainly never sent: such a text may be planned anew.
MAY_BE_PLANNED_AGAIN = frozenset({S.SUPPRESSED, S.CANCELLED})


def plan(
    *,
    kind: str,
    about_id: int,
    on: date,
    recipient: Recipient[A],
    body: Message[A],
    send_after: datetime,
    expires_at: datetime,
    actor: Actor,
) -> OutboundText | None:
    """Put one text in the outbox, once for its kind, what it is about and its day.

    None where it is there already. One that was cancelled or held back before anything left is
    planned again with what is true now. A number that is not texted gives a suppressed text with
    its reason (domain.md RULE 5.2, RULE 5.4).
    """
    kind_of(kind)
    if body.who is not recipient.who:
        raise RuleBroken("This text was written for somebody else.")
    words = body.check()
    if not recipient.mobile.is_uk_mobile:
        raise RuleBroken("Only a mobile number of the United Kingdom can be texted.", "mobile")
    with transaction() as session:
        text = _once(session, kind, about_id, on, recipient.who.audience)
        if text.state not in MAY_BE_PLANNED_AGAIN or text.may_have_left:
            return None
        was = (text.state, text.reason)
        _address(text, recipient.mobile.e164, words, type(body).__name__)
        text.send_after, text.expires_at = send_after, expires_at
        refusal = refusals([text]).get(text.id)
        if refusal:
            text.state, text.reason = S.SUPPRESSED, refusal.value
        elif held_back(session, [text]):
            text.state, text.reason = S.HELD, Reason.HELD.value
        else:
            text.state, text.reason = S.PLANNED, ""
        text.settled_at = clock.now() if refusal else None
        if was == (text.state, text.reason):
            return None
        _record(f"text.{text.state.value}", text, actor, reason=text.reason)
        return text


def suppress(
    *,
    kind: str,
    about_id: int,
    on: date,
    reason: StrEnum | str,
    actor: Actor,
    audience: Audience = Audience.DEFENDANT,
) -> OutboundText | None:
    """Write down that no text goes for this, and why, so that nothing untexted lacks a reason.

    None where that stands there already, or where the text is already on its way.
    """
    kind_of(kind)
    with transaction() as session:
        text = _once(session, kind, about_id, on, audience)
        if not (text.is_waiting or text.state is S.SUPPRESSED) or text.may_have_left:
            return None
        if text.state is S.SUPPRESSED and text.reason == str(reason):
            return None
        text.state, text.reason, text.settled_at = S.SUPPRESSED, str(reason), clock.now()
        _record("text.suppressed", text, actor, reason=str(reason))
        return text


def cancel(
    *, kind: str, about_id: int, on: date, reason: StrEnum | str, actor: Actor
) -> OutboundText | None:
    """Take a text that is still waiting out of the outbox. None where none is waiting."""
    with transaction() as session:
        text = session.scalar(_this(kind, about_id, on).with_for_update())
        if text is None or not text.is_waiting:
            return None
        text.state, text.reason, text.settled_at = S.CANCELLED, str(reason), clock.now()
        _record("text.cancelled", text, actor, reason=str(reason))
        return text


def refusals(texts: Sequence[OutboundText]) -> dict[int, Reason]:
    """Why numbers may not be texted at all, by text: asked when planned, and again when claimed."""
    flags = flags_on({text.to_index for text in texts})
    held = held_among({text.to for text in texts if text.audience is Audience.DEFENDANT})
    found = {text.id: _refusal(text, flags, held) for text in texts}
    return {text_id: reason for text_id, reason in found.items() if reason}


def _refusal(
    text: OutboundText, flags: Mapping[str, NumberFlag], held: frozenset[str]
) -> Reason | None:
    if flag := flags.get(text.to_index):
        return flag.reason
    if text.audience is Audience.DEFENDANT and text.to in held:
        return Reason.VICTIM_NUMBER
    if not may_text(post().config, Phone.parse(text.to)):
        return Reason.ENVIRONMENT
    return None


def held_back(session: Session, texts: Sequence[OutboundText]) -> set[int]:
    """Which of the texts a person keeps back: itself, or with all the others of its day."""
    days = days_held(session, {text.on_day for text in texts if text.hold is None})
    return {text.id for text in texts if (text.on_day in days if text.hold is None else text.hold)}


def days_held(session: Session, days: Collection[date]) -> set[date]:
    """Of which of these days a person keeps back the texts."""
    held = sa.select(TextHold.on_day).where(
        TextHold.on_day.in_(days), TextHold.released_at.is_(None)
    )
    return set(session.scalars(held))


def readdress(text: OutboundText, recheck: Recheck) -> None:
    """Take over what the feature says is true now, in the claim's transaction."""
    words = recheck.body.check() if recheck.body else text.body
    to = recheck.mobile.e164 if recheck.mobile else text.to
    if (words, to) != (text.body, text.to):
        template = type(recheck.body).__name__ if recheck.body else text.template
        _address(text, to, words, template)
    if recheck.until and text.expires_at:
        text.expires_at = min(text.expires_at, recheck.until)


def _once(session: Session, kind: str, about_id: int, on: date, audience: Audience) -> OutboundText:
    """The one row of this intent, locked; made as not texted where there is none yet."""
    insert_once(
        session,
        OutboundText.__table__,  # type: ignore[arg-type]
        kind=kind,
        about_id=about_id,
        on_day=on,
        audience=audience,
        seal_key=new_seal_key(),
        state=S.SUPPRESSED,
        reason="new",
        to_index="",
        template="",
        segments=0,
        attempts=0,
        may_have_left=False,
        is_disputed=False,
        created_at=clock.now(),
    )
    return session.scalars(_this(kind, about_id, on).with_for_update()).one()


def _this(kind: str, about_id: int, on: date) -> sa.Select[OutboundText]:
    return sa.select(OutboundText).where(
        OutboundText.kind == kind, OutboundText.about_id == about_id, OutboundText.on_day == on
    )


def _address(text: OutboundText, to: str, words: str, template: str) -> None:
    text.to = to
    text.body = words
    text.to_index = blind_index("phone", to)
    text.template = template
    text.segments = measure(words).segments


def _record(action: str, text: OutboundText, actor: Actor, *, reason: str = "") -> None:
    audit.record(action, text, actor, operation=Operation.ALTERATION, reason=reason, key=text.key)
