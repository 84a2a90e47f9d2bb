"""Orders about restorative justice and out-of-court disposals."""

from beacon.restorative.commands.checking import StepGiven
from beacon.restorative.commands.disposals import (
    DisposalGiven,
    ViewGiven,
    consider_disposal,
    record_view_step,
    take_view_step_back,
)
from beacon.restorative.commands.offering import (
    add_offender,
    note_referral,
    record_step,
    take_step_back,
)
from beacon.restorative.commands.ruling import RulingGiven, rule_on

__all__ = [
    "DisposalGiven",
    "RulingGiven",
    "StepGiven",
    "ViewGiven",
    "add_offender",
    "consider_disposal",
    "note_referral",
    "record_step",
    "record_view_step",
    "rule_on",
    "take_step_back",
    "take_view_step_back",
]
