"""A line of a bank's letter beside the ledger: logged as it says, otherwise, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.fraud_hub.terms.bank_letters import LineState


@dataclass(frozen=True, kw_only=True)
class Known:
    """What stands in the ledger, or waits for it, under a line's reference: pence, and its case."""

    entry_id: int | None
    case_id: int | None
    amount_pence: int
    happened_on: date
    waits: bool = False


def state_of(
    *, amount_pence: int, paid_on: date, case_id: int | None, known: Known | None
) -> tuple[LineState, tuple[str, ...]]:
    """How a line stands to the ledger, and the names of what differs."""
    if known is None:
        return (LineState.NO_CASE if case_id is None else LineState.NOT_LOGGED), ()
    differs = [
        name
        for name, is_other in (
            ("amount", known.amount_pence != amount_pence),
            ("date", known.happened_on != paid_on),
            ("case", case_id is not None and known.case_id != case_id),
        )
        if is_other
    ]
    if differs:
        return LineState.DIFFERENT, tuple(differs)
    return (LineState.WAITING if known.waits else LineState.LOGGED), ()
