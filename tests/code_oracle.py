"""A second reading of the Code's clock, to hold the first against: it imports nothing of ours.

Limits are typed here from the printed tables (domain.md 1.2 and 1.5), days are counted on a list
of numbered working days, and each duty is replayed from what happened, in order. Of the product
it shares only the calendar's packaged data.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
NEW_CODE = date(2021, 4, 1)
ENDED = {"met", "met_late", "withheld", "declined", "not_applicable"}

# By what happened: rule, days for a standard victim, for an enhanced one, and whether the days
# are counted from Witness Care's receipt.
LIKE_ANY_SUSPECT_EVENT = {
    "arrested": "R6_ARREST",
    "interviewed_under_caution": "R6_IUC",
    "released_without_charge": "R6_RWC",
    "bailed": "R6_BAIL",
    "bail_changed": "R6_BAILCH",
    "out_of_court_disposal": "R6_OOC",
    "not_charged": "R6_NOCHARGE",
    "stopped_or_altered": "R6_STOPALTER",
}
BOTH: dict[str, list[tuple[str, int, int, bool]]] = {
    **{what: [(rule, 5, 1, False)] for what, rule in LIKE_ANY_SUSPECT_EVENT.items()},
    "hearing_listed": [("R8_HEARING", 1, 1, True)],
    "bail_hearing_outcome": [("R8_BAILOUT", 5, 1, True)],
    "hearing_held": [("R8_COURT2WCU", 5, 5, False)],
    "pleaded_not_guilty": [("R8_WITNESS", 1, 1, True)],
    "trial_outcome": [("R9_COURT2WCU", 5, 5, False), ("R9_OUTCOME", 1, 1, True)],
    "sentenced": [("R9_SENTENCE", 1, 1, True)],
    "appeal": [("R9_APPEAL", 1, 1, True)],
    "review_requested": [("VRR_ACK", 10, 10, False), ("VRR_DECIDE", 30, 30, False)],
    "cps_review_requested": [("VRRC_LOCAL", 10, 10, False), ("VRRC_DECIDE", 30, 30, False)],
}
# Whatever the day, these are promised beside the Code (domain.md 1.3).
BESIDE_THE_CODE = {"review_requested": "VRR", "cps_review_requested": "VRR-CPS"}
CODE_2020 = BOTH | {
    "not_investigated": [("R6_NOINV", 5, 1, False)],
    "released_under_investigation": [("R6_RUI", 5, 1, False)],
    "charged": [("R6_CHARGE", 5, 1, False)],
    "warrant_issued": [("R8_WARRANT", 5, 1, True)],
}
CODE_2015 = BOTH | {
    "not_investigated": [("R6_NOINV", 5, 5, False)],
    "released_under_investigation": [],
    "charged": [("R6_CHARGE", 5, 1, True)],
    "warrant_issued": [("R8_WARRANT", 5, 5, True)],
}


@cache
def working_days() -> list[date]:
    """Every working day of the years that the packaged data hold, in order."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(
        division=BankHolidays.ENGLAND_AND_WALES
    )
    holidays = {one["date"] for one in listed}
    first, last = date(min(holidays).year, 1, 1), date(max(holidays).year, 12, 31)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.isoweekday() <= 5 and day not in holidays]


def nth_after(day: date, number: int) -> date:
    """The working day that comes so many after the day."""
    return working_days()[bisect_right(working_days(), day) + number - 1]


def between(after: date, until: date) -> int:
    """How many working days come after the one day, up to the other."""
    return bisect_right(working_days(), until) - bisect_right(working_days(), after)


