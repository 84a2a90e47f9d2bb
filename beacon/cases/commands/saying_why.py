"""Somebody says why they open a case that is not theirs: kept sealed, once a day for each case."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import AccessReason, CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.core.sealed import new_seal_key
from beacon.people import rules

REASON_AT_MOST = 500


def say_why(case: CaseFile, *, reason: str, actor: Actor) -> None:
    """Keep why somebody looks outside their caseload (security.md Z-14). The day's first stands."""
    if not rules.is_reason(reason):
        raise RuleBroken(
            f"Say why you open it, in {rules.SHORTEST_REASON} characters or more.", field="reason"
        )
    with transaction() as session:
        given = AccessReason(
            staff_id=actor.id, case_id=case.id, given_on=clock.today(), seal_key=new_seal_key()
        )
        given.reason = reason.strip()[:REASON_AT_MOST]
        is_first = insert_once(
            session,
            AccessReason.__table__,  # type: ignore[arg-type]
            staff_id=given.staff_id,
            case_id=given.case_id,
            given_on=given.given_on,
            seal_key=given.seal_key,
            reason_sealed=given.reason_sealed,
            created_at=clock.now(),
        )
        if is_first:
            audit.record(
                "case.reason_given",
                case,
                actor,
                operation=Operation.CONSULTATION,
                fields=("access_reason",),
            )
