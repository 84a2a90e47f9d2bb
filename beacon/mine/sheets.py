"""One's own list and calendar as files: a workbook without formulas, and RFC 5545."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import icalendar

from beacon.core import clock
from beacon.feeds.rejected import guarded
from beacon.feeds.tables import workbook_of
from beacon.mine.queries import Event
from beacon.mine.terms import Column

LONGEST = timedelta(hours=1)  # how long an hour in court or on the telephone is shown
PRODUCT = "-//Beacon//Calendar//EN"
DOMAIN = "beacon"
REFRESH = "PT1H"


def list_sheet(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bytes:
    """The list as a workbook; no cell is taken for a formula (security.md X-01)."""
    lines = [[column.label for column in columns]]
    lines += [[guarded(text) for text in row] for row in rows]
    return workbook_of({"My cases": lines})


def calendar_of(events: Iterable[Event], *, with_reference: bool) -> bytes:
    """The events as a feed: a word, a day, an hour; the reference only where it was chosen."""
    feed = icalendar.Calendar()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", "Work")
    feed.add("x-wr-timezone", clock.LONDON.key)
    feed.add("x-published-ttl", REFRESH)
    events = list(events)
    for event in events:
        feed.add_component(_entry(event, with_reference=with_reference))
    if any(event.at for event in events):
        days = [event.on for event in events]
        feed.add_missing_timezones(
            first_date=min(days).replace(month=1, day=1),
            last_date=max(days).replace(year=max(days).year + 1),
        )
    return bytes(feed.to_ical())


def _entry(event: Event, *, with_reference: bool) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{event.uid}@{DOMAIN}")
    entry.add("dtstamp", clock.now())
    shown = with_reference and event.reference
    entry.add("summary", f"{event.title} {event.reference}" if shown else event.title)
    entry.add("class", "PRIVATE")
    if event.at is None:
        entry.add("dtstart", event.on)
        entry.add("dtend", event.on + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    else:
        entry.add("dtstart", event.at)
        entry.add("dtend", event.at + LONGEST)
    return entry
