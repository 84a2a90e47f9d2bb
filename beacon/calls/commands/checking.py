"""Checking who is on the line: the answer is compared here and never kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.calls import queries, rules
from beacon.calls.commands.ground import held_for_call
from beacon.calls.models import CallerCheck
from beacon.calls.terms import CheckWay, Fact
from beacon.cases import commands as cases
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, ContactLog
from beacon.cases.terms import CasePermission, ContactOutcome, TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel

LOCKED = (
    "Three answers were wrong today, so nobody is checked for this person until tomorrow. Say "
    "nothing of them, and leave a message: the case manager is told."
)
NO_PHRASE = "There is no pass-phrase now. Look at the page again, and ask what it says."
HAS_PHRASE = "There is a pass-phrase now. Ask for it, and not for facts."
NO_FACTS = "Too little is held to check them by facts. Leave a message, and have them rung back."


@dataclass(frozen=True)
class Checked:
    """What came of one answer."""

    was_right: bool
    left: int  # how many answers may still be wrong today

    @property
    def is_locked(self) -> bool:
        """Whether it was the last that could be wrong today."""
        return self.left == 0


def check_phrase(case: CaseFile, said: str, *, actor: Actor) -> Checked:
    """Hold what the caller said against the pass-phrase. Right or wrong, that it was asked is kept.

    After three that were wrong in a day, whoever took the calls, none is compared until tomorrow,
    and the case manager is told at once.
    """
    with transaction():
        held_for_call(case, actor)
        _refuse_locked(case)
        phrase = queries.phrase_of(actor, case)
        if phrase is None or not phrase.words:
            raise RuleBroken(NO_PHRASE)
        return _keep(case, CheckWay.PHRASE, rules.is_phrase(said, phrase.words), actor)


def check_facts(case: CaseFile, said: Mapping[Fact, str], *, actor: Actor) -> Checked:
    """Hold two facts against ours, where there is no pass-phrase: both, or it does not count."""
    with transaction():
        held_for_call(case, actor)
        _refuse_locked(case)
        phrase = queries.phrase_of(actor, case)
        if phrase is not None and phrase.words:
            raise RuleBroken(HAS_PHRASE)
        known = queries.known_facts(case)
        asked = rules.facts_to_ask(known)
        if not asked:
            raise RuleBroken(NO_FACTS)
        right = [rules.is_fact(fact, said.get(fact, ""), known[fact]) for fact in asked]
        return _keep(case, CheckWay.FACTS, all(right), actor)


def _refuse_locked(case: CaseFile) -> None:
    if queries.wrong_on(case.victim_id, clock.today()) >= rules.WRONG_A_DAY:
        raise RuleBroken(LOCKED)


def _keep(case: CaseFile, way: CheckWay, was_right: bool, actor: Actor) -> Checked:
    today = clock.today()
    with transaction() as session:
        check = CallerCheck(
            case_id=case.id,
            victim_id=case.victim_id,
            way=way,
            was_right=was_right,
            on_day=today,
            happened_at=clock.now(),
            by_id=actor.id,
            by_name=actor.name,
        )
        session.add(check)
        session.flush()
        action = "caller.known" if was_right else "caller.not_known"
        audit.record(
            action, check, actor, operation=Operation.CONSULTATION, case_id=case.id, way=way.value
        )
        left = max(0, rules.WRONG_A_DAY - queries.wrong_on(case.victim_id, today))
        if not was_right and left == 0:
            cases.add_task(
                case.id,
                kind=TaskKind.CALLER_NOT_KNOWN,
                about=today.isoformat(),
                due_on=today,
                actor=actor,
            )
    return Checked(was_right, left)


def log_call(case: CaseFile, notes: str, *, actor: Actor) -> ContactLog:
    """Log this call as a contact with the victim, with how they were known.

    A call of somebody whom we do not know is no contact with the victim, and keeps no duty.
    """
    with transaction():
        row = held_for(case, actor, CasePermission.CONTACT)
        now = queries.checking(actor, row)
        if now.stands is None:
            raise RuleBroken("Check who it is first: until then it is no contact with them.")
        said = f"They rang us. {now.proof.label}."
        return cases.log_contact(
            row,
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes=f"{said} {notes.strip()}".strip(),
            at=clock.now(),
            actor=actor,
        )
