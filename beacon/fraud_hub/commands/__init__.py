"""The orders that the fraud hub obeys, each in one transaction."""

from beacon.fraud_hub.commands.advocacy import (
    ContactFacts,
    OmbudsmanFacts,
    end_claim,
    log_contact,
    resume_clock,
    stop_clock,
    to_ombudsman,
)
from beacon.fraud_hub.commands.banks import BankGiven, add_bank, change_bank, check_bank
from beacon.fraud_hub.commands.claims import ClaimFacts, ReplyFacts, record_claim, record_reply
from beacon.fraud_hub.commands.ledger import (
    PreventedFacts,
    RecoveredFacts,
    record_prevented,
    record_recovered,
    reverse,
)
from beacon.fraud_hub.commands.letters import (
    begin_letter,
    drop_letter,
    send_letter,
    write_letter,
)
from beacon.fraud_hub.commands.losses import LossFacts, record_loss, withdraw_loss
from beacon.fraud_hub.commands.once import new_token
from beacon.fraud_hub.commands.warnings import keep_warnings

__all__ = [
    "BankGiven",
    "ClaimFacts",
    "ContactFacts",
    "LossFacts",
    "OmbudsmanFacts",
    "PreventedFacts",
    "RecoveredFacts",
    "ReplyFacts",
    "add_bank",
    "begin_letter",
    "change_bank",
    "check_bank",
    "drop_letter",
    "end_claim",
    "keep_warnings",
    "log_contact",
    "new_token",
    "record_claim",
    "record_loss",
    "record_prevented",
    "record_recovered",
    "record_reply",
    "resume_clock",
    "reverse",
    "send_letter",
    "stop_clock",
    "to_ombudsman",
    "withdraw_loss",
    "write_letter",
]
