"""The orders that the fraud hub obeys, each in one transaction."""

from beacon.fraud_hub.commands.claims import ClaimFacts, ReplyFacts, record_claim, record_reply
from beacon.fraud_hub.commands.contact import Attempt, DecisionGiven, decide, record_attempt
from beacon.fraud_hub.commands.ledger import (
    PreventedFacts,
    RecoveredFacts,
    record_prevented,
    record_recovered,
    reverse,
)
from beacon.fraud_hub.commands.losses import LossFacts, record_loss, withdraw_loss
from beacon.fraud_hub.commands.once import new_token
from beacon.fraud_hub.commands.triage import TriageGiven, confirm_triage, raise_urgent

__all__ = [
    "ClaimFacts",
    "LossFacts",
    "PreventedFacts",
    "RecoveredFacts",
    "ReplyFacts",
    "new_token",
    "record_claim",
    "record_loss",
    "record_prevented",
    "record_recovered",
    "record_reply",
    "reverse",
    "withdraw_loss",
    "Attempt",
    "DecisionGiven",
    "TriageGiven",
    "confirm_triage",
    "decide",
    "raise_urgent",
    "record_attempt",
]
