"""What a dry run remembers of the rows it has seen, in place of the database it leaves alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from beacon.cases.terms import Consent
from beacon.people.rules import Fingerprint
from beacon.referrals.intake import Intake
from beacon.referrals.terms import Waits


@dataclass(kw_only=True)
class Standing:
    """What settles whether a referral would open its case, as the rows so far leave it."""

    waits: Waits | None
    consent: Consent
    can_be_reached: bool


@dataclass(kw_only=True)
class Seen(Standing):
    """A referral of a dry run."""

    crime_key: str
    print: Fingerprint


class Rehearsal:
    """The referrals of a dry run, found as those in the database would be."""

    def __init__(self) -> None:
        self.seen: dict[int, Seen] = {}
        self.held: dict[int, Standing] = {}  # those of the database that a row changed
        self._by_crime: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, crime_key: str, intake: Intake, waits: Waits | None) -> int:
        """Remember a new referral; its number is below nought, so that no record has it."""
        number = -1 - len(self.seen)
        seen = Seen(
            crime_key=crime_key,
            print=intake.fingerprint,
            waits=waits,
            consent=intake.consent or Consent.NOT_ASKED,
            can_be_reached=intake.person.can_be_reached,
        )
        self.seen[number] = seen
        self._by_crime[crime_key].append(number)
        return number

    def is_namesake(self, crime_key: str, sought: Fingerprint) -> bool:
        """Whether a row of the same crime gave this name with another date of birth."""
        return any(
            seen.print.name == sought.name and seen.print.born != sought.born
            for seen in self._of_crime(crime_key)
        )

    def is_victim_of(self, crime_key: str, numbers: Iterable[int]) -> bool:
        """Whether one of these rows was about the crime."""
        return any(
            self.seen[number].crime_key == crime_key for number in numbers if number in self.seen
        )

    def _of_crime(self, crime_key: str) -> list[Seen]:
        return [self.seen[number] for number in self._by_crime.get(crime_key, ())]
