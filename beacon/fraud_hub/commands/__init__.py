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
from beacon.fraud_hub.commands.approving import approve, refuse
from beacon.fraud_hub.commands.bank_letters import ReadLetter, keep_letter, matched, read_letter
from beacon.fraud_hub.commands.banks import BankGiven, add_bank, change_bank, check_bank
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
from beacon.fraud_hub.commands.letters import begin_letter, drop_letter, send_letter, write_letter
from beacon.fraud_hub.commands.losses import LossFacts, record_loss, withdraw_loss
from beacon.fraud_hub.commands.once import new_token
from beacon.fraud_hub.commands.opening import (
    OpeningFacts,
    propose_opening,
    propose_opening_reversal,
)
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
from beacon.fraud_hub.commands.triage import TriageGiven, confirm_triage, raise_urgent
from beacon.fraud_hub.commands.warnings import keep_warnings

__all__ = [
    "Attempt",
    "BankGiven",
    "CallFacts",
    "CheckFacts",
    "ClaimFacts",
    "ContactFacts",
    "DecisionGiven",
    "EventFacts",
    "LossFacts",
    "OmbudsmanFacts",
    "OpeningFacts",
    "PreventedFacts",
    "ReadLetter",
    "RecoveredFacts",
    "ReplyFacts",
    "SupportFacts",
    "TriageGiven",
    "add_bank",
    "add_support",
    "approve",
    "begin_letter",
    "change_bank",
    "chase_loan",
    "check_bank",
    "close_month",
    "confirm_triage",
    "count_stop",
    "decide",
    "drop_letter",
    "end_claim",
    "end_loan",
    "keep_letter",
    "keep_warnings",
    "link_case",
    "log_contact",
    "matched",
    "new_token",
    "open_check",
    "propose_opening",
    "propose_opening_reversal",
    "raise_urgent",
    "read_letter",
    "record_attempt",
    "record_call",
    "record_check",
    "record_claim",
    "record_event",
    "record_loss",
    "record_prevented",
    "record_recovered",
    "record_reply",
    "refuse",
    "resume_clock",
    "reverse",
    "send_letter",
    "stop_clock",
    "to_ombudsman",
    "withdraw_loss",
    "write_letter",
]
