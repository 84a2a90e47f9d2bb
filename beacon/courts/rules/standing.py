"""Where a hearing stands by the text about it, and what a text came to (domain.md 5.4)."""

from __future__ import annotations

from beacon.courts.terms import NotTexted, Standing, TextEnd
from beacon.notify.terms import Reason, TextState

S = TextState
LEFT = frozenset({S.ACCEPTED, S.QUEUED, S.SENT, S.DELIVERED})
COMING = frozenset({S.PLANNED, S.CLAIMED})
IN_DOUBT = frozenset({S.HELD, S.UNKNOWN, S.NEEDS_A_PERSON})
NOT_ARRIVED = frozenset({S.UNDELIVERED, S.FAILED, S.REJECTED})
MISSED = NOT_ARRIVED | {S.EXPIRED}
# What the state of the text settles, whatever the rules say of the hearing now.
SURE = LEFT | COMING | IN_DOUBT
# Reasons that notify gives for which a person can do by telephone what a text could not.
RUNG_INSTEAD = frozenset(
    {
        Reason.BAD_NUMBER.value,
        Reason.NUMBER_CAP.value,
        Reason.WINDOW_PASSED.value,
        Reason.LEFT_BY_PERSON.value,
    }
)
_FEATURE = frozenset(reason.value for reason in NotTexted)
NO_NUMBER = frozenset(
    {
        NotTexted.NO_NUMBER.value,
        NotTexted.NOT_A_NUMBER.value,
        NotTexted.LANDLINE.value,
        NotTexted.NOT_A_UK_MOBILE.value,
        Reason.BAD_NUMBER.value,
        Reason.WRONG_PERSON.value,
    }
)


def standing_of(state: TextState | None, reason: str) -> Standing | None:
    """Where the outbox puts the hearing; None where it has decided nothing yet.

    `reason` is the text's own: why it was held back.
    """
    if state is None or (state is S.CANCELLED and reason != Reason.LEFT_BY_PERSON.value):
        return None
    if state in LEFT:
        return Standing.TEXTED
    if state in COMING:
        return Standing.TO_BE_TEXTED
    if state in IN_DOUBT:
        return Standing.WAITS
    return Standing.CALL_LIST if state in MISSED else of_reason(reason)


def of_reason(reason: str) -> Standing:
    """Whether somebody who is not texted is rung instead."""
    instead = reason in RUNG_INSTEAD or (reason in _FEATURE and NotTexted(reason).call_instead)
    return Standing.CALL_LIST if instead else Standing.NOT_ELIGIBLE


def stops_a_call(now: NotTexted | None) -> bool:
    """Whether what is true now forbids to ring somebody who was to be rung.

    A hearing that has begun stays on the list of its day: nobody rings, but it was not texted.
    """
    return now is not None and now is not NotTexted.PAST and not now.call_instead


def end_of(state: TextState | None, reason: str) -> TextEnd:
    """What the text about a hearing that is over came to."""
    if state is S.DELIVERED:
        return TextEnd.DELIVERED
    if state in NOT_ARRIVED:
        return TextEnd.NOT_DELIVERED
    if state in LEFT:
        return TextEnd.NO_RECEIPT
    if state is S.SUPPRESSED and reason in NO_NUMBER:
        return TextEnd.NO_NUMBER
    return TextEnd.OTHER
