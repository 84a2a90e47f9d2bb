"""The Victims' Code of 2020, in force from 1 April 2021 (domain.md 1.2)."""

from __future__ import annotations

from datetime import date

from beacon.entitlements.codes.rows import Code, row, table
from beacon.entitlements.terms import Body, ClockStart, Mark, Milestone, Unit

POLICE, CPS, COURT, WCU = Body.POLICE, Body.CPS, Body.COURT, Body.WITNESS_CARE
YOT, PROBATION, VICTIM, BEACON = (
    Body.YOUTH_OFFENDING_TEAM, Body.PROBATION, Body.VICTIM, Body.BEACON,
)  # fmt: skip
EVENT, DECISION, RECEIPT = ClockStart.EVENT, ClockStart.DECISION, ClockStart.RECEIPT
REPORT, SENTENCE = ClockStart.REPORT, ClockStart.SENTENCE
SEEN, HIGH, MEDIUM, LOW = Mark.SEEN, Mark.HIGH, Mark.MEDIUM, Mark.LOW
M = Milestone

# The columns: key, Right, what, trigger, who must act, standard, enhanced, clock starts at,
# paragraph, source, mark. Days are working days unless another unit stands in the row.
# fmt: off
_REPORTING = (
    row("R1_INTERP", 1, "Interpreter or translation, free, for report, interview and evidence",
        None, (POLICE, CPS, COURT), None, None, None, "", "BED1", SEEN),
    row("R2_RECORD", 2, "Details of the crime recorded without unjustified delay",
        M.CRIME_REPORTED, POLICE, None, None, REPORT, "", "BED2", SEEN,
        words="without unjustified delay",
        note="Home Office Counting Rules ask for recording within 24 hours (M:high)."),
    row("R3_WRITTEN", 3, "Written confirmation of the crime, its reference and the officer",
        M.CRIME_REPORTED, POLICE, None, None, REPORT, "3.1", "BED3", SEEN,
        note="It must not put the victim at risk.", doubt="The paragraph is from memory."),
    row("R3_EXPECT", 3, "Told where to learn about the justice process and support",
        M.CRIME_REPORTED, POLICE, None, None, REPORT, "", "BED3", SEEN,
        note="The 2015 Code had 5 working days."),
    row("R3_RJ", 3, "Told about Restorative Justice",
        M.CRIME_REPORTED, (POLICE, YOT), None, None, REPORT, "", "BED3", SEEN,
        note="From the police for an adult offender, from the youth offending team under 18."),
    row("YOT_INFO", 3, "Offender under 18: told of Restorative Justice, and of progress on request",
        None, YOT, None, None, None, "", "BED3", SEEN, doubt="Progress: from memory."),
    row("R4_NEEDS", 4, "Needs assessment, with whether Enhanced Rights apply",
        M.CRIME_REPORTED, POLICE, None, None, REPORT, "", "BED4", SEEN,
        note="Every provider assesses again when needs change."),
    row("R4_WCUNEEDS", 4, "Needs assessment of a victim who must give evidence",
        M.REQUIRED_AS_WITNESS, WCU, None, None, EVENT, "8.2", "BED4, BED8", SEEN,
        words="before the trial"),
    row("R4_REFER", 4, "Referred to a support service",
        M.CRIME_REPORTED, POLICE, 2, 2, REPORT, "", "BED4", SEEN),
    row("VSS_CONTACT", 4, "Contacted by the support service",
        None, BEACON, None, None, ClockStart.REFERRAL, "", "", MEDIUM,
        note="No limit in the Code: our own standard for first contact stands apart."),
    row("R5_COMP", 5, "Told how to seek compensation from the court and for criminal injuries",
        M.CRIME_REPORTED, POLICE, None, None, REPORT, "", "BED5", SEEN,
        note="Criminal injuries: normally within 2 years of the incident; not so under 18."),
)

