"""One row of a caseload that is taken on: the police's columns, and how the case stood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from beacon.accounts.models import Staff
from beacon.cases.commands import Owed, Standing, rule_owed, why_not
from beacon.cases.terms import CaseStatus, CrimeKind
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import EnhancedGround, VictimCategory
from beacon.feeds import values
from beacon.feeds.columns import Column, Kind, ParsedRow
from beacon.feeds.specs import word_key
from beacon.feeds.terms import RowRejected
from beacon.referrals.columns import is_fraud_reference
from beacon.referrals.imports.reading import police
from beacon.referrals.intake import Intake

FindManager = Callable[[str], Staff | None]
_PARTS = re.compile(r"[;\n]+")
_DUTY = re.compile(r"(?P<rule>[A-Za-z0-9_]+)[\s:=]+(?P<event>\S.*)")
_EVENT = Column(name="open_duties", kind=Kind.MOMENT, past=True)
_GROUNDS = {word_key(ground.value): ground for ground in EnhancedGround}


@dataclass(frozen=True, kw_only=True)
class CaseloadRow:
    """What one row says: of the person and the crime, and of the case."""

    intake: Intake
    standing: Standing
    received_at: datetime
    warnings: tuple[str, ...] = ()


def read(row: ParsedRow, find_manager: FindManager) -> CaseloadRow:
    """Read a row, or raise RowRejected with every reason: nothing has been changed then."""
    reasons: list[str] = []
    intake = _intake(row)
    standing = _standing(row, intake, find_manager, reasons)
    if reasons:
        raise RowRejected("; ".join(reasons))
    opened = row.facts.get("opened_at")
    return CaseloadRow(
        intake=replace(intake, enhanced=standing.is_enhanced),
        standing=standing,
        received_at=opened if isinstance(opened, datetime) else intake.recorded_at,
    )


def _intake(row: ParsedRow) -> Intake:
    intake = police(row)
    if not is_fraud_reference(intake.source_reference):
        return intake
    crime = replace(intake.crime, kind=CrimeKind.FRAUD, reference=intake.source_reference)
    return replace(intake, feed="fraud", crime=crime)


def _standing(
    row: ParsedRow, intake: Intake, find_manager: FindManager, reasons: list[str]
) -> Standing:
    facts = row.facts
    category = VictimCategory(word) if (word := _text(row, "category")) else None
    grounds = _grounds(_text(row, "grounds"), reasons)
    status = _text(row, "status")
    if status == "closed":
        reasons.append("status is closed: only live cases are taken on")
    contacted = facts.get("first_contact_at")
    enhanced = bool(grounds or intake.proposals) or category is VictimCategory.ENHANCED
    return Standing(
        manager=_manager(row, intake, find_manager, reasons, enhanced=enhanced),
        category=category,
        grounds=grounds,
        status=CaseStatus.OPEN if status == "open" else None,
        first_contact_at=contacted if isinstance(contacted, datetime) else None,
        owed=_owed(_text(row, "open_duties"), intake, reasons),
    )


def _manager(
    row: ParsedRow,
    intake: Intake,
    find_manager: FindManager,
    reasons: list[str],
    *,
    enhanced: bool,
) -> Staff | None:
    email = _text(row, "manager")
    if not email:
        return None
    found = find_manager(email)
    if found is None:
        reasons.append("manager is not known: give the email address they sign in with")
    elif why := why_not(found, intake.crime.kind, enhanced=enhanced):
        reasons.append(f"manager: {why}")
    return found


def _grounds(text: str, reasons: list[str]) -> tuple[EnhancedGround, ...]:
    found: list[EnhancedGround] = []
    for part in filter(None, (one.strip() for one in re.split(r"[;,\n]+", text))):
        ground = _GROUNDS.get(word_key(part))
        if ground is None:
            reasons.append("grounds has a word that is no ground, such as domestic_abuse")
        else:
            found.append(ground)
    return tuple(dict.fromkeys(found))


def _owed(text: str, intake: Intake, reasons: list[str]) -> tuple[Owed, ...]:
    found = []
    for part in filter(None, (one.strip() for one in _PARTS.split(text))):
        try:
            found.append(_duty(part, intake))
        except (RuleBroken, values.Unreadable) as fault:
            reasons.append(f"open_duties: {fault}")
    return tuple(dict.fromkeys(found))


def _duty(part: str, intake: Intake) -> Owed:
    match = _DUTY.fullmatch(part)
    if not match:
        raise RuleBroken("give the rule and the moment, such as R6_CHARGE 2026-11-20 10:30")
    reading = values.read(_EVENT, match["event"])
    at = reading.fact
    if not isinstance(at, datetime):
        raise RuleBroken("give the moment as 2026-11-20 10:30")
    if at.date() < intake.began_on:
        raise RuleBroken("something is owed from before the day of the offence")
    owed = Owed(match["rule"].upper(), at)
    rule_owed(owed)
    return owed


def _text(row: ParsedRow, name: str) -> str:
    value = row.facts.get(name)
    return value if isinstance(value, str) else ""
