"""The kinds of event by which a case's history is narrowed; each has a small template of its own.

A feature above adds its events to `TimelineEvent`; one that stands in no kind here is the case's.
"""

from __future__ import annotations

from enum import StrEnum

from beacon.cases.terms.casework import TimelineEvent as E


class EventKind(StrEnum):
    """What a line of the history is about. The value names its template in cases/events."""

    CONTACT = "contact"
    TELLING = "telling"
    INVESTIGATION = "investigation"
    NEEDS = "needs"
    RISK = "risk"
    PLAN = "plan"
    WISHES = "wishes"
    ACCESS = "access"
    CASE = "case"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return {
            "contact": "Contacts",
            "telling": "Told to the victim",
            "investigation": "Investigation and court",
            "needs": "Needs",
            "risk": "Risk and safeguarding",
            "plan": "Plan, promises and tasks",
            "wishes": "Wishes, reviews and orders",
            "access": "Access",
            "case": "The case",
        }[self]

    @property
    def events(self) -> frozenset[E]:
        """The events of this kind."""
        return frozenset(one for one in E if kind_of(one) is self)


EVENTS: dict[EventKind, tuple[E, ...]] = {
    EventKind.CONTACT: (E.CONTACTED, E.CONTACT_TRIED),
    EventKind.TELLING: (E.CLOCK_STARTED, E.TOLD, E.NOT_TOLD, E.DUTY_PAUSED, E.DUTY_RESUMED),
    EventKind.INVESTIGATION: (
        E.MILESTONE,
        E.MILESTONE_WITHDRAWN,
        E.MILESTONE_PROPOSED,
        E.PROPOSAL_SET_ASIDE,
        E.REQUESTED,
        E.CHASED,
        E.REQUEST_ENDED,
        E.REQUEST_BACK,
        E.DISPOSAL,
    ),
    EventKind.NEEDS: (E.NEEDS_ASSESSED,),
    EventKind.RISK: (E.RISK, E.SAFEGUARDING, E.ASB),
    EventKind.PLAN: (E.PLAN, E.PROMISED, E.PROMISE_ENDED, E.TASK_ADDED, E.TASK_DONE),
    EventKind.WISHES: (E.WISH, E.FACT, E.FACT_TAKEN_BACK, E.ORDER, E.ORDER_ENDED, E.RESTORATIVE),
    EventKind.ACCESS: (
        E.RESTRICTED,
        E.UNRESTRICTED,
        E.NAMED,
        E.NAME_REMOVED,
        E.GLASS_BROKEN,
    ),
}
_KIND_OF = {event: kind for kind, events in EVENTS.items() for event in events}


def kind_of(event: E) -> EventKind:
    """The kind of one event."""
    return _KIND_OF.get(event, EventKind.CASE)