_INVESTIGATION = (
    row("R6_NOINV", 6, "Told that the crime will not be investigated, why, and offered support",
        M.NOT_INVESTIGATED, POLICE, 5, 1, DECISION, "6.2", "BED6", SEEN,
        doubt="The paragraph is from memory."),
    row("R6_ARREST", 6, "Told that a suspect was arrested",
        M.ARRESTED, POLICE, 5, 1, EVENT, "6.1", "BED6", SEEN),
    row("R6_IUC", 6, "Told that a suspect was interviewed under caution",
        M.INTERVIEWED_UNDER_CAUTION, POLICE, 5, 1, EVENT, "6.1", "BED6", SEEN),
    row("R6_RWC", 6, "Told that a suspect was released without charge",
        M.RELEASED_WITHOUT_CHARGE, POLICE, 5, 1, EVENT, "6.1", "BED6", SEEN),
    row("R6_BAIL", 6, "Told that a suspect was released on police bail",
        M.BAILED, POLICE, 5, 1, EVENT, "6.1", "BED6", SEEN),
    row("R6_RUI", 6, "Told that a suspect was released under investigation",
        M.RELEASED_UNDER_INVESTIGATION, POLICE, 5, 1, EVENT, "6.1", "BED6", SEEN),
    row("R6_BAILCH", 6, "Told that police bail conditions were changed or cancelled",
        M.BAIL_CHANGED, POLICE, 5, 1, EVENT, "6.1", "BED6", SEEN),
    row("R6_FREQ", 6, "Updated as often, and in the way, that was agreed",
        None, POLICE, None, None, ClockStart.LAST_UPDATE, "", "BED6", SEEN, words="as agreed"),
    row("R6_OOCVIEW", 6, "Asked for views on an out-of-court disposal",
        M.OUT_OF_COURT_CONSIDERED, (POLICE, CPS), None, None, DECISION, "", "BED6", HIGH,
        words="before the decision"),
    row("R6_OOC", 6, "Told that an out-of-court disposal was given, and why",
        M.OUT_OF_COURT_DISPOSAL, POLICE, 5, 1, DECISION, "", "BRAIN2", MEDIUM,
        doubt="Limits from memory and a revision card."),
    row("R6_CHARGE", 6, "Told that a suspect was charged, the first hearing and bail conditions",
        M.CHARGED, POLICE, 5, 1, DECISION, "", "PQ2014", HIGH,
        note="From the decision, or from receipt of the hearing's date.",
        doubt="Paragraph not known; limits read for the 2015 Code only."),
    row("R6_NOCHARGE", 6, "Told that there will be no charge, why, and how to ask for a review",
        M.NOT_CHARGED, (POLICE, CPS), 5, 1, DECISION, "", "VCL", HIGH,
        note="By the CPS where the CPS decided.", doubt="Paragraph not known."),
    row("R6_STOPALTER", 6, "Told that the case was stopped or a charge substantially altered",
        M.STOPPED_OR_ALTERED, CPS, 5, 1, DECISION, "", "VCL", SEEN),
    row("R6_VRR", 6, "Told of the right to have a decision reviewed",
        M.NOT_CHARGED, (POLICE, CPS), None, None, DECISION, "", "VCL", SEEN,
        words="with the decision"),
    row("R7_VPS", 7, "Offered a Victim Personal Statement, read aloud or read for them",
        M.CRIME_REPORTED, POLICE, None, None, REPORT, "", "BEDSUP", SEEN),
)

_TRIAL = (
    row("R8_HEARING", 8, "Told the time, date and place of a hearing",
        M.HEARING_LISTED, WCU, 1, 1, RECEIPT, "8.1", "BED8", SEEN, fed_by="R8_COURT2WCU"),
    row("R8_BAILOUT", 8, "Told the outcome of a bail hearing, conditions, changes and reasons",
        M.BAIL_HEARING_OUTCOME, WCU, 5, 1, RECEIPT, "8.1", "BED8", SEEN, fed_by="R8_COURT2WCU"),
    row("R8_WARRANT", 8, "Told that an arrest warrant was issued, and of the hearing after arrest",
        M.WARRANT_ISSUED, WCU, 5, 1, RECEIPT, "8.1", "BED8", SEEN, fed_by="R8_COURT2WCU"),
    row("R8_COURT2WCU", 8, "Witness Care told the outcome of a hearing",
        M.HEARING_HELD, COURT, 5, 5, EVENT, "", "BED8", SEEN),
    row("R8_WITNESS", 8, "Told whether they must give evidence",
        M.PLEADED_NOT_GUILTY, WCU, 1, 1, RECEIPT, "8.2", "BED8", SEEN,
        note="Witness Care hears of it from the CPS."),
    row("R8_SPECIAL", 8, "Told the outcome of an application for special measures",
        M.SPECIAL_MEASURES_DECIDED, WCU, None, None, RECEIPT, "8.2", "BED8", SEEN),
    row("R8_FAMIL", 8, "Offered the witness service and a visit to the court",
        M.REQUIRED_AS_WITNESS, WCU, None, None, EVENT, "8.2", "BED8", SEEN,
        words="before the trial"),
)

