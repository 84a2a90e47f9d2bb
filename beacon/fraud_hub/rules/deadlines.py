"""By when to claim, and by when to be answered (domain.md RULES 4.5 and 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beacon.core.working_days import add_working_days, working_days_between
from beacon.fraud_hub.rules.schemes import BESIDE, TERMS
from beacon.fraud_hub.terms import Scheme

# A complaint may go to the ombudsman after 8 weeks, or within 6 months of the final response. Of a
# payment service it is answered in 15 working days, in 35 where the firm says that it needs longer.
COMPLAINT_WEEKS, OMBUDSMAN_MONTHS = 8, 6
COMPLAINT_DAYS, COMPLAINT_DAYS_AT_MOST = 15, 35
WARN_DAYS = (60, 30, 7)
# What the ombudsman may award at most, by the day a complaint is referred (domain.md 4.8).
AWARD_ACTS_FROM = date(2019, 4, 1)
AWARDS: tuple[tuple[date, int, bool], ...] = (
    (date(2023, 4, 1), 415_000_00, True),
    (date(2024, 4, 1), 430_000_00, True),
    (date(2025, 4, 1), 445_000_00, False),
)
AWARDS_KNOWN_UNTIL = date(2026, 4, 1)  # from this day the limit was not found


@dataclass(frozen=True)
class Replies:
    """When an answer is expected, and the last day on which it may come (domain.md RULE 4.6)."""

    expected_on: date
    final_on: date


@dataclass(frozen=True)
class AwardLimit:
    """The most that the ombudsman may award, in pence; None where it was not found."""

    pence: int | None
    is_sure: bool


def claim_by(scheme: Scheme, last_paid_on: date) -> date | None:
    """The last day to claim, from the last payment under the scheme (domain.md RULE 4.5)."""
    terms = TERMS[scheme]
    if terms.claim_months is not None:
        return last_paid_on + relativedelta(months=terms.claim_months)
    if terms.claim_days is not None:
        return last_paid_on + timedelta(days=terms.claim_days)
    return None


def first_claim_by(scheme: Scheme, paid_on: date, last_paid_on: date) -> date | None:
    """The soonest last day to claim a payment, under its scheme or what stands beside it.

    The 13 months of the PSR run from the last payment of the fraud, other times from each.
    """
    first = claim_by(scheme, last_paid_on if scheme is Scheme.PSR else paid_on)
    others = [claim_by(one, paid_on) for one in BESIDE.get(scheme, ())]
    return min((day for day in (first, *others) if day is not None), default=None)


def warn_on(deadline: date) -> tuple[date, ...]:
    """The days on which to warn of a deadline: 60, 30 and 7 days before (domain.md RULE 4.5)."""
    return tuple(deadline - timedelta(days=days) for days in WARN_DAYS)


def warning_of(deadline: date, today: date) -> int | None:
    """Which of the warnings stands on a day, the nearest alone; None before the first and after."""
    left = (deadline - today).days
    return min((days for days in WARN_DAYS if 0 <= left <= days), default=None)


def replies(scheme: Scheme, made_on: date, *, stopped_days: int = 0) -> Replies:
    """When the firm should answer a claim made that day (domain.md RULE 4.6).

    A scheme without a time of its own falls under the general rule for complaints: eight weeks.
    Working days for which the clock stood still are added to the first day, never to the last.
    """
    terms = TERMS[scheme]
    if terms.reply_days is None or terms.final_days is None:
        complained = made_on + timedelta(weeks=COMPLAINT_WEEKS)
        return Replies(complained, complained)
    final_on = add_working_days(made_on, terms.final_days)
    expected_on = add_working_days(made_on, terms.reply_days + stopped_days)
    return Replies(min(expected_on, final_on), final_on)


def days_stopped(stopped_on: date, resumed_on: date) -> int:
    """For how many working days a clock stood still that ran again on the second day."""
    return working_days_between(stopped_on, resumed_on)


def complaint_replies(scheme: Scheme, complained_on: date) -> Replies:
    """When a complaint or an appeal about a claim is to be answered (domain.md 4.8)."""
    if TERMS[scheme].is_payment_service:
        return Replies(
            add_working_days(complained_on, COMPLAINT_DAYS),
            add_working_days(complained_on, COMPLAINT_DAYS_AT_MOST),
        )
    answered_by = complained_on + timedelta(weeks=COMPLAINT_WEEKS)
    return Replies(answered_by, answered_by)


def ombudsman_by(final_response_on: date) -> date:
    """The last day to go to the Financial Ombudsman after a final response (RULE 4.5)."""
    return final_response_on + relativedelta(months=OMBUDSMAN_MONTHS)


def ombudsman_from(
    scheme: Scheme, *, final_response_on: date | None, complained_on: date | None
) -> date | None:
    """The first day on which the ombudsman takes it; None while nobody has complained.

    At once after a final response; without one, once the time to answer a complaint is over.
    """
    if final_response_on is not None:
        return final_response_on
    if complained_on is None:
        return None
    return complaint_replies(scheme, complained_on).expected_on + timedelta(days=1)


def award_limit(referred_on: date, acted_on: date) -> AwardLimit:
    """The most that the ombudsman may award (domain.md 4.8); what was not found stays unknown.

    ``acted_on`` is the day of what is complained of: of older acts the limit is another.
    """
    if acted_on < AWARD_ACTS_FROM or referred_on >= AWARDS_KNOWN_UNTIL:
        return AwardLimit(None, False)
    known = [(pence, sure) for first, pence, sure in AWARDS if first <= referred_on]
    return AwardLimit(*known[-1]) if known else AwardLimit(None, False)
