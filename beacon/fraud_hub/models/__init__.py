"""The tables of the fraud hub: losses, claims and the ledger of money back."""

from beacon.fraud_hub.models.approvals import LedgerProposal
from beacon.fraud_hub.models.bank_letters import BankLetter, LetterLine
from beacon.fraud_hub.models.banks import BankContact, key_of
from beacon.fraud_hub.models.claims import BankClaim, ClaimEvent
from beacon.fraud_hub.models.close import MonthClose, MonthFigure
from beacon.fraud_hub.models.contact import FraudDecision, FraudTriage, words_of
from beacon.fraud_hub.models.ledger import LedgerEntry
from beacon.fraud_hub.models.letters import ClaimLetter
from beacon.fraud_hub.models.losses import TOKEN_CHARS, Loss
from beacon.fraud_hub.models.opening import OpeningBalance
from beacon.fraud_hub.models.prevention import OutreachCase, OutreachEvent, ProtocolCall
from beacon.fraud_hub.models.support import RepeatCheck, SupportItem

__all__ = [
    "BankClaim",
    "BankContact",
    "BankLetter",
    "ClaimEvent",
    "ClaimLetter",
    "FraudDecision",
    "FraudTriage",
    "LedgerEntry",
    "LedgerProposal",
    "LetterLine",
    "Loss",
    "MonthClose",
    "MonthFigure",
    "OpeningBalance",
    "OutreachCase",
    "OutreachEvent",
    "ProtocolCall",
    "RepeatCheck",
    "SupportItem",
    "TOKEN_CHARS",
    "key_of",
    "words_of",
]
