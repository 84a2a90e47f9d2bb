"""Whether a way may be recorded as tried, when to try again, and which decision may be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.working_days import next_working_day
from beacon.entitlements.terms import Channel
from beacon.fraud_hub.terms import Asked, Decision, Source

REPORT_FRAUD_ON = date(2025, 12, 4)  # domain.md RULE 4.1
LONGEST_WAIT = 92  # days until the next try, as in a contact round
TALKED = (Channel.PHONE, Channel.VIDEO)  # ways by which one can ask first
# Words of an agency's name that tell which sort of service it is.
AGENCY_WORDS: Mapping[str, Source] = {
    "trading standards": Source.TRADING_STANDARDS,
    "social care": Source.SOCIAL_CARE,
    "social services": Source.SOCIAL_CARE,
    "adult care": Source.SOCIAL_CARE,
    "building society": Source.BANK,
    "bank": Source.BANK,
}
BY_FEED: Mapping[str, Source] = {
    "police": Source.POLICE,
    "caseload": Source.POLICE,
    "self": Source.SELF,
    "phone": Source.SELF,
}


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of trying to reach somebody so far."""

    tries: int = 0  # every attempt there was
    unanswered: int = 0  # since they were last spoken with
    spoken: bool = False
    written: bool = False  # a letter was sent
    letter_is_safe: bool = False
    triaged: bool = False


def source_of(feed: str, agency: str, reported_at: datetime, said: Source | None = None) -> Source:
    """Who gave us a report: what a person said, else by its feed and its London day (RULE 4.1)."""
    if said is not None:
        return said
    if feed == "fraud":
        is_old = clock.london_day(reported_at) < REPORT_FRAUD_ON
        return Source.ACTION_FRAUD if is_old else Source.REPORT_FRAUD
    if feed == "partner":
        name = agency.lower()
        return next((one for words, one in AGENCY_WORDS.items() if words in name), Source.OTHER)
    return BY_FEED.get(feed, Source.OTHER)


def why_not_tried(
    channel: Channel,
    outcome: ContactOutcome,
    *,
    caution: str,
    refused: bool,
    voicemail_ok: bool,
    asked: Asked | None,
) -> str:
    """Why this way may not be recorded as tried; empty where it may (domain.md RULE 7.1).

    ``caution`` says why the way is not known to be safe, ``refused`` that they said it is not.
    That it was not safe to talk may always be recorded: it keeps the next person from it.
    """
    if outcome is ContactOutcome.NOT_SAFE:
        return ""
    if outcome is ContactOutcome.MESSAGE_LEFT and channel in TALKED and not voicemail_ok:
        return "A message is not recorded as safe for them. Leave none, and record what happened."
    return _why_not_safe(channel, outcome, caution, asked, refused=refused) if caution else ""


def next_try_on(tried_on: date, *, same_day: bool, today: date) -> date:
    """The day of the next try: the next working day; a same-day call not later than tomorrow."""
    usual = next_working_day(max(tried_on, today))
    return usual if not same_day else min(usual, date.fromordinal(today.toordinal() + 1))


def why_not_then(day: date, *, same_day: bool, today: date) -> str:
    """Why nobody can be tried again on that day; empty where they can."""
    if day < today:
        return "Enter a day that has not passed."
    if (day - today).days > LONGEST_WAIT:
        return "Enter a day within three months."
    if same_day and day > max(next_working_day(today), today):
        return "They are to be called the same day: try again on the next working day at latest."
    return ""


def why_not_decided(decision: Decision, tried: Tried, *, at_most: int) -> str:
    """Why a row may not leave the list by this decision; empty where it may."""
    if not tried.tries:
        return "Nobody has tried to reach them. Record an attempt, with its time, first."
    if decision.needs_talk and not tried.spoken:
        return "Nobody has spoken with them yet. Reach them first, or choose another decision."
    if decision.needs_triage and not tried.triaged:
        return "Go through the tick list of vulnerability with them first."
    if decision is not Decision.UNREACHABLE:
        return ""
    if tried.spoken:
        return "They were spoken with. Choose what they decided."
    if tried.unanswered < at_most:
        return (
            f"They were tried {tried.unanswered} times of {at_most}. Try them again before you "
            "decide this."
        )
    if tried.letter_is_safe and not tried.written:
        return "A letter is safe for them. Write to them, and record it, before you decide this."
    return ""


def _why_not_safe(
    channel: Channel,
    outcome: ContactOutcome,
    caution: str,
    asked: Asked | None,
    *,
    refused: bool,
) -> str:
    if refused:
        return (
            "They said that contact is not safe. Use no way to them before they say otherwise, "
            "and it is recorded under safe contact."
        )
    if channel not in TALKED:
        return f"This way is closed: {caution} Record first, under safe contact, that it is safe."
    if asked is None:
        return "Nobody has recorded that a call is safe. Say what came of asking first."
    if asked is Asked.NOT_SAFE:
        return "It was not safe to talk: choose that as what came of it."
    if (asked is Asked.NOBODY) is not (outcome is ContactOutcome.NO_ANSWER):
        return "What came of asking does not fit what came of the call. Choose again."
    return ""
