"""The words of one's own tools: the columns of a list, what a calendar says, and who has them."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class Column(StrEnum):
    """One column of a person's own list."""

    REFERENCE = "reference"
    NAME = "name"
    CATEGORY = "category"
    STATUS = "status"
    OFFENCE = "offence"
    DISTRICT = "district"
    CRIME = "crime"
    TELL_BY = "tell_by"
    OPENED = "opened"
    FIRST_CONTACT = "first_contact"
    LAST_CONTACT = "last_contact"
    SAFE = "safe"
    MANAGER = "manager"

    @property
    def label(self) -> str:
        """The head of the column."""
        return {
            "reference": "Case",
            "name": "Name",
            "category": "Category",
            "status": "Status",
            "offence": "Offence",
            "district": "District",
            "crime": "Crime reference",
            "tell_by": "Tell by",
            "opened": "Opened",
            "first_contact": "First contact",
            "last_contact": "Last contact",
            "safe": "Safe to contact",
            "manager": "Case manager",
        }[self]


USUAL = (
    Column.TELL_BY,
    Column.NAME,
    Column.REFERENCE,
    Column.CATEGORY,
    Column.SAFE,
    Column.LAST_CONTACT,
)


class MinePermission(StrEnum):
    """What a person may keep for their own work."""

    TOOLS = "mine.tools"


GRANTS = {
    MinePermission.TOOLS: frozenset(
        {Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER, Role.INTAKE_OFFICER}
    )
}
