"""By when to claim, and by when to be answered (domain.md RULES 4.5 and 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beacon.core.working_days import add_working_days
from beacon.fraud_hub.rules.schemes import TERMS
from beacon.fraud_hub.terms import Scheme

# A complaint may go to the ombudsman after 8 weeks, or within 6 months of the final response.
COMPLAINT_WEEKS, OMBUDSMAN_MONTHS = 8, 6
WARN_DAYS = (60, 30, 7)


@dataclass(frozen=True)
class Replies:
    """When an answer is expected, and the last day on which it may come (domain.md RULE 4.6)."""

    expected_on: date
    final_on: date


def claim_by(scheme: Scheme, last_paid_on: date) -> date | None:
    """The last day to claim, from the last payment under the scheme (domain.md RULE 4.5)."""
    terms = TERMS[scheme]
    if terms.claim_months is not None:
        return last_paid_on + relativedelta(months=terms.claim_months)
    if terms.claim_days is not None:
        return last_paid_on + timedelta(days=terms.claim_days)
    return None


def warn_on(deadline: date) -> tuple[date, ...]:
    """The days on which to warn of a deadline: 60, 30 and 7 days before (domain.md RULE 4.5)."""
    return tuple(deadline - timedelta(days=days) for days in WARN_DAYS)


def replies(scheme: Scheme, made_on: date) -> Replies:
    """When the firm should answer a claim made that day (domain.md RULE 4.6).

    A scheme without a time of its own falls under the general rule for complaints: eight weeks.
    """
    terms = TERMS[scheme]
    if terms.reply_days is None or terms.final_days is None:
        complained = made_on + timedelta(weeks=COMPLAINT_WEEKS)
        return Replies(complained, complained)
    return Replies(
        add_working_days(made_on, terms.reply_days), add_working_days(made_on, terms.final_days)
    )


def ombudsman_by(final_response_on: date) -> date:
    """The last day to go to the Financial Ombudsman after a final response (RULE 4.5)."""
    return final_response_on + relativedelta(months=OMBUDSMAN_MONTHS)


def appeal_expected_on(appealed_on: date) -> date:
    """When an answer to an appeal is due: within the eight weeks for any complaint."""
    return appealed_on + timedelta(weeks=COMPLAINT_WEEKS)
