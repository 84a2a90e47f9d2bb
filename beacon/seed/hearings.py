"""The rows of court lists: for every reason why somebody is not texted there is one of tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from beacon.core.working_days import is_working_day
from beacon.courts.commands.charges import Charge
from beacon.courts.terms import NotTexted
from beacon.seed.scene import Scene
from beacon.seed.words import LANGUAGES_OF_COURT

COUNTY_COURTS = ("B41ME00", "B41MJ00", "C41ST00", "B41US00")
KINDS = ("FH", "GAP", "NGAP", "FHEFH")
TIMES = ("09:30", "10:00", "10:30", "11:15", "14:00", "14:30")
CHARGED, REQUISITIONED = ("C", "R")
# What makes a row one that is not texted, by the reason.
ODD: dict[NotTexted, dict[str, str]] = {
    NotTexted.NOT_LISTED: {"status": "vacated"},
    NotTexted.TYPE_UNKNOWN: {"hearing_type": "XYZ"},
    NotTexted.TYPE: {"hearing_type": "TRIAL"},
    NotTexted.CUSTODY: {"remand_status": "custody"},
    NotTexted.REMAND_UNKNOWN: {"remand_status": ""},
    NotTexted.AGE_UNKNOWN: {"date_of_birth": ""},
    NotTexted.DO_NOT_TEXT: {"do_not_text": "yes"},
    NotTexted.COURT_CLOSED: {"court": "B41NW00"},
    NotTexted.COURT_OUTSIDE: {"court": "B40IM00"},
    NotTexted.COURT_UNVERIFIED: {"court": "B41UR00"},
    NotTexted.NO_TIME: {"hearing_time": ""},
    NotTexted.NO_NUMBER: {"mobile": ""},
    NotTexted.NOT_A_NUMBER: {"mobile": "07700 9005"},
    NotTexted.LANDLINE: {"mobile": "01632 960512"},
    NotTexted.NOT_A_UK_MOBILE: {"mobile": "+1 202 555 0143"},
    NotTexted.INTERPRETER: {"interpreter_language": LANGUAGES_OF_COURT[0]},
}
FEW = (NotTexted.CUSTODY, NotTexted.NO_NUMBER, NotTexted.LANDLINE, NotTexted.TYPE)
ORDINARY = 9
# At a weekend only those are brought up who were charged in the night, at one magistrates' court.
WEEKEND_COURT, WEEKEND_KIND = COUNTY_COURTS[0], "FH"


@dataclass(frozen=True)
class Listed:
    """A defendant of one of our crimes, as the list will name them."""

    crime_reference: str
    charge: Charge


class HearingRows:
    """Makes the rows of a day."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._number = 0

    def of(self, day: date, charged: Sequence[Listed]) -> list[dict[str, str]]:
        """A day's rows: our own defendants, ordinary others, and those with a reason."""
        diary = self.scene.diary
        reasons: Sequence[NotTexted] = tuple(ODD)
        if day != diary.tomorrow:
            reasons = FEW if is_working_day(day) else FEW[:-1]  # no trial at a weekend
        rows = [self._ours(one) for one in charged if one.charge.held_on == day]
        rows += [self._other(day) for _ in range(ORDINARY)]
        rows += [self._other(day) | ODD[reason] for reason in reasons]
        if day == diary.tomorrow:
            rows.append(self._other(day) | {"date_of_birth": self._child(day).isoformat()})
        if day in (diary.tomorrow, diary.today):
            rows.append(self._other(day) | {"mobile": self._victims_number()})
        return rows

    def _other(self, day: date) -> dict[str, str]:
        chance, name = self.scene.chance, self.scene.people.name()
        self._number += 1
        sits = is_working_day(day)
        return {
            "urn": f"41{chance.pick('BCDEF')}1{self._number:05}{day:%y}",
            "defendant_reference": f"D{self._number:05}",
            "defendant_first_name": name.first,
            "defendant_last_name": name.last,
            "date_of_birth": self.scene.people.adult_born().isoformat(),
            "mobile": self.scene.people.defendant_number(),
            "court": chance.pick(COUNTY_COURTS) if sits else WEEKEND_COURT,
            "court_room": str(chance.whole(1, 6)),
            "hearing_date": day.isoformat(),
            "hearing_time": chance.pick(TIMES),
            "hearing_type": chance.pick(KINDS) if sits else WEEKEND_KIND,
            "remand_status": chance.pick(("UB", "CB", "NA")),
            "initiation": chance.pick((CHARGED, REQUISITIONED)),
            "status": "listed",
            "crime_reference": f"41/{600_000 + self._number}/{day:%y}",
            "interpreter_language": "",
            "do_not_text": "",
        }

    def _ours(self, one: Listed) -> dict[str, str]:
        """The list names the hearing that a manager has already written down."""
        charge = one.charge
        row = self._other(charge.held_on)
        born = charge.date_of_birth
        return row | {
            "defendant_first_name": charge.first_name,
            "defendant_last_name": charge.last_name,
            "date_of_birth": born.isoformat() if born else "",
            "mobile": charge.mobile.readable if charge.mobile else "",
            "court": charge.court,
            "hearing_time": f"{charge.starts_at:%H:%M}" if charge.starts_at else "",
            "hearing_type": charge.type_code,
            "remand_status": charge.remand or "",
            "initiation": charge.initiation or "",
            "crime_reference": one.crime_reference,
        }

    def _child(self, day: date) -> date:
        return day - timedelta(days=16 * 365)

    def _victims_number(self) -> str:
        """The number of somebody whom we protect, in another matter."""
        return self.scene.people.a_victims_number()
