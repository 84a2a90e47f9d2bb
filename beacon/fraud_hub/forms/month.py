"""What narrows the month's list and today's calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beacon.core.scope import Viewer
from beacon.fraud_hub.queries import NOBODY, MonthList
from beacon.fraud_hub.terms import Level, Source, Standing
from beacon.web.fields import SelectField
from beacon.web.forms import FilterForm

EVERYTHING = "everything"
MINE, OF_NOBODY = "mine", "nobody"


def _month(word: str) -> date:
    return date.fromisoformat(f"{word}-01")


class MonthForm(FilterForm):
    """Of which month, in which standing, whose, where, of which level and source."""

    month = SelectField("Month of the report")
    standing = SelectField(
        "Standing",
        choices=[
            ("", "Still on the list"),
            *((one.value, one.label) for one in Standing),
            (EVERYTHING, "Everything"),
        ],
    )
    officer = SelectField("Officer")
    district = SelectField("District")
    level = SelectField(
        "Level",
        choices=[("", "Both"), *((str(one.value), one.label) for one in Level)],
    )
    source = SelectField(
        "Source",
        choices=[("", "All"), *((one.value, one.label) for one in Source)],
    )

    def offer(
        self,
        months: Sequence[date],
        officers: Sequence[tuple[int, str]],
        districts: Sequence[str],
    ) -> None:
        """Put in the choices that the data know."""
        self.month.choices = [
            ("", "All months"),
            *((f"{one:%Y-%m}", f"{one:%B %Y}") for one in months),
        ]
        self.officer.choices = [
            ("", "Everybody"),
            (MINE, "Mine"),
            (OF_NOBODY, "Nobody yet"),
            *((str(number), name) for number, name in officers),
        ]
        self.district.choices = [("", "All"), *((one, one) for one in districts)]

    def asked(self, viewer: Viewer) -> MonthList:
        """The list that was asked for; what cannot be used is left out."""
        self.asked_well()
        said = {box.name: "" if box.errors else box.data or "" for box in self}
        standing = said["standing"]
        return MonthList(
            viewer=viewer,
            month=_month(said["month"]) if said["month"] else None,
            standing=Standing(standing) if standing and standing != EVERYTHING else None,
            everything=standing == EVERYTHING,
            officer_id=_officer(said["officer"], viewer),
            district=said["district"],
            level=Level(int(said["level"])) if said["level"] else None,
            source=Source(said["source"]) if said["source"] else None,
        )


class TodayForm(FilterForm):
    """Whose calls."""

    whose = SelectField("Whose", choices=[("", "All I may see"), (MINE, "Mine")])

    @property
    def is_mine(self) -> bool:
        """Whether only one's own were asked for."""
        return self.asked_well() and self.whose.data == MINE


def _officer(word: str, viewer: Viewer) -> int | None:
    if word == MINE:
        return viewer.id
    if word == OF_NOBODY:
        return NOBODY
    return int(word) if word else None
