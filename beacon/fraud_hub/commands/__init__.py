"""The orders that the fraud hub obeys, each in one transaction."""

from beacon.fraud_hub.commands.claims import ClaimFacts, ReplyFacts, record_claim, record_reply
from beacon.fraud_hub.commands.ledger import (
    PreventedFacts,
    RecoveredFacts,
    record_prevented,
    record_recovered,
    reverse,
)
from beacon.fraud_hub.commands.losses import LossFacts, record_loss, withdraw_loss
from beacon.fraud_hub.commands.once import new_token
from beacon.fraud_hub.commands.prevention import (
    CallFacts,
    EventFacts,
    count_stop,
    link_case,
    record_call,
    record_event,
)
from beacon.fraud_hub.commands.support import (
    CheckFacts,
    SupportFacts,
    add_support,
    chase_loan,
    end_loan,
    open_check,
    record_check,
)

__all__ = [
    "CallFacts",
    "CheckFacts",
    "ClaimFacts",
    "EventFacts",
    "LossFacts",
    "PreventedFacts",
    "RecoveredFacts",
    "ReplyFacts",
    "SupportFacts",
    "add_support",
    "chase_loan",
    "count_stop",
    "end_loan",
    "link_case",
    "new_token",
    "open_check",
    "record_call",
    "record_check",
    "record_claim",
    "record_event",
    "record_loss",
    "record_prevented",
    "record_recovered",
    "record_reply",
    "reverse",
    "withdraw_loss",
]
