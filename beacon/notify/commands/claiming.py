"""The claim: one short durable transaction in which a text is checked again and taken."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock, settings
from beacon.core.db import transaction
from beacon.core.errors import BeaconError
from beacon.notify import register
from beacon.notify.commands.sender import SENDING, sender
from beacon.notify.gateway import Letter
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.outbox import held_back, readdress, refusals
from beacon.notify.post import post
from beacon.notify.register import About, Kind, Recheck, Verdict
from beacon.notify.rules import Window
from beacon.notify.terms import AttemptEnd, Reason, TextState

S = TextState
HOUR = timedelta(hours=1)
NOTHING_LEFT = (AttemptEnd.NOT_SENT, AttemptEnd.REFUSED)


class Capped(BeaconError):
    """No further text may leave now: the sender is stopped, or the day's most has gone."""


def window_of(kind: Kind) -> Window:
    """The hours of a kind, from the settings it names."""
    opens, closes = (time.fromisoformat(settings.value(name)) for name in kind.window)
    return Window(opens, closes)


def claim(text_id: int) -> Letter | None:
    """Take one text to send it now, or leave, cancel or suppress it. Committed before any call.

    Everything that decides whether it may leave is asked again in here: the feature that owns
    it, opt-outs, the numbers of victims, the environment, the caps and the hours
    (security.md R6, domain.md RULE 5.4).
    """
    return next(iter(claim_some([text_id])), None)


def claim_some(text_ids: Sequence[int]) -> list[Letter]:
    """The same for several texts at once, in the order given: one commit, on the disk, for all.

    What the database must be asked it is asked once for all of them. A fault of one text undoes
    all of them; nothing has been called yet.
    """
    at = clock.now()
    with transaction() as session:
        row = sender(session)
        if row.paused_at or row.breaker_at:
            raise Capped("The sender is stopped.")
        due = [text for text in _planned(session, text_ids) if _is_due(text, at)]
        right = _still_right(session, _not_held(session, due), at)
        room = _room(session, at)
        letters = _take(session, _within_caps(session, right, at, room), at)
    if right and room <= 0:
        raise Capped("The most texts for one day have been sent.")
    return letters


