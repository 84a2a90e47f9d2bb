"""Builders for the fraud hub: say only what your test is about."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from itertools import count
from typing import Any

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, ContactLog
from beacon.cases.terms import ContactOutcome, CrimeKind
from beacon.core import clock
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import (
    BankClaim,
    BankContact,
    ClaimLetter,
    FraudDecision,
    FraudTriage,
    LedgerEntry,
    LedgerProposal,
    Loss,
)
from beacon.fraud_hub.terms import (
    Asked,
    Contribution,
    Decision,
    Factor,
    LetterKind,
    PaymentMethod,
    Route,
)
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, an_actor

PAID = date(2026, 11, 2)
RECEIVED = date(2026, 11, 20)
_number = count(1)


def a_fraud_case(*, reported_pence: int | None = None, **known: Any) -> CaseFile:
    """A case of a fraud report, with what the fraud list said of it."""
    named = {field.name for field in fields(cases.FraudFacts)}
    facts = {name: known.pop(name) for name in sorted(named & known.keys())}
    of_crime = {name: known.pop(name) for name in ("recorded_at", "district") if name in known}
    reference = f"NFRC2611{next(_number):08}"
    crime = a_crime(kind=CrimeKind.FRAUD, reference=reference, **of_crime)
    usual = {
        "fraud_code": "NFIB3A",
        "fraud_type": "Online shopping",
        "amount_lost_pence": reported_pence,
    }
    report = cases.FraudFacts(**usual | facts)
    cases.record_fraud_report(crime, report, actor=TEST)
    return a_case(crime=crime, **known)


def triaged(case: CaseFile, *factors: Factor, notes: str = "It was asked.") -> FraudTriage:
    """The tick list of a fraud case, with these factors and no others."""
    now = queries.standing_triage(case.id)
    given = commands.TriageGiven(factors=factors, notes=notes)
    return commands.confirm_triage(case, given, number=now.number if now else 0, actor=TEST)


def attempt(**known: Any) -> commands.Attempt:
    """A call of this moment to which they answered, after being asked whether it is safe."""
    usual = {
        "channel": Channel.PHONE,
        "outcome": ContactOutcome.SPOKE,
        "at": clock.now(),
        "asked": Asked.SAFE,
    }
    if known.get("outcome") is ContactOutcome.NO_ANSWER:
        usual["asked"] = Asked.NOBODY
    return commands.Attempt(**usual | known)


def tried(case: CaseFile, **known: Any) -> ContactLog:
    """One attempt to reach the victim, the first that the page showed none after."""
    seen = queries.newest_contact(case.id)
    return commands.record_attempt(case, attempt(**known), seen=seen, actor=TEST)


def decided(case: CaseFile, decision: Decision = Decision.PLAN, **known: Any) -> FraudDecision:
    """The decision about a case of which the tick list is made, and its victim spoken with."""
    if queries.standing_triage(case.id) is None:
        triaged(case)
    if queries.newest_contact(case.id) == 0:
        tried(case)
    given = commands.DecisionGiven(**{"decision": decision, "reason": "As agreed."} | known)
    seen = queries.newest_contact(case.id)
    return commands.decide(case, given, seen=seen, actor=TEST)


def loss_facts(**known: Any) -> commands.LossFacts:
    usual = {
        "paid_on": PAID,
        "method": PaymentMethod.FASTER_PAYMENT,
        "amount_pence": 1_000_00,
        "dates_are_right": True,
    }
    return commands.LossFacts(**usual | known)


def a_loss(case: CaseFile, **known: Any) -> Loss:
    """A bank transfer of £1,000 lost on 2 November 2026."""
    return commands.record_loss(case, loss_facts(**known), token=commands.new_token(), actor=TEST)


def a_claim(case: CaseFile, loss: Loss, **known: Any) -> BankClaim:
    """A claim for the whole of it, made on 9 November 2026."""
    usual = {"loss_id": loss.id, "made_on": date(2026, 11, 9), "amount_pence": loss.amount_pence}
    facts = commands.ClaimFacts(**usual | known)
    return commands.record_claim(case, facts, token=commands.new_token(), actor=TEST)


def a_bank(name: str = "Sample Bank", **known: Any) -> BankContact:
    """A firm that signed the CRM Code when it began, and whose fraud team has a number."""
    usual = {
        "telephone": "0808 157 0192",
        "crm_known": True,
        "crm_from": date(2019, 5, 28),
    }
    return commands.add_bank(commands.BankGiven(name=name, **usual | known), actor=TEST)


def a_letter(claim: BankClaim, kind: LetterKind = LetterKind.CLAIM) -> ClaimLetter:
    """A letter to the firm, just begun."""
    return commands.begin_letter(claim, kind, token=commands.new_token(), actor=TEST)


def money_facts(loss: Loss, **known: Any) -> commands.RecoveredFacts:
    usual = {
        "loss_id": loss.id,
        "route": Route.BANK_GOODWILL,
        "contribution": Contribution.ADVOCATED,
        "amount_pence": 400_00,
        "received_on": RECEIVED,
        "evidence": f"FPR-{next(_number)}",
    }
    return commands.RecoveredFacts(**usual | known)


def money_back(case: CaseFile, loss: Loss, **known: Any) -> LedgerEntry:
    """£400 that the bank paid back on 20 November 2026 because we asked."""
    facts = money_facts(loss, **known)
    logged = commands.record_recovered(case, facts, token=commands.new_token(), actor=TEST)
    return approved(logged)


def approved(logged: LedgerEntry | LedgerProposal) -> LedgerEntry:
    """What was logged, as a row of the ledger: a second person has approved it where one must."""
    if isinstance(logged, LedgerEntry):
        return logged
    return commands.approve(logged, actor=an_actor(a_member_of_staff(Role.FRAUD_OFFICER)))


def prevented(case: CaseFile, **known: Any) -> LedgerEntry:
    """£250 that the bank stopped on 20 November 2026."""
    usual = {
        "route": Route.BANK_BLOCKED,
        "contribution": Contribution.ADVISED,
        "amount_pence": 250_00,
        "on": RECEIVED,
    }
    facts = commands.PreventedFacts(**usual | known)
    return approved(commands.record_prevented(case, facts, token=commands.new_token(), actor=TEST))


def reversed_entry(entry: LedgerEntry) -> LedgerEntry:
    """The row that takes an entry back."""
    return approved(
        commands.reverse(
            entry, reason="Logged on the wrong case", token=commands.new_token(), actor=TEST
        )
    )
