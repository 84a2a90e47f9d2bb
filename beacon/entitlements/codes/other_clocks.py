"""Clocks that run beside the Code: reviews of decisions, bank claims, special measures."""

from __future__ import annotations

from datetime import date

from beacon.entitlements.codes.code_2015 import CODE_2015
from beacon.entitlements.codes.rows import Code, row, table
from beacon.entitlements.terms import Body, ClockStart, Mark, Milestone

POLICE, CPS, BANK = Body.POLICE, Body.CPS, Body.BANK
REQUEST, CLAIM, PLEA = ClockStart.REQUEST, ClockStart.CLAIM, ClockStart.PLEA
SEEN, HIGH, MEDIUM = Mark.SEEN, Mark.HIGH, Mark.MEDIUM
M = Milestone

# fmt: off
_REVIEW = (  # domain.md 1.3
    row("VRR_ACK", None, "Request for a review of a police decision acknowledged",
        M.REVIEW_REQUESTED, POLICE, 10, 10, REQUEST, "", "WILTS", SEEN,
        note="The victim asks within 3 months of being told of the decision."),
    row("VRR_DECIDE", None, "Review of a police decision decided",
        M.REVIEW_REQUESTED, POLICE, 30, 30, REQUEST, "", "WILTS", SEEN,
        note="Complex cases take longer."),
)
_CPS_REVIEW = (  # domain.md 1.3
    row("VRRC_ACK", None, "Request for a review of a CPS decision acknowledged",
        M.CPS_REVIEW_REQUESTED, CPS, None, None, REQUEST, "", "", HIGH, words="on receipt",
        note="The victim asks within 10 working days of being told if they can, and 3 months."),
    row("VRRC_LOCAL", None, "Review of a CPS decision: told what the office that decided says",
        M.CPS_REVIEW_REQUESTED, CPS, 10, 10, REQUEST, "", "", HIGH,
        doubt="Times from memory."),
    row("VRRC_DECIDE", None, "Review of a CPS decision decided",
        M.CPS_REVIEW_REQUESTED, CPS, 30, 30, REQUEST, "", "", HIGH,
        note="Over all, where practicable.", doubt="Times from memory."),
)
_BANK = (  # domain.md 4.8
    row("PSR_PAY", None, "Bank pays back an authorised push payment",
        M.BANK_CLAIM_MADE, BANK, 5, 5, CLAIM, "", "HOGAN, FOXW", SEEN,
        note="Payments made on or after 7 October 2024; the bank may stop the clock."),
    row("PSR_FINAL", None, "Bank decides at the latest, its clock having been stopped",
        M.BANK_CLAIM_MADE, BANK, 35, 35, CLAIM, "", "HOGAN, FOXW", SEEN),
)
_SPECIAL_MEASURES = (  # domain.md 3.7
    row("SM_MC", None, "Special measures applied for in a magistrates' court",
        M.PLEADED_NOT_GUILTY, CPS, 20, 20, PLEA, "CrimPR 18.3", "", MEDIUM,
        doubt="Times from memory."),
    row("SM_CC", None, "Special measures applied for in the Crown Court",
        M.PLEADED_NOT_GUILTY, CPS, 10, 10, PLEA, "CrimPR 18.3", "", MEDIUM,
        doubt="Times from memory."),
)
# fmt: on

# None of these is a duty of the Code, so each is named for the scheme it comes from. Where the
# scheme is older than anything held here, it counts from the first Code held.
REVIEWS = (
    Code(
        name="VRR",
        title="Victims' Right to Review, police",
        in_force_on=CODE_2015.in_force_on,
        rules=table(_REVIEW),
    ),
    Code(
        name="VRR-CPS",
        title="Victims' Right to Review, Crown Prosecution Service",
        in_force_on=CODE_2015.in_force_on,
        rules=table(_CPS_REVIEW),
    ),
)
OTHER_CLOCKS = (
    *REVIEWS,
    Code(
        name="PSR",
        title="Mandatory reimbursement, Payment Systems Regulator",
        in_force_on=date(2024, 10, 7),
        rules=table(_BANK),
    ),
    Code(
        name="CrimPR",
        title="Criminal Procedure Rules",
        in_force_on=CODE_2015.in_force_on,
        rules=table(_SPECIAL_MEASURES),
    ),
)
