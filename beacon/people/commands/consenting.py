"""Writing down to what somebody agrees, and asking it before they are referred on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.names import name_key
from beacon.people import agreeing
from beacon.people.commands.rights import still_open_to
from beacon.people.models import ConsentGiven, Victim
from beacon.people.queries.consents import consent_to
from beacon.people.terms import Agreed, PeoplePermission, Purpose, SaidHow

WORDS_AT_MOST = 500
AGENCY_AT_MOST = 100


@dataclass(frozen=True, kw_only=True)
class ConsentAnswer:
    """What somebody said when they were asked to agree to one thing."""

    purpose: Purpose
    answer: Agreed
    said_at: datetime
    agency: str = ""
    how: SaidHow | None = None
    expires_on: date | None = None
    words: str = ""


def record_consent(victim: Victim, said: ConsentAnswer, *, actor: Actor) -> ConsentGiven:
    """Add what somebody said; what they said before stays in the history (domain.md 7.2).

    The same answer sent twice is one.
    """
    with transaction() as session:
        session.refresh(victim, with_for_update=True)
        still_open_to(victim.id, actor, PeoplePermission.EDIT)
        agency = " ".join(said.agency.split())
        _check(victim, said, agency)
        before = consent_to(victim, said.purpose, agency).last
        if before is not None and _is_same(before, said, victim):
            return before
        row = ConsentGiven(
            victim_id=victim.id,
            purpose=said.purpose,
            agency=agency,
            agency_key=name_key(agency),
            answer=said.answer,
            how=said.how,
            said_at=said.said_at,
            expires_on=said.expires_on,
            by_id=actor.id,
            by_name=actor.name,
        )
        row.words = said.words.strip()
        session.add(row)
        session.flush()
        audit.record(
            "consent.recorded",
            row,
            actor,
            operation=Operation.COLLECTION,
            victim_id=victim.id,
            purpose=said.purpose.value,
            answer=said.answer.value,
        )
        if said.purpose.names_an_agency:
            agreeing.tell(victim, agency, actor)
    return row


def ask_consent(victim: Victim, purpose: Purpose, agency: str = "", *, field: str = "") -> None:
    """Refuse what needs a consent that does not stand: to be referred on to one agency, say."""
    standing = consent_to(victim, purpose, agency)
    if standing.holds:
        return
    whom = f" to {agency}" if agency else ""
    if standing.has_run_out:
        said = f"Their consent{whom} has run out. Ask them again"
    elif standing.answer is Agreed.NOT_ASKED:
        said = f"They have not been asked whether they agree{whom}. Ask them"
    else:
        said = f"They did not agree{whom}. Respect that, or ask them again"
    raise RuleBroken(f"{said}, and record what they say under Consent.", field=field or None)


def _check(victim: Victim, said: ConsentAnswer, agency: str) -> None:
    _check_agency(said.purpose, agency)
    _check_days(said)
    if said.answer is not Agreed.NOT_ASKED and said.how is None:
        raise RuleBroken("Choose how they said it.", field="how")
    if len(said.words) > WORDS_AT_MOST:
        raise RuleBroken(f"The words must be {WORDS_AT_MOST} characters or fewer.", field="words")
    if said.answer is Agreed.WITHDRAWN:
        before = consent_to(victim, said.purpose, agency)
        if before.answer is not Agreed.GIVEN:
            raise RuleBroken(
                "They have not agreed to this, so there is nothing to withdraw. Choose Refused.",
                field="answer",
            )


def _check_days(said: ConsentAnswer) -> None:
    if said.said_at > clock.now():
        raise RuleBroken("That has not happened yet. Check the date and time.", field="said_at")
    if said.expires_on is None:
        return
    if said.answer is not Agreed.GIVEN:
        raise RuleBroken("Only a consent that was given runs out.", field="expires_on")
    if said.expires_on < clock.london_day(said.said_at):
        raise RuleBroken("The last day must not be before they agreed.", field="expires_on")


def _check_agency(purpose: Purpose, agency: str) -> None:
    if purpose.names_an_agency and not name_key(agency):
        raise RuleBroken("Enter the agency that they are asked about.", field="agency")
    if not purpose.names_an_agency and agency:
        raise RuleBroken("An agency is named only where they are referred on.", field="agency")
    if len(agency) > AGENCY_AT_MOST:
        raise RuleBroken(
            f"The agency must be {AGENCY_AT_MOST} characters or fewer.", field="agency"
        )


def _is_same(before: ConsentGiven, said: ConsentAnswer, victim: Victim) -> bool:
    now = (victim.id, said.answer, said.how, said.said_at, said.expires_on, said.words.strip())
    was = (
        before.victim_id,
        before.answer,
        before.how,
        before.said_at,
        before.expires_on,
        before.words,
    )
    return now == was
