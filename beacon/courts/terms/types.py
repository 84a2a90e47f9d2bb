"""Hearing types as the court lists write them, with what each means here (domain.md 6.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TypeRow:
    """One hearing type: its code on the lists, the code of the justice system, and four flags."""

    code: str
    cjs_code: str
    name: str
    is_first_hearing: bool = False
    defendant_attends: bool = True
    victim_notice: bool = True
    text_reminder: bool = False


# Three kinds are heard on paper: nobody comes, so nobody is told to (RULE 6.2).
HEARING_TYPES: tuple[TypeRow, ...] = (
    TypeRow("FH", "FH", "First hearing", is_first_hearing=True, text_reminder=True),
    TypeRow("FHEFH", "FHEFH", "Early first hearing", is_first_hearing=True, text_reminder=True),
    TypeRow("GAP", "FH", "Anticipated guilty plea", is_first_hearing=True, text_reminder=True),
    TypeRow("NGAP", "FH", "Anticipated not guilty plea", is_first_hearing=True, text_reminder=True),
    TypeRow(
        "FHEAH", "FHEAH", "Early administrative hearing", is_first_hearing=True,
        defendant_attends=False, victim_notice=False,
    ),
    TypeRow(
        "SJP", "OTHER", "Single justice procedure", is_first_hearing=True,
        defendant_attends=False, victim_notice=False,
    ),
    TypeRow("AWS", "AWS", "Application for a witness summons", False, False, False),
    TypeRow("AVTD", "AVTD", "Application to vacate the trial date", False, False),
    TypeRow("PBV", "PBV", "Plea before venue"),
    TypeRow("MOT", "MOT", "Mode of trial"),
    TypeRow("SS51", "SS51", "Sending to the Crown Court (section 51)"),
    TypeRow("PRELM", "PRELM", "Preliminary hearing"),
    TypeRow("PDH", "PDH", "Plea and directions"),
    TypeRow("PTPH", "PDH", "Plea and trial preparation"),
    TypeRow("PTR", "PTR", "Pre-trial review"),
    TypeRow("FCMH", "PTR", "Further case management"),
    TypeRow("GRH", "OTHER", "Ground rules hearing"),
    TypeRow("S28", "OTHER", "Recorded cross-examination (section 28)"),
    TypeRow("MNTN", "MNTN", "Mention"),
    TypeRow("BA", "BA", "Bail application"),
    TypeRow("BV", "BV", "Bail variation"),
    TypeRow("BOB", "BOB", "Breach of bail"),
    TypeRow("TRIAL", "TRIAL", "Trial"),
    TypeRow("NEWT", "NEWT", "Newton hearing"),
    TypeRow("SENT", "OTHER", "Sentence"),
    TypeRow("STPSR", "STPSR", "Sentence without a pre-sentence report"),
    TypeRow("SWPSR", "SWPSR", "Sentence with a pre-sentence report"),
    TypeRow("SSR", "SSR", "Sentence with a specific report"),
    TypeRow("CS", "CS", "Committal for sentence"),
    TypeRow("DS", "DS", "Deferred sentence"),
    TypeRow("AOW", "AOW", "Appearing on a warrant"),
    TypeRow("BOO", "BOO", "Breach of an order"),
    TypeRow("AAC", "AAC", "Appeal against conviction"),
    TypeRow("AAS", "AAS", "Appeal against sentence"),
    TypeRow("AACS", "AACS", "Appeal against conviction and sentence"),
    TypeRow("FTP", "FTP", "Fitness to plead"),
    TypeRow("REV", "REV", "Review"),
    TypeRow("RMAND", "RMAND", "Remand"),
    TypeRow("OTHER", "OTHER", "Other"),
)  # fmt: skip
