"""The words of plans and promises: read this file first."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


def _plain(word: StrEnum) -> str:
    return word.value.replace("_", " ").capitalize()


class PlanState(StrEnum):
    """Where a plan stands with its supervisor, where an administrator asks for approval."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT_BACK = "sent_back"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return PLAN_STATE_LABELS[self]


PLAN_STATE_LABELS: dict[PlanState, str] = {
    PlanState.DRAFT: "Not yet sent for approval",
    PlanState.SUBMITTED: "Waiting for approval",
    PlanState.APPROVED: "Approved",
    PlanState.SENT_BACK: "Sent back",
}


class GoalState(StrEnum):
    """What became of a goal."""

    OPEN = "open"
    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return GOAL_STATE_LABELS[self]


GOAL_STATE_LABELS: dict[GoalState, str] = {
    GoalState.OPEN: "Still worked on",
    GoalState.REACHED: "Reached",
    GoalState.PARTLY: "Partly reached",
    GoalState.NOT_REACHED: "Not reached",
    GoalState.DROPPED: "No longer wanted",
}


class ActionState(StrEnum):
    """What became of one action of a plan."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {"open": "To be done", "done": "Done", "dropped": "Dropped"}[self]


class SessionKind(StrEnum):
    """In which way time is spent with a victim."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    GROUP = "group"
    COURT = "court"
    ADVOCACY = "advocacy"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return SESSION_KIND_LABELS[self]


SESSION_KIND_LABELS: dict[SessionKind, str] = {
    SessionKind.IN_PERSON: "In person",
    SessionKind.PHONE: "By telephone",
    SessionKind.VIDEO: "By video",
    SessionKind.GROUP: "In a group",
    SessionKind.COURT: "At court with them",
    SessionKind.ADVOCACY: "Speaking for them with others",
}


class SessionState(StrEnum):
    """What became of a session: who called it off is told apart."""

    PLANNED = "planned"
    ATTENDED = "attended"
    NOT_ATTENDED = "not_attended"
    CANCELLED_BY_THEM = "cancelled_by_them"
    CANCELLED_BY_US = "cancelled_by_us"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return SESSION_STATE_LABELS[self]


SESSION_STATE_LABELS: dict[SessionState, str] = {
    SessionState.PLANNED: "Planned",
    SessionState.ATTENDED: "Attended",
    SessionState.NOT_ATTENDED: "Did not attend",
    SessionState.CANCELLED_BY_THEM: "Cancelled by them",
    SessionState.CANCELLED_BY_US: "Cancelled by us",
}


class PromisedTo(StrEnum):
    """To whom something was promised."""

    VICTIM = "victim"
    FAMILY = "family"
    POLICE = "police"
    COURT = "court"
    PARTNER = "partner"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Whom, as a page says it."""
        return PROMISED_TO_LABELS[self]


PROMISED_TO_LABELS: dict[PromisedTo, str] = {
    PromisedTo.VICTIM: "The victim",
    PromisedTo.FAMILY: "Somebody close to the victim",
    PromisedTo.POLICE: "The police",
    PromisedTo.COURT: "The court or Witness Care",
    PromisedTo.PARTNER: "A partner agency",
    PromisedTo.OTHER: "Somebody else",
}


class PromiseState(StrEnum):
    """What a person says became of a promise. One whose day is past unsaid counts as broken."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return _plain(self)


class ItemKind(StrEnum):
    """What makes a home or a person harder to reach for whoever threatens them."""

    LOCKS = "locks"
    DOOR = "door"
    WINDOWS = "windows"
    LIGHTS = "lights"
    ALARM = "alarm"
    PERSONAL_ALARM = "personal_alarm"
    CAMERA = "camera"
    LETTERBOX = "letterbox"
    FIRE = "fire"
    FENCE = "fence"
    MARKER = "marker"
    PHONE = "phone"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The item as a page says it."""
        return ITEM_LABELS[self]


ITEM_LABELS: dict[ItemKind, str] = {
    ItemKind.LOCKS: "Locks changed",
    ItemKind.DOOR: "Stronger door or chain",
    ItemKind.WINDOWS: "Window locks",
    ItemKind.LIGHTS: "Security lights",
    ItemKind.ALARM: "House alarm",
    ItemKind.PERSONAL_ALARM: "Personal alarm",
    ItemKind.CAMERA: "Camera or video doorbell",
    ItemKind.LETTERBOX: "Fire-proof letterbox",
    ItemKind.FIRE: "Fire safety visit",
    ItemKind.FENCE: "Fence or gate",
    ItemKind.MARKER: "Police marker on the address",
    ItemKind.PHONE: "Safe telephone",
    ItemKind.OTHER: "Something else",
}


class Part(StrEnum):
    """Of which part of a plan a line of its history tells."""

    PLAN = "plan"
    GOAL = "goal"
    ACTION = "action"
    SESSION = "session"
    PROMISE = "promise"
    SAFETY = "safety"
    ITEM = "item"

    @property
    def label(self) -> str:
        """The part as a page says it."""
        return {"safety": "Safety plan", "item": "Home safety"}.get(self.value, _plain(self))


class PlanPermission(StrEnum):
    """What may be done with plans and promises, beside the work on a case."""

    READ = "plans.read"  # as far as the case may be read
    APPROVE = "plans.approve"  # as the supervisor, and never one's own
    REPORT = "plans.report"  # of the cases that the person may open, with their list


_MANAGERS = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})
GRANTS = {
    PlanPermission.READ: _MANAGERS,
    PlanPermission.APPROVE: frozenset({Role.TEAM_LEADER}),
    PlanPermission.REPORT: frozenset({Role.TEAM_LEADER}),
}
