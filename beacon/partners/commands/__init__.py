"""The orders about partners, each in one transaction."""

from beacon.partners.commands.agencies import (
    ContactFacts,
    add_agency,
    add_contact,
    change_contact,
    retire_contact,
)
from beacon.partners.commands.answering import (
    Answer,
    answer_as_agency,
    record_answer,
    send_message,
)
from beacon.partners.commands.champions import TrainingGiven, add_training, make_champion
from beacon.partners.commands.clock import chase, expire
from beacon.partners.commands.directory import (
    ServiceGiven,
    add_service,
    change_service,
    check_service,
)
from beacon.partners.commands.sending import (
    Choice,
    Sending,
    change_draft,
    draft_referral,
    send,
    take_back,
)
from beacon.partners.commands.withdrawing import heed_consent

__all__ = [
    "Answer",
    "Choice",
    "ContactFacts",
    "Sending",
    "ServiceGiven",
    "TrainingGiven",
    "add_agency",
    "add_contact",
    "add_service",
    "add_training",
    "answer_as_agency",
    "change_contact",
    "change_draft",
    "change_service",
    "chase",
    "check_service",
    "draft_referral",
    "expire",
    "heed_consent",
    "make_champion",
    "record_answer",
    "retire_contact",
    "send",
    "send_message",
    "take_back",
]