def _planned(session: Session, text_ids: Sequence[int]) -> list[OutboundText]:
    """Those of the texts that wait to be sent, locked, in the order given."""
    held = session.scalars(
        sa.select(OutboundText)
        .where(OutboundText.id.in_(text_ids), OutboundText.state == S.PLANNED)
        .order_by(OutboundText.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    texts = {text.id: text for text in held}
    return [texts[text_id] for text_id in dict.fromkeys(text_ids) if text_id in texts]


def _is_due(text: OutboundText, at: datetime) -> bool:
    if text.send_after is None or text.expires_at is None:
        return False
    is_open = window_of(register.kind_of(text.kind)).is_open(at)
    return is_open and text.send_after <= at < text.expires_at


def _not_held(session: Session, texts: Sequence[OutboundText]) -> list[OutboundText]:
    """The texts but those that a person keeps back.

    One of these was planned while its day was being held, so that the hold did not see it.
    """
    held = held_back(session, texts)
    for text in texts:
        if text.id in held:
            text.state, text.reason = S.HELD, Reason.HELD.value
            audit.record("text.held", text, SENDING, key=text.key)
    return [text for text in texts if text.id not in held]


def _take(session: Session, texts: Sequence[OutboundText], at: datetime) -> list[Letter]:
    """Write the claims, and go on only with those that this claim is the one to change."""
    session.flush()
    tokens = {text.id: secrets.token_hex(16) for text in texts}
    if not tokens:
        return []
    taken = set(
        session.scalars(
            sa.update(OutboundText)
            .where(OutboundText.id.in_(tokens), OutboundText.state == S.PLANNED)
            .values(
                state=S.CLAIMED,
                token=sa.case(tokens, value=OutboundText.id),
                claimed_at=at,
                attempts=OutboundText.attempts + 1,
                may_have_left=True,
                reason="",
            )
            .returning(OutboundText.id)
            .execution_options(synchronize_session=False)
        )
    )
    mine = [text for text in texts if text.id in taken]
    calls = [
        {"text_id": text.id, "token": tokens[text.id], "to_index": text.to_index, "claimed_at": at}
        for text in mine
    ]
    if calls:
        session.execute(sa.insert(TextAttempt), calls)
    letters = [_letter(text, tokens[text.id], at) for text in mine]
    for text in mine:
        session.expire(text)
    return letters


def _letter(text: OutboundText, token: str, at: datetime) -> Letter:
    assert text.expires_at is not None
    return Letter(
        to=text.to,
        body=text.body,
        token=token,
        key=text.key,
        valid_seconds=window_of(register.kind_of(text.kind)).seconds_left(at, text.expires_at),
        call_seconds=float(settings.count("texts.call_seconds")),
    )


def _still_right(
    session: Session, texts: Sequence[OutboundText], at: datetime
) -> list[OutboundText]:
    """Ask the feature and the guards again; write down what stops a text."""
    answers = _asked(session, texts)
    said = [text for text in texts if _is_said_again(text, answers[text.id], at)]
    refused = refusals(said)
    return [text for text in said if _is_free(session, text, refused.get(text.id), at)]


def _asked(session: Session, texts: Sequence[OutboundText]) -> dict[int, Recheck]:
    """What each feature says of its texts, asked once about all of a kind."""
    by_kind = defaultdict[str, dict[About, int]](dict)
    for text in texts:
        by_kind[text.kind][About(text.about_id, text.on_day)] = text.id
    answers = dict[int, Recheck]()
    for name, asked in by_kind.items():
        said = register.kind_of(name).ask(session, list(asked))
        answers |= {text_id: said[about] for about, text_id in asked.items()}
    return answers


def _is_said_again(text: OutboundText, answer: Recheck, at: datetime) -> bool:
    """Whether the feature says so again; what is true now is what leaves."""
    if answer.verdict is not Verdict.SEND:
        state = S.CANCELLED if answer.verdict is Verdict.CANCEL else S.SUPPRESSED
        return _stop(text, state, answer.reason, at)
    readdress(text, answer)
    return True


def _is_free(session: Session, text: OutboundText, refusal: Reason | None, at: datetime) -> bool:
    if refusal:
        return _stop(text, S.SUPPRESSED, refusal.value, at)
    if token := left_before_a_restore(text):
        remember(session, text, token)
        return _stop(text, S.UNKNOWN, Reason.IN_THE_JOURNAL.value, at)
    if is_doubtful(text):
        return _stop(text, S.NEEDS_A_PERSON, Reason.AFTER_A_RESTORE.value, at)
    return True


def _stop(text: OutboundText, state: TextState, reason: str, at: datetime) -> bool:
    text.state, text.reason = state, reason
    text.settled_at = None if state is S.UNKNOWN else at
    audit.record(f"text.{state.value}", text, SENDING, reason=reason, key=text.key)
    return False


def left_before_a_restore(text: OutboundText) -> str | None:
    """The call for this text that the journal knows and the database does not (TM-20)."""
    last = post().journal.last_token(text.key)
    if last is None or last in {attempt.token for attempt in text.calls}:
        return None
    return last


def is_doubtful(text: OutboundText) -> bool:
    """Whether it may have left before a restore without a trace, and nobody has decided yet."""
    is_decided = text.decided_because_sealed is not None
    return not is_decided and post().journal.may_have_left_unknown(text.on_day, text.created_at)


def remember(session: Session, text: OutboundText, token: str) -> None:
    """Take a call back from the journal, so that receipts find it and the provider is asked."""
    made_at = post().journal.moment_of(token)
    text.token, text.claimed_at, text.may_have_left = token, made_at, True
    session.add(
        TextAttempt(
            text_id=text.id,
            token=token,
            to_index=text.to_index,
            claimed_at=made_at,
            ended=AttemptEnd.UNKNOWN,
        )
    )


def _within_caps(
    session: Session, texts: Sequence[OutboundText], at: datetime, room: int
) -> list[OutboundText]:
    """As many as may leave today, none to a number that has had its most; that one waits."""
    an_hour, a_day = (settings.count(f"texts.per_number_{span}") for span in ("hour", "day"))
    recent, midnight = _recent(session, texts, at), _midnight(at)
    may = list[OutboundText]()
    for text in texts:
        if len(may) >= room:
            break
        calls = [moment for text_id, moment in recent[text.to_index] if text_id != text.id]
        in_hour = sum(moment > at - HOUR for moment in calls)
        in_day = sum(moment >= midnight for moment in calls)
        if in_hour < an_hour and in_day < a_day:
            may.append(text)
            recent[text.to_index].append((text.id, at))
        else:
            text.reason, text.send_after = Reason.NUMBER_CAP.value, at + HOUR / 4
    return may


def _recent(
    session: Session, texts: Sequence[OutboundText], at: datetime
) -> dict[str, list[tuple[int, datetime]]]:
    """By number, of which text and when each call was that may have reached it today or lately."""
    calls = sa.select(TextAttempt.to_index, TextAttempt.text_id, TextAttempt.claimed_at).where(
        TextAttempt.to_index.in_({text.to_index for text in texts}),
        TextAttempt.claimed_at >= min(_midnight(at), at - HOUR),
        TextAttempt.ended.not_in(NOTHING_LEFT),
    )
    found = defaultdict[str, list[tuple[int, datetime]]](list)
    for to_index, text_id, claimed_at in session.execute(calls):
        found[to_index].append((text_id, claimed_at))
    return found


def _midnight(at: datetime) -> datetime:
    return clock.start_of_day(clock.london_day(at))


def _room(session: Session, at: datetime) -> int:
    """How many more may leave today. The sender's row is held: nobody else adds meanwhile."""
    counted = sa.select(sa.func.count(TextAttempt.id)).where(
        TextAttempt.ended.not_in(NOTHING_LEFT), TextAttempt.claimed_at >= _midnight(at)
    )
    return settings.count("texts.daily_cap") - (session.scalar(counted) or 0)
