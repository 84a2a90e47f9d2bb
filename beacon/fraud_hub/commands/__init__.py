"""The orders that the fraud hub obeys, each in one transaction."""

from beacon.fraud_hub.commands.approving import approve, refuse
from beacon.fraud_hub.commands.bank_letters import ReadLetter, keep_letter, matched, read_letter
from beacon.fraud_hub.commands.claims import ClaimFacts, ReplyFacts, record_claim, record_reply
from beacon.fraud_hub.commands.closing_month import close_month
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
from beacon.fraud_hub.commands.opening import (
    OpeningFacts,
    propose_opening,
    propose_opening_reversal,
)
from beacon.fraud_hub.commands.triage import TriageGiven, confirm_triage, raise_urgent

__all__ = [
    "ClaimFacts",
    "LossFacts",
    "OpeningFacts",
    "PreventedFacts",
    "ReadLetter",
    "RecoveredFacts",
    "ReplyFacts",
    "approve",
    "close_month",
    "keep_letter",
    "matched",
    "new_token",
    "propose_opening",
    "propose_opening_reversal",
    "read_letter",
    "record_claim",
    "record_loss",
    "record_prevented",
    "record_recovered",
    "record_reply",
    "refuse",
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
