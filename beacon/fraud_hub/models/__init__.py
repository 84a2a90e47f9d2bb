"""The tables of the fraud hub: losses, claims and the ledger of money back."""

from beacon.fraud_hub.models.claims import BankClaim
from beacon.fraud_hub.models.ledger import LedgerEntry
from beacon.fraud_hub.models.losses import TOKEN_CHARS, Loss
from beacon.fraud_hub.models.prevention import OutreachCase, OutreachEvent, ProtocolCall
from beacon.fraud_hub.models.support import RepeatCheck, SupportItem

__all__ = [
    "BankClaim",
    "LedgerEntry",
    "Loss",
    "OutreachCase",
    "OutreachEvent",
    "ProtocolCall",
    "RepeatCheck",
    "SupportItem",
    "TOKEN_CHARS",
]
