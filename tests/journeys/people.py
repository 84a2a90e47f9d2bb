"""Who works in the journeys, whom they care for, and when each thing happens."""

from __future__ import annotations

from datetime import UTC, date, datetime

from beacon.core.roles import Role

PASSWORD = "wheelbarrow lantern tide"  # of made-up people
STAFF = {
    Role.INTAKE_OFFICER: "Ines Whitfield",
    Role.TEAM_LEADER: "Helen Quarshie",
    Role.CASE_MANAGER: "Priya Ramsbottom",
    Role.COURT_OFFICER: "Callum Tredwell",
    Role.FRAUD_OFFICER: "Beatrix Nunn",
}

# Of the police file: vulnerable, adult, safe by telephone; and one with nothing that enhances.
ENHANCED = "41/37395/26"  # Hollie Gray
STANDARD = "41/79834/26"  # Lynda Johnston
CHILD = "41/47817/26"  # Eleanor Graham, twelve at the offence
# Of the fraud file: Francis Smith-Jones, who paid by debit card.
DEFRAUDED = "NFRC260810000021"
HEARD_ON = date(2026, 12, 8)  # the first hearing: not in the list, so that its counts stay
TUESDAY = date(2026, 11, 24)


def monday(hour: int, minute: int = 0, *, day: int = 23) -> datetime:
    """A moment of the Monday on which the journey begins, or of a later day of November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def boxes(name: str, moment: datetime | date) -> dict[str, object]:
    """A day, or a day and time, as the boxes of a form send it. In November London keeps UTC."""
    sent: dict[str, object] = {name: [str(moment.day), str(moment.month), str(moment.year)]}
    if isinstance(moment, datetime):
        sent[f"{name}-time"] = f"{moment:%H:%M}"
    return sent


def email_of(role: Role) -> str:
    """How somebody who works here signs in."""
    return f"{STAFF[role].split()[0].lower()}@example.org"
