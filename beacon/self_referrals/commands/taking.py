"""What somebody told us goes the one way of all referrals, and nothing is safe unless said so."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands import CrimeFacts, FraudFacts
from beacon.cases.terms import Consent, CrimeKind
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.reference import ALPHABET
from beacon.core.working_days import add_working_days
from beacon.people import commands as people
from beacon.people import queries as known
from beacon.people.commands import PointAnswer
from beacon.people.models import Victim
from beacon.people.rules import AroundFacts, PersonFacts
from beacon.people.terms import Around, Safe
from beacon.referrals import commands as referrals
from beacon.referrals.intake import Intake, judge
from beacon.referrals.models import Referral
from beacon.self_referrals import rules
from beacon.self_referrals.models import SelfReferral
from beacon.self_referrals.terms import (
    PHONE_FEED,
    Danger,
    FilledBy,
    Happened,
    PoliceTold,
    Sharing,
    Strand,
)

PREFIX = "SR"
LENGTH = 6
NO_CONSENT = "Ask them first: we can take their details only if they know and agree."


@dataclass(frozen=True, kw_only=True)
class Helper:
    """Who writes or rings for somebody else."""

    name: str
    relation: str = ""
    phone: str = ""
    email: str = ""
    speak: Safe = Safe.ASK  # whether we may reach the person through them


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that somebody told us, in the words of the trade."""

    filled_by: FilledBy
    agreed: bool
    person: PersonFacts
    ways: Mapping[str, PointAnswer] = field(default_factory=dict)
    letter_ok: Safe = Safe.NOT_ASKED
    helper: Helper | None = None
    organisation: str = ""
    anonymous: bool = False
    kinds: Collection[Happened] = ()
    strands: Collection[Strand] = ()
    happened_on: date | None = None
    place: str = ""
    district: str = ""
    police_told: PoliceTold = PoliceTold.NOT_SAID
    danger: Danger = Danger.NO
    sharing: Sharing = Sharing.ASK
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def can_be_reached(self) -> bool:
        """Whether any way to them was called safe, directly or through their helper."""
        through = self.helper is not None and self.helper.speak is Safe.YES
        direct = any(answer.safe is Safe.YES for answer in self.ways.values())
        return direct or through or self.letter_ok is Safe.YES


def take_call(told: Told, *, actor: Actor) -> SelfReferral:
    """Take down what the person on the line says; what is asked of them is confirmed by it."""
    return take_in(told, feed=PHONE_FEED, by_hand=True, actor=actor)


def take_in(told: Told, *, feed: str, by_hand: bool, actor: Actor) -> SelfReferral:
    """Make a referral of it: the one way of all referrals, with the ways to them exactly as said.

    It opens a case by itself only as every other does (contract 3.5). Being anonymous, or not
    having told the police, is a fact that is kept and never a reason to refuse. What came by the
    public page is linked to nobody by itself: it proves who wrote no more than a stranger could.
    """
    if told.filled_by is not FilledBy.SELF and not told.agreed:
        raise RuleBroken(NO_CONSENT, field="agreed")
    with transaction() as session:
        reference = _new_reference()
        intake = _intake(told, reference, feed=feed, by_hand=by_hand)
        likenesses = known.likenesses(intake.fingerprint)
        judgement = judge(intake, likenesses, namesake=False, twin=False, is_vouched_for=by_hand)
        referral = referrals.receive_referral(intake, judgement, actor=actor)
        victim = session.get_one(Victim, referral.victim_id)
        people.keep_own_words(victim, told.ways, letter_ok=told.letter_ok, actor=actor)
        if told.helper is not None:
            people.add_around(victim, _around(told, told.helper), actor=actor)
        promised_on = _promised(told, referral)
        if referral.case_id is None:
            referral.contact_by = promised_on
        row = SelfReferral(
            referral_id=referral.id,
            reference=reference,
            filled_by=told.filled_by,
            anonymous=told.anonymous,
            police_told=told.police_told,
            danger=told.danger,
            sharing=told.sharing,
            told=json.dumps(dict(told.said), ensure_ascii=False),
            promised_on=promised_on,
        )
        session.add(row)
        audit.record(
            "self_referral.taken",
            row,
            actor,
            operation=Operation.COLLECTION,
            referral_id=referral.id,
            filled_by=told.filled_by.value,
        )
    return row


def _intake(told: Told, reference: str, *, feed: str, by_hand: bool) -> Intake:
    kind = rules.crime_kind_of(told.kinds)
    return Intake(
        feed=feed,
        source=told.organisation or told.filled_by.source,
        source_reference=reference,
        person=told.person,
        crime=CrimeFacts(
            reference=reference,
            recorded_at=clock.now(),
            kind=kind,
            offence=rules.offence_of(told.kinds),
            offence_on=told.happened_on,
            place=told.place,
            district=told.district,
        ),
        fraud=FraudFacts() if kind is CrimeKind.FRAUD else None,
        consent=Consent.YES if told.agreed else Consent.NO,
        flags=rules.flags_of(told.kinds, told.strands, in_danger=told.danger is Danger.YES),
        by_hand=by_hand,
    )


def _around(told: Told, helper: Helper) -> AroundFacts:
    notes = {"From": told.organisation, "Email": helper.email}
    return AroundFacts(
        kind=Around.THIRD_PARTY,
        name=helper.name,
        relation=helper.relation,
        phone=helper.phone,
        notes="\n".join(rules.lines(notes)),
        speak=helper.speak,
    )


def _promised(told: Told, referral: Referral) -> date | None:
    """The day that the last page names; none where no way is safe, so that nothing is promised."""
    if not told.can_be_reached:
        return None
    kind = "enhanced" if referral.pressing == 0 else "standard"
    days = settings.count(f"standards.first_contact_{kind}_days")
    return add_working_days(clock.today(), days)


def _new_reference() -> str:
    """A reference that can be read out; seen within the transaction to be nobody else's."""
    while True:
        made = f"{PREFIX}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"
        taken = sa.select(SelfReferral.id).where(SelfReferral.reference == made)
        if db.session.scalar(taken) is None:
            return made
