"""The tables of the fraud hub: losses, claims with their logs and letters, firms, the ledger."""

from beacon.fraud_hub.models.banks import BankContact, key_of
from beacon.fraud_hub.models.claims import BankClaim, ClaimEvent
from beacon.fraud_hub.models.ledger import LedgerEntry
from beacon.fraud_hub.models.letters import ClaimLetter
from beacon.fraud_hub.models.losses import TOKEN_CHARS, Loss

__all__ = [
    "BankClaim",
    "BankContact",
    "ClaimEvent",
    "ClaimLetter",
    "LedgerEntry",
    "Loss",
    "TOKEN_CHARS",
    "key_of",
]
