"""A referral comes in, or comes again with something new in it."""

from __future__ import annotations

import json
from datetime import datetime

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import Consent
from beacon.core import clock, lots
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.entitlements.terms import EnhancedGround
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from beacon.people import commands as people
from beacon.people.models import Victim
from beacon.people.queries import links_of
from beacon.people.terms import LinkState
from beacon.referrals import rules
from beacon.referrals.commands.urgency import propose_urgency
from beacon.referrals.intake import Intake, Judgement
from beacon.referrals.models import Referral
from beacon.referrals.queries import History, history_of
from beacon.referrals.rules import Proposal
from beacon.referrals.terms import Place, ReferralState, Waits

# A number of a refuge or a hotel is many people's: nobody can compare them all.
SUGGESTED_AT_MOST = 10
MARKED_DA = rules.FLAGS["domestic_abuse"]
# These fall away by themselves, when the feed says more.
CURABLE = frozenset({Waits.NO_CONSENT, Waits.NO_CONTACT_POINT})


def receive_referral(
    intake: Intake,
    judgement: Judgement,
    *,
    batch_id: int | None = None,
    received_at: datetime | None = None,
    actor: Actor,
) -> Referral:
    """Take in a new referral: the person, the crime, and a case where nothing stands in the way.

    Every number is held whether or not a case opens (domain.md RULE 5.3). Who is certainly known
    is linked, who may be is suggested; records are never merged (contract 3.5). It came in now,
    unless `received_at` says when it came to the service before there was Beacon.
    """
    with transaction() as session:
        crime = cases.record_crime(intake.crime, actor=actor)
        if intake.fraud is not None:
            cases.record_fraud_report(crime, intake.fraud, actor=actor)
        victim = people.register(
            intake.person,
            source=people.BY_HAND if intake.by_hand else intake.feed,
            actor=actor,
            crime_reference=crime.reference_key,
        )
        _link(victim, judgement, actor)
        referral = Referral(
            feed=intake.feed,
            source=intake.source[:100],
            source_reference=intake.source_reference[:60],
            crime_id=crime.id,
            victim_id=victim.id,
            batch_id=batch_id,
            linked_to_known=bool(judgement.certain),
            recorded_at=intake.recorded_at,
            received_at=received_at or clock.now(),
            consent=intake.consent or Consent.NOT_ASKED,
            state=ReferralState.WAITING,
            waits=judgement.waits,
            place=Place.WAITING,
        )
        _keep_proposals(referral, _with_history(referral, intake.proposals))
        propose_urgency(referral, intake)
        if judgement.waits is None:
            open_case_of(referral, crime, victim, intake, actor=actor)
        else:
            references = (crime.reference_key, referral.source_reference)
            people.find_by(victim, people.NO_CASE, references=references)
        lots.keep(referral)
        session.flush()
        _hold(referral, intake, crime)
        audit.record(
            "referral.received",
            referral,
            actor,
            operation=Operation.COLLECTION,
            feed=intake.feed,
            crime_id=crime.id,
            victim_id=victim.id,
            waits=judgement.waits,
        )
    return referral


def update_referral(
    referral: Referral, intake: Intake, *, judgement: Judgement | None = None, actor: Actor
) -> CaseFile | None:
    """Take in what the feed now says of a referral; give the case, if that opens one.

    What changes after a person has decided is brought before a person again. `judgement`: who it
    may be that only now has a name (`is_named_now`).
    """
    with transaction():
        crime = cases.record_crime(intake.crime, actor=actor)
        if intake.fraud is not None:
            cases.record_fraud_report(crime, intake.fraud, actor=actor)
        victim = referral.victim
        people.receive(
            victim,
            intake.person,
            source=intake.feed,
            actor=actor,
            crime_reference=crime.reference_key,
        )
        _hold(referral, intake, crime)
        if judgement is not None and is_named_now(referral.waits, intake):
            _link(victim, judgement, actor)
            referral.linked_to_known = bool(judgement.certain)
            referral.waits = once_named(judgement)
        before, had = proposals_of(referral), referral.consent
        referral.consent = intake.consent or had
        referral.recorded_at = intake.recorded_at
        _keep_proposals(
            referral, _with_earlier(_with_history(referral, intake.proposals), before, intake)
        )
        propose_urgency(referral, intake)
        opened = None
        if referral.state is ReferralState.WAITING:
            opened = _reconsider(referral, crime, victim, intake, actor)
        elif referral.case is not None:
            proposals = proposals_of(referral)
            cases.propose_grounds(
                referral.case, proposals, domestic_abuse=MARKED_DA in proposals, actor=actor
            )
            _bring_back(referral, before, had)
        referral.version += 1
        audit.record("referral.updated", referral, actor, crime_id=crime.id, victim_id=victim.id)
    return opened


