"""The Victims' Code of 2015, in force from 16 November 2015 (domain.md 1.5)."""

from __future__ import annotations

from datetime import date

from beacon.entitlements.codes.rows import Code, row, table
from beacon.entitlements.terms import Body, ClockStart, Mark, Milestone, Unit

POLICE, CPS, COURT, WCU = Body.POLICE, Body.CPS, Body.COURT, Body.WITNESS_CARE
EVENT, DECISION, RECEIPT = ClockStart.EVENT, ClockStart.DECISION, ClockStart.RECEIPT
REPORT, SENTENCE = ClockStart.REPORT, ClockStart.SENTENCE
SEEN, HIGH, MEDIUM = Mark.SEEN, Mark.HIGH, Mark.MEDIUM
M = Milestone

# This Code numbered no Rights: the number is that of the Right which later took the duty over.
_AS_LATER = "Not read for this Code: taken to be as in the 2020 Code."

# The columns: key, Right, what, trigger, who must act, standard, enhanced, clock starts at,
# paragraph, source, mark. Released under investigation came in 2017 and is not named.
# fmt: off
_READ = (
    row("R3_EXPECT", 3, "Written information on what to expect",
        M.CRIME_REPORTED, POLICE, 5, 5, REPORT, "", "ATP622", SEEN),
    row("R4_REFER", 4, "Referred to a support service, unless they object",
        M.CRIME_REPORTED, POLICE, 2, 2, REPORT, "", "ATP622, VISPROTO", SEEN,
        note="Domestic abuse, sexual offence and bereaved: only with consent.",
        doubt="The source says days; working days are meant as elsewhere in the Code."),
    row("R6_NOINV", 6, "Told that the crime will not be investigated",
        M.NOT_INVESTIGATED, POLICE, 5, 5, DECISION, "", "ATP622", SEEN,
        doubt="The source gives no shorter limit for enhanced entitlements."),
    row("R6_ARREST", 6, "Told that a suspect was arrested",
        M.ARRESTED, POLICE, 5, 1, EVENT, "", "ATP622", SEEN),
    row("R6_IUC", 6, "Told that a suspect was interviewed under caution",
        M.INTERVIEWED_UNDER_CAUTION, POLICE, 5, 1, EVENT, "", "ATP622", SEEN),
    row("R6_RWC", 6, "Told that a suspect was released without charge",
        M.RELEASED_WITHOUT_CHARGE, POLICE, 5, 1, EVENT, "", "ATP622", SEEN),
    row("R6_BAIL", 6, "Told that a suspect was released on police bail",
        M.BAILED, POLICE, 5, 1, EVENT, "", "ATP622", SEEN),
    row("R6_BAILCH", 6, "Told that police bail conditions were changed or cancelled",
        M.BAIL_CHANGED, POLICE, 5, 1, EVENT, "", "ATP622", SEEN),
    row("R6_CHARGE", 6, "Told that a suspect was charged, and the first hearing",
        M.CHARGED, POLICE, 5, 1, RECEIPT, "", "PQ2014", SEEN,
        note="Counted from receipt of the hearing's date."),
    row("R6_FREQ", 6, "Updated as often as was agreed",
        None, POLICE, None, None, ClockStart.LAST_UPDATE, "", "YRIGHTS", HIGH, words="as agreed",
        note="The 2006 Code asked for an update at least monthly."),
    row("R8_HEARING", 8, "Told the time, date and place of a hearing",
        M.HEARING_LISTED, WCU, 1, 1, RECEIPT, "", "PQ2014", SEEN, fed_by="R8_COURT2WCU"),
    row("R8_WARRANT", 8, "Told that a warrant was issued for failing to attend",
        M.WARRANT_ISSUED, POLICE, 5, 5, RECEIPT, "", "ATP622", SEEN, fed_by="R8_COURT2WCU",
        note="The police hear of it from the court."),
    row("R11_VCS", 11, "Passed to the Victim Contact Scheme, unless they refuse",
        M.SENTENCED, WCU, 20, 20, SENTENCE, "", "HFV141", SEEN,
        only_if="Sentence of 12 months or more for a violent or sexual offence, or hospital order"),
    row("R12_COMPLAINT", 12, "Complaint answered in full, or acknowledged",
        M.COMPLAINT_RECEIVED, Body.PROVIDER, 10, 10, ClockStart.COMPLAINT, "", "PQ2013", SEEN),
)

_TAKEN_TO_BE_ALIKE = (
    row("R6_OOC", 6, "Told that an out-of-court disposal was given",
        M.OUT_OF_COURT_DISPOSAL, POLICE, 5, 1, DECISION, "", "", MEDIUM, doubt=_AS_LATER),
    row("R6_NOCHARGE", 6, "Told that there will be no charge, and why",
        M.NOT_CHARGED, (POLICE, CPS), 5, 1, DECISION, "", "VCLOLD", MEDIUM, doubt=_AS_LATER),
    row("R6_STOPALTER", 6, "Told that the case was stopped or a charge substantially altered",
        M.STOPPED_OR_ALTERED, CPS, 5, 1, DECISION, "", "VCLOLD", MEDIUM, doubt=_AS_LATER),
    row("R8_BAILOUT", 8, "Told the outcome of a bail hearing",
        M.BAIL_HEARING_OUTCOME, WCU, 5, 1, RECEIPT, "", "", MEDIUM, doubt=_AS_LATER,
        fed_by="R8_COURT2WCU"),
    row("R8_COURT2WCU", 8, "Witness Care told the outcome of a hearing",
        M.HEARING_HELD, COURT, 5, 5, EVENT, "", "", MEDIUM, doubt=_AS_LATER),
    row("R8_WITNESS", 8, "Told whether they must give evidence",
        M.PLEADED_NOT_GUILTY, WCU, 1, 1, RECEIPT, "", "", MEDIUM, doubt=_AS_LATER),
    row("R9_COURT2WCU", 9, "Witness Care told how the case ended",
        M.TRIAL_OUTCOME, COURT, 5, 5, ClockStart.END_OF_CASE, "", "", MEDIUM, doubt=_AS_LATER),
    row("R9_OUTCOME", 9, "Told the outcome of the trial",
        M.TRIAL_OUTCOME, WCU, 1, 1, RECEIPT, "", "", MEDIUM, doubt=_AS_LATER,
        fed_by="R9_COURT2WCU"),
    row("R9_SENTENCE", 9, "Told the sentence",
        M.SENTENCED, WCU, 1, 1, RECEIPT, "", "", MEDIUM, doubt=_AS_LATER, fed_by="R9_COURT2WCU"),
    row("R9_APPEAL", 9, "Told of an appeal, of its hearing, and of its result",
        M.APPEAL, WCU, 1, 1, RECEIPT, "", "", MEDIUM, doubt=_AS_LATER),
    row("R9_ULS", 9, "May ask the Attorney General to review an unduly lenient sentence",
        M.SENTENCED, Body.VICTIM, 28, 28, SENTENCE, "", "CHES", HIGH, unit=Unit.CALENDAR_DAYS),
    row("R10_EXP", 10, "Expenses paid, once claimed correctly",
        M.EXPENSES_CLAIMED, CPS, 10, 10, ClockStart.CLAIM, "", "CPSEXP", MEDIUM, doubt=_AS_LATER),
)
# fmt: on

CODE_2015 = Code(
    name="2015",
    title="Code of Practice for Victims of Crime, 2015",
    in_force_on=date(2015, 11, 16),
    rules=table((*_READ, *_TAKEN_TO_BE_ALIKE)),
)
