"""The worked cases of the Code and of the clocks beside it (domain.md 10.1 and 10.2)."""

from __future__ import annotations

STANDARD, ENHANCED = False, True

# number in domain.md, rule, victim, event in London, due
CASES = [
    ("1", "R6_ARREST", STANDARD, "2024-01-31T10:15", "2024-02-07"),
    ("2", "R6_ARREST", ENHANCED, "2024-01-31T10:15", "2024-02-01"),
    ("3", "R6_ARREST", STANDARD, "2024-02-09T16:45", "2024-02-16"),
    ("5", "R6_RUI", ENHANCED, "2024-02-10T03:20", "2024-02-12"),
    ("6", "R6_BAILCH", STANDARD, "2024-02-11T12:00", "2024-02-16"),
    ("8", "R6_ARREST", STANDARD, "2024-03-29T11:00", "2024-04-08"),
    ("9", "R6_NOINV", ENHANCED, "2024-03-30T09:30", "2024-04-02"),
    ("11", "R6_ARREST", ENHANCED, "2025-04-21T02:00", "2025-04-22"),
    ("13 standard", "R4_REFER", STANDARD, "2025-05-02T09:05", "2025-05-07"),
    ("13 enhanced", "R4_REFER", ENHANCED, "2025-05-02T09:05", "2025-05-07"),
    ("14", "R6_CHARGE", STANDARD, "2024-08-22T15:00", "2024-08-30"),
    ("15", "R6_IUC", STANDARD, "2025-08-25T13:00", "2025-09-01"),
    ("17", "R4_REFER", ENHANCED, "2024-12-25T01:30", "2024-12-30"),
    ("18", "R6_NOCHARGE", STANDARD, "2024-12-23T12:00", "2025-01-02"),
    ("20", "R6_BAIL", STANDARD, "2026-04-03T09:00", "2026-04-13"),
    ("22", "R4_REFER", STANDARD, "2026-12-26T10:00", "2026-12-30"),
    ("25", "R6_ARREST", ENHANCED, "2026-03-30T23:15Z", "2026-04-01"),
    ("expenses", "R10_EXP", STANDARD, "2026-03-25T09:00", "2026-04-10"),
    ("review acknowledged", "VRR_ACK", STANDARD, "2024-12-16T10:00", "2025-01-02"),
    ("bank pays", "PSR_PAY", STANDARD, "2025-04-16T12:00", "2025-04-25"),
    ("bank decides at last", "PSR_FINAL", STANDARD, "2025-04-16T12:00", "2025-06-10"),
    ("special measures, Crown Court", "SM_CC", STANDARD, "2025-12-19T10:00", "2026-01-07"),
    ("court tells Witness Care", "R9_COURT2WCU", STANDARD, "2025-04-16", "2025-04-25"),
    ("Witness Care told on the last day", "R9_OUTCOME", STANDARD, "2025-04-25", "2025-04-28"),
]