def open_case_of(
    referral: Referral,
    crime: Crime,
    victim: Victim,
    intake: Intake | None,
    *,
    enhanced: bool = False,
    actor: Actor,
) -> CaseFile:
    """Open the case of a referral, with everything that speaks for Enhanced Rights."""
    proposals = proposals_of(referral)
    grounds = dict(proposals)
    flagged = MARKED_DA in proposals if intake else EnhancedGround.DOMESTIC_ABUSE in grounds
    with transaction():
        case = cases.open_case(
            crime=crime,
            victim=victim,
            consent=referral.consent,
            proposals=proposals,
            under_18=EnhancedGround.UNDER_18 in grounds,
            domestic_abuse=flagged,
            received_at=referral.received_at,
            enhanced=enhanced or (intake is not None and intake.enhanced),
            actor=actor,
        )
        referral.case_id = case.id
        referral.state = ReferralState.ACCEPTED
        referral.waits = None
        referral.place = Place.NEW_CASE
        referral.contact_by = None  # the case has a first contact of its own to keep
    return case


def proposals_of(referral: Referral) -> list[Proposal]:
    """The grounds that were proposed, each with the fact that speaks for it."""
    return [(EnhancedGround(ground), fact) for ground, fact in json.loads(referral.proposals)]


def is_named_now(waits: Waits | None, intake: Intake) -> bool:
    """Whether this gives the name of somebody who had none: who that is must be judged."""
    return waits is Waits.ANONYMOUS and intake.person.has_name


def once_named(judgement: Judgement) -> Waits:
    """Why it waits with a name; where nothing else stands in the way, `opens_now` is to say."""
    return judgement.waits or Waits.NO_CONTACT_POINT


def opens_now(waits: Waits | None, consent: Consent, *, can_be_reached: bool) -> bool:
    """Whether a waiting referral waits no longer, now that the feed has said more."""
    return waits in CURABLE and consent is not Consent.NO and can_be_reached


def reckon_again(referral: Referral, *, actor: Actor) -> None:
    """See anew whether this is a repeat victim, now that a link was made or undone.

    What was proposed by the count goes with it, while nobody has decided; a case that is open keeps
    the ground until a person does.
    """
    with transaction():
        links = links_of([referral.victim_id])
        referral.linked_to_known = any(one.state is LinkState.LINKED for one in links)
        before = tuple(proposals_of(referral))
        _keep_proposals(referral, _with_history(referral, rules.without_count(before)))
        proposals = proposals_of(referral)
        if referral.case is not None and set(proposals) - set(before):
            flagged = MARKED_DA in proposals
            cases.propose_grounds(referral.case, proposals, domestic_abuse=flagged, actor=actor)
        referral.version += 1


def _hold(referral: Referral, intake: Intake, crime: Crime) -> None:
    """Hold its numbers from the moment it is here: no case may ever come of it (RULE 5.3).

    One that stands on no record belongs to the person's cases by this alone.
    """
    beside = referral.victim_id if intake.unlisted else None
    for number in (intake.person.mobile, intake.person.phone, *intake.unlisted):
        if number:
            numbers.hold(
                number,
                Owner.REFERRAL,
                referral.id,
                crime_reference=crime.reference_key,
                victim_id=beside,
            )


def _link(victim: Victim, judgement: Judgement, actor: Actor) -> None:
    with transaction() as session:
        for sure in judgement.certain:
            other = session.get_one(Victim, sure.victim_id)
            people.link(victim, other, facts=sure.facts, actor=actor)
        for maybe in judgement.likely[:SUGGESTED_AT_MOST]:
            other = session.get_one(Victim, maybe.victim_id)
            people.suggest(victim, other, facts=maybe.facts, actor=actor)


def _with_history(referral: Referral, known: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """The grounds of the row, and many crimes in a year where the person is known to us."""
    history = history_of(referral) if referral.linked_to_known else History()
    referral.repeats = history.repeats
    return rules.with_count(known, history.crimes)


def _with_earlier(
    proposals: tuple[Proposal, ...], before: list[Proposal], intake: Intake
) -> tuple[Proposal, ...]:
    """And the grounds of earlier rows of which this one says nothing."""
    grounds = {ground for ground, _ in proposals}
    standing = rules.still_standing(before, intake.flags, born=intake.person.date_of_birth)
    return (*proposals, *(one for one in standing if one[0] not in grounds))


def _keep_proposals(referral: Referral, proposals: tuple[Proposal, ...]) -> None:
    referral.proposals = json.dumps([[ground.value, fact] for ground, fact in proposals])
    referral.pressing = 0 if proposals else 1


def _reconsider(
    referral: Referral, crime: Crime, victim: Victim, intake: Intake, actor: Actor
) -> CaseFile | None:
    can_be_reached = bool(victim.contact_points or victim.addresses)
    if opens_now(referral.waits, referral.consent, can_be_reached=can_be_reached):
        return open_case_of(referral, crime, victim, intake, actor=actor)
    if referral.waits in CURABLE:
        referral.waits = rules.waits(
            named=True,
            namesake=False,
            likely=False,
            consent=referral.consent,
            can_be_reached=can_be_reached,
        )
    return None


def _bring_back(referral: Referral, before: list[Proposal], had: Consent) -> None:
    """A new ground, or a consent taken back, puts the case before a person once more."""
    new = {ground for ground, _ in proposals_of(referral)} - {ground for ground, _ in before}
    if referral.consent is Consent.NO and had is not Consent.NO:
        referral.waits, referral.place = Waits.CONSENT_WITHDRAWN, Place.WAITING
    elif new:
        referral.waits, referral.place = Waits.NEW_GROUNDS, Place.WAITING
