"""One referral as it comes in, whatever feed or person it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from beacon.cases.commands import CrimeFacts, FraudFacts
from beacon.cases.terms import Consent
from beacon.core import clock
from beacon.people.queries import Likeness, fingerprint
from beacon.people.rules import Fingerprint, PersonFacts
from beacon.referrals import rules
from beacon.referrals.rules import Proposal
from beacon.referrals.terms import Waits


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What one referral says: of the person, of the crime, and of the consent."""

    feed: str
    source: str
    source_reference: str
    person: PersonFacts
    crime: CrimeFacts
    fraud: FraudFacts | None = None
    consent: Consent | None = None
    flags: Mapping[str, object]
    unlisted: tuple[str, ...] = ()  # numbers that are held, and stand on no record
    enhanced: bool = False  # it counted as Enhanced Rights where it comes from
    by_hand: bool = False  # a member of staff wrote it down: what they enter is confirmed

    @property
    def recorded_at(self) -> datetime:
        """When the crime or the report was recorded."""
        return self.crime.recorded_at

    @property
    def began_on(self) -> date:
        """The day of the offence, or of the record where none is known (contract 3.5)."""
        return self.crime.offence_on or clock.london_day(self.recorded_at)

    @property
    def under_18(self) -> bool:
        """Whether the person was under 18 at the offence."""
        return rules.is_under_18(self.person.date_of_birth, self.began_on)

    @cached_property
    def proposals(self) -> tuple[Proposal, ...]:
        """What speaks for Enhanced Rights."""
        return rules.proposed_grounds(
            self.flags, offence=self.crime.offence, under_18=self.under_18
        )

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """What the person can be compared by."""
        return fingerprint(self.person)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Who the person of a referral is, and whether it opens a case by itself."""

    certain: tuple[Likeness, ...]
    likely: tuple[Likeness, ...]
    waits: Waits | None

    @property
    def counted_as(self) -> str:
        """The figure of the report under which the new referral is counted (contract 2)."""
        if self.waits is not None and self.waits.is_about_identity:
            return "queued_for_review"
        return "people_linked" if self.certain else "people_new"


def judge(
    intake: Intake,
    found: Iterable[Likeness],
    *,
    namesake: bool,
    twin: bool,
    is_vouched_for: bool = True,
) -> Judgement:
    """Weigh those who agree with the person of a referral.

    `namesake`: the same crime and name with another date of birth. `twin`: surely the same person
    is already a victim of the same crime, under another reference. Both need a person. So does
    everybody who agrees where nobody vouches for who wrote: whoever hurts somebody knows their
    name, their date of birth and their telephone too.
    """
    likeness = list(found)
    certain = tuple(one for one in likeness if one.is_certain and is_vouched_for)
    likely = tuple(
        one for one in likeness if one.is_likely or one.is_certain and not is_vouched_for
    )
    return Judgement(
        certain=certain,
        likely=likely,
        waits=rules.waits(
            named=intake.person.has_name,
            namesake=namesake,
            likely=twin or bool(likely and not certain),
            consent=intake.consent or Consent.NOT_ASKED,
            can_be_reached=intake.person.can_be_reached,
        ),
    )
