"""The orders that the courts obey, each in one transaction."""

from beacon.courts.commands.calls import record_call
from beacon.courts.commands.charges import Charge, record_charge
from beacon.courts.commands.corrections import plan_corrections, recheck_correction
from beacon.courts.commands.courts import verify_county_courts
from beacon.courts.commands.defendants import correct_mobile
from beacon.courts.commands.guard import check_number
from beacon.courts.commands.hearings import (
    Listing,
    list_hearing,
    move_hearing,
    record_outcome,
    vacate_hearing,
)
from beacon.courts.commands.outcomes import OutcomeRow, record_outcomes
from beacon.courts.commands.texts import days_to_plan, plan_texts, recheck
from beacon.courts.commands.witnesses import (
    CallGiven,
    call_witness,
    offer_support,
    propose_measure,
    record_came,
    take_measure_step,
)

__all__ = [
    "CallGiven",
    "call_witness",
    "offer_support",
    "propose_measure",
    "record_came",
    "take_measure_step",
    "Charge",
    "Listing",
    "OutcomeRow",
    "check_number",
    "correct_mobile",
    "days_to_plan",
    "list_hearing",
    "move_hearing",
    "plan_corrections",
    "plan_texts",
    "recheck",
    "recheck_correction",
    "record_call",
    "record_charge",
    "record_outcome",
    "record_outcomes",
    "vacate_hearing",
    "verify_county_courts",
]
