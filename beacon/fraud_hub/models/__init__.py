"""The tables of the fraud hub: losses, claims and the ledger of money back."""

from beacon.fraud_hub.models.claims import BankClaim
from beacon.fraud_hub.models.contact import FraudDecision, FraudTriage, words_of
from beacon.fraud_hub.models.ledger import LedgerEntry
from beacon.fraud_hub.models.losses import TOKEN_CHARS, Loss

__all__ = [
    "BankClaim",
    "LedgerEntry",
    "Loss",
    "TOKEN_CHARS",
    "FraudDecision",
    "FraudTriage",
    "words_of",
]