def day_of(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


@dataclass
class Owed:
    """One duty, as the oracle holds it."""

    code: str
    standard: int
    enhanced: int
    from_receipt: bool
    is_enhanced: bool
    started: datetime | None
    state: str = "open"
    told: datetime | None = None
    paused: date | None = None
    still: int = 0

    @property
    def days(self) -> int:
        return self.enhanced if self.is_enhanced else self.standard

    @property
    def due(self) -> date | None:
        if self.started is None:
            return None
        return nth_after(day_of(self.started), self.days + self.still)

    def is_late(self, now: datetime) -> bool:
        return self.due is not None and day_of(now) > self.due


@dataclass
class Happened:
    what: str
    at: datetime
    received: datetime | None
    is_withdrawn: bool = False


@dataclass
class Oracle:
    """One crime: what has happened to it, its victims, and what each of them is owed."""

    victims: dict[int, bool] = field(default_factory=dict)  # whether enhanced
    happened: list[Happened] = field(default_factory=list)
    owed: dict[tuple[int, str, int], Owed] = field(default_factory=dict)

    def join(self, victim: int, is_enhanced: bool, now: datetime) -> None:
        """A victim comes: they are owed what can still be kept of what has happened."""
        self.victims[victim] = is_enhanced
        for number, one in enumerate(self.happened):
            if not one.is_withdrawn:
                for rule, made in self._made(one, is_enhanced):
                    if not made.is_late(now):
                        self.owed[victim, rule, number] = made

    def happens(self, what: str, at: datetime, received: datetime | None) -> None:
        """Something happens to the crime: each victim is owed the duties of the Code of its day."""
        self.happened.append(Happened(what, at, received))
        for victim, is_enhanced in self.victims.items():
            for rule, made in self._made(self.happened[-1], is_enhanced):
                self.owed[victim, rule, len(self.happened) - 1] = made

    def receives(self, number: int, at: datetime) -> None:
        """Witness Care hears of it: what is still to do and waited for that begins to run."""
        self.happened[number].received = at
        for (victim, _, about), one in self.owed.items():
            if about == number and one.from_receipt and one.state == "open" and not one.started:
                one.started, one.is_enhanced = at, self.victims[victim]

    def is_withdrawn(self, number: int) -> None:
        """It was a mistake: what is still owed because of it falls away."""
        self.happened[number].is_withdrawn = True
        for (_, _, about), one in self.owed.items():
            if about == number and one.state in {"open", "paused"}:
                one.state, one.paused = "not_applicable", None

    def changes(self, victim: int, is_enhanced: bool, now: datetime) -> None:
        """Another category: duties that were set off before keep their limit (rule 1.2)."""
        self.victims[victim] = is_enhanced
        for (whose, _, _), one in self.owed.items():
            later = one.started is None or one.started >= now
            if whose == victim and one.state in {"open", "paused"} and later:
                one.is_enhanced = is_enhanced

    def may_pause(self, key: tuple[int, str, int], now: datetime) -> bool:
        one = self.owed[key]
        return one.state == "open" and one.due is not None and not one.is_late(now)

    def pauses(self, key: tuple[int, str, int], now: datetime) -> None:
        self.owed[key].state, self.owed[key].paused = "paused", day_of(now)

    def resumes(self, key: tuple[int, str, int], now: datetime) -> None:
        one = self.owed[key]
        assert one.paused is not None
        one.still += between(one.paused, day_of(now))
        one.state, one.paused = "open", None

    def may_tell(self, key: tuple[int, str, int]) -> bool:
        one = self.owed[key]
        return one.state in {"open", "paused"} or (one.state == "safety_delay" and not one.told)

    def tells(self, key: tuple[int, str, int], now: datetime) -> None:
        one = self.owed[key]
        if one.state == "open":
            one.state = "met_late" if one.is_late(now) else "met"
        elif one.state == "paused":
            one.state, one.paused = "met", None
        one.told = now

    def sets_aside(self, key: tuple[int, str, int], state: str) -> None:
        self.owed[key].state, self.owed[key].paused = state, None

    @staticmethod
    def _made(one: Happened, is_enhanced: bool) -> list[tuple[str, Owed]]:
        is_new = day_of(one.at) >= NEW_CODE
        table, code = (CODE_2020, "2020") if is_new else (CODE_2015, "2015")
        code = BESIDE_THE_CODE.get(one.what, code)
        return [
            (
                rule,
                Owed(
                    code,
                    standard,
                    enhanced,
                    from_receipt,
                    is_enhanced,
                    one.received if from_receipt else one.at,
                ),
            )
            for rule, standard, enhanced, from_receipt in table[one.what]
        ]