_AFTERWARDS = (
    row("R9_COURT2WCU", 9, "Witness Care told how the case ended",
        M.TRIAL_OUTCOME, COURT, 5, 5, ClockStart.END_OF_CASE, "", "BED9", SEEN),
    row("R9_OUTCOME", 9, "Told the outcome of the trial, with brief reasons where there are any",
        M.TRIAL_OUTCOME, WCU, 1, 1, RECEIPT, "", "BED9", SEEN, fed_by="R9_COURT2WCU"),
    row("R9_SENTENCE", 9, "Told the sentence and what it means; questions passed to the CPS",
        M.SENTENCED, WCU, 1, 1, RECEIPT, "", "BED9", SEEN, fed_by="R9_COURT2WCU"),
    row("R9_BEREAVED", 9, "Bereaved: offered a meeting with the CPS before and after sentence",
        None, CPS, None, None, None, "", "BED9", SEEN),
    row("R9_APPEAL", 9, "Told of an appeal, of its hearing, and of its result",
        M.APPEAL, WCU, 1, 1, RECEIPT, "", "", MEDIUM, doubt="Limits from memory."),
    row("R9_ULS", 9, "May ask the Attorney General to review an unduly lenient sentence",
        M.SENTENCED, VICTIM, 28, 28, SENTENCE, "", "CHES", SEEN, unit=Unit.CALENDAR_DAYS,
        note="Anybody may ask.", doubt="The Victims and Courts Act 2026 touches such reviews."),
    row("R10_EXP", 10, "Expenses paid, once claimed correctly",
        M.EXPENSES_CLAIMED, CPS, 10, 10, ClockStart.CLAIM, "", "CPSEXP", HIGH,
        note="Read as a target of the CPS.", doubt="Paragraph not known."),
    row("R10_PROP", 10, "Property given back when no longer needed as evidence",
        M.PROPERTY_NO_LONGER_NEEDED, POLICE, None, None, EVENT, "", "", HIGH,
        words="as soon as possible"),
    row("R11_VCS", 11, "Passed to the Victim Contact Scheme; liaison officer offered",
        M.SENTENCED, (WCU, PROBATION), 20, 20, SENTENCE, "", "PQ2024VCS, HFV141", LOW,
        only_if="Sentence of 12 months or more for a violent or sexual offence, or hospital order",
        doubt="20 working days was the limit of the 2015 Code; that of the 2020 Code is unread."),
    row("R11_VCSINFO", 11, "In the scheme: told of each stage of the sentence",
        None, PROBATION, None, None, None, "", "VCSGOV", SEEN, words="stage by stage"),
    row("R11_RELEASE", 11, "Told the date of release in advance",
        M.RELEASE_PLANNED, PROBATION, None, None, EVENT, "", "KENT", SEEN),
    row("R12_COMPLAINT", 12, "Complaint acknowledged, with when to expect a full reply",
        M.COMPLAINT_RECEIVED, Body.PROVIDER, 10, 10, ClockStart.COMPLAINT, "", "VWI, PQ2013",
        SEEN),
    row("R12_PHSO", 12, "May take the complaint to the Ombudsman",
        None, VICTIM, None, None, None, "", "VWI", SEEN,
        doubt="The step by way of an MP may have changed under the 2024 Act."),
)
# fmt: on

CODE_2020 = Code(
    name="2020",
    title="Code of Practice for Victims of Crime in England and Wales, 2020",
    in_force_on=date(2021, 4, 1),
    rules=table((*_REPORTING, *_INVESTIGATION, *_TRIAL, *_AFTERWARDS)),
)
