"""The words of cases, needs, contacts and tasks: read this file first."""

from __future__ import annotations

from enum import StrEnum

from beacon.entitlements.terms import Milestone


class CaseStatus(StrEnum):
    """Where a case stands."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return self.value.capitalize()


class CrimeKind(StrEnum):
    """What sort of matter a reference names."""

    CRIME = "crime"
    FRAUD = "fraud"
    ASB = "asb"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return {"crime": "Crime", "fraud": "Fraud", "asb": "Anti-social behaviour"}[self]


class SuspectStatus(StrEnum):
    """What the police feed says of a suspect. It proposes a milestone; it opens no duty."""

    NONE = "none"
    IDENTIFIED = "identified"
    ARRESTED = "arrested"
    INTERVIEWED = "interviewed"
    BAILED = "bailed"
    RUI = "rui"
    CHARGED = "charged"
    NFA = "nfa"

    @property
    def label(self) -> str:
        """The status in full."""
        return {
            "none": "No suspect",
            "identified": "Suspect identified",
            "arrested": "Suspect arrested",
            "interviewed": "Interviewed under caution",
            "bailed": "On police bail",
            "rui": "Released under investigation",
            "charged": "Suspect charged",
            "nfa": "No further action",
        }[self]

    @property
    def milestone(self) -> Milestone | None:
        """The milestone that the status proposes; none where the Code promises nothing for it."""
        return STATUS_MILESTONES.get(self)


STATUS_MILESTONES: dict[SuspectStatus, Milestone] = {
    SuspectStatus.ARRESTED: Milestone.ARRESTED,
    SuspectStatus.INTERVIEWED: Milestone.INTERVIEWED_UNDER_CAUTION,
    SuspectStatus.BAILED: Milestone.BAILED,
    SuspectStatus.RUI: Milestone.RELEASED_UNDER_INVESTIGATION,
    SuspectStatus.CHARGED: Milestone.CHARGED,
    SuspectStatus.NFA: Milestone.NOT_CHARGED,
}


class Consent(StrEnum):
    """Whether the person agreed to be referred to us."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {"yes": "Agreed", "no": "Did not agree", "not_asked": "Not asked"}[self]


class NeedCategory(StrEnum):
    """The eight categories of need (Victims' Services Commissioning Framework; domain.md 2.1)."""

    HEALTH = "n1"
    SHELTER = "n2"
    FAMILY = "n3"
    EDUCATION = "n4"
    SUBSTANCES = "n5"
    FINANCE = "n6"
    OUTLOOK = "n7"
    SOCIAL = "n8"

    @property
    def label(self) -> str:
        """The category as the framework words it."""
        return {
            "n1": "Mental and physical health",
            "n2": "Shelter and accommodation",
            "n3": "Family, friends and children",
            "n4": "Education, skills and employment",
            "n5": "Drugs and alcohol",
            "n6": "Finance and benefits",
            "n7": "Outlook and attitudes",
            "n8": "Social interactions",
        }[self]


class NeedAnswer(StrEnum):
    """Whether a need was scored, or why it was not."""

    SCORED = "scored"
    NOT_DISCUSSED = "not_discussed"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return self.value.replace("_", " ").capitalize()


class Stage(StrEnum):
    """When an assessment was made (domain.md RULE 2.1)."""

    START = "start"
    REVIEW = "review"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """The stage as a page says it."""
        return self.value.capitalize()


class ContactOutcome(StrEnum):
    """What came of trying to reach somebody."""

    SPOKE = "spoke"
    MESSAGE_LEFT = "message_left"
    NO_ANSWER = "no_answer"
    NOT_SAFE = "not_safe"
    SENT = "sent"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return {
            "spoke": "Spoke to them",
            "message_left": "Left a message",
            "no_answer": "No answer",
            "not_safe": "Not safe to talk",
            "sent": "Message or letter sent",
        }[self]

    @property
    def reached_them(self) -> bool:
        """Whether it counts as contact: a call nobody took, or that was not safe, does not."""
        return self not in {ContactOutcome.NO_ANSWER, ContactOutcome.NOT_SAFE}


class TimelineEvent(StrEnum):
    """What a line of a case's history tells of."""

    OPENED = "opened"
    CATEGORY_SET = "category_set"
    CATEGORY_CONFIRMED = "category_confirmed"
    ASSIGNED = "assigned"
    RELEASED = "released"
    NEEDS_ASSESSED = "needs_assessed"
    CONTACTED = "contacted"
    CONTACT_TRIED = "contact_tried"
    MILESTONE = "milestone"
    MILESTONE_WITHDRAWN = "milestone_withdrawn"
    MILESTONE_PROPOSED = "milestone_proposed"
    PROPOSAL_SET_ASIDE = "proposal_set_aside"
    REQUESTED = "requested"
    CHASED = "chased"
    REQUEST_ENDED = "request_ended"
    REQUEST_BACK = "request_back"
    CLOCK_STARTED = "clock_started"
    TOLD = "told"
    NOT_TOLD = "not_told"
    DUTY_PAUSED = "duty_paused"
    DUTY_RESUMED = "duty_resumed"
    TASK_ADDED = "task_added"
    TASK_DONE = "task_done"
    WISH = "wish"
    FACT = "fact"
    FACT_TAKEN_BACK = "fact_taken_back"
    ORDER = "order"
    ORDER_ENDED = "order_ended"
    RISK = "risk"
    SAFEGUARDING = "safeguarding"
    ASB = "asb"
    CLOSED = "closed"
    REOPENED = "reopened"
    RESTRICTED = "restricted"
    UNRESTRICTED = "unrestricted"
    NAMED = "named"
    NAME_REMOVED = "name_removed"
    GLASS_BROKEN = "glass_broken"
    PLAN = "plan"
    PROMISED = "promised"
    PROMISE_ENDED = "promise_ended"
    PARTNER = "partner"
    PAPER = "paper"
    RESTORATIVE = "restorative"
    DISPOSAL = "disposal"

    @property
    def label(self) -> str:
        """The sentence without its particulars."""
        return EVENT_SENTENCES[self].format(by="Somebody", words="…")


# {by} is who did it, {words} the particulars, which are kept sealed.
EVENT_SENTENCES: dict[TimelineEvent, str] = {
    TimelineEvent.OPENED: "{by} opened the case.",
    TimelineEvent.CATEGORY_SET: "{by} gave Enhanced Rights by themselves: {words}.",
    TimelineEvent.CATEGORY_CONFIRMED: "{by} confirmed the category: {words}.",
    TimelineEvent.ASSIGNED: "{by} gave the case to {words}.",
    TimelineEvent.RELEASED: "{by} left the case without a case manager: {words}.",
    TimelineEvent.NEEDS_ASSESSED: "{by} recorded a needs assessment: {words}.",
    TimelineEvent.CONTACTED: "{by} was in contact: {words}.",
    TimelineEvent.CONTACT_TRIED: "{by} tried to make contact: {words}.",
    TimelineEvent.MILESTONE: "{by} recorded: {words}.",
    TimelineEvent.MILESTONE_WITHDRAWN: "{by} took back what had been recorded: {words}.",
    TimelineEvent.MILESTONE_PROPOSED: "The police feed says: {words}. The moment is not known yet.",
    TimelineEvent.PROPOSAL_SET_ASIDE: "{by} set aside what the police feed said: {words}.",
    TimelineEvent.REQUESTED: "{by} asked {words}.",
    TimelineEvent.CHASED: "{by} asked again: {words}.",
    TimelineEvent.REQUEST_ENDED: "{by} recorded of what was asked: {words}.",
    TimelineEvent.REQUEST_BACK: "{by} waits for an answer again: {words}.",
    TimelineEvent.CLOCK_STARTED: "{by} recorded that Witness Care heard of it: {words}.",
    TimelineEvent.TOLD: "{by} recorded that this was done: {words}.",
    TimelineEvent.NOT_TOLD: "{by} recorded why the victim was not told: {words}.",
    TimelineEvent.DUTY_PAUSED: "{by} paused: {words}.",
    TimelineEvent.DUTY_RESUMED: "{by} let the clock go on: {words}.",
    TimelineEvent.TASK_ADDED: "To do: {words}.",
    TimelineEvent.TASK_DONE: "{by} dealt with: {words}.",
    TimelineEvent.WISH: "{by} recorded what updates they want: {words}.",
    TimelineEvent.FACT: "{by} recorded: {words}.",
    TimelineEvent.FACT_TAKEN_BACK: "{by} took back what had been recorded: {words}.",
    TimelineEvent.ORDER: "{by} recorded what protects them: {words}.",
    TimelineEvent.ORDER_ENDED: "{by} recorded that it protects them no more: {words}.",
    TimelineEvent.RISK: "{by} recorded about risk: {words}.",
    TimelineEvent.SAFEGUARDING: "{by} recorded about safeguarding: {words}.",
    TimelineEvent.ASB: "{by} recorded anti-social behaviour: {words}.",
    TimelineEvent.CLOSED: "{by} closed the case: {words}.",
    TimelineEvent.REOPENED: "{by} opened the case again: {words}.",
    TimelineEvent.RESTRICTED: "{by} restricted the case: {words}.",
    TimelineEvent.UNRESTRICTED: "{by} lifted the restriction: {words}.",
    TimelineEvent.NAMED: "{by} named somebody who may open the case: {words}.",
    TimelineEvent.NAME_REMOVED: "{by} took a name off the case: {words}.",
    TimelineEvent.GLASS_BROKEN: "{by} broke the glass, to read the case until {words}.",
    TimelineEvent.PLAN: "{by} worked on the plan: {words}.",
    TimelineEvent.PROMISED: "{by} promised: {words}.",
    TimelineEvent.PROMISE_ENDED: "{by} recorded of a promise: {words}.",
    TimelineEvent.PARTNER: "{by} on a partner referral: {words}.",
    TimelineEvent.PAPER: "{by} {words}.",
    TimelineEvent.RESTORATIVE: "{by} recorded about restorative justice: {words}.",
    TimelineEvent.DISPOSAL: "{by} recorded about an out-of-court disposal: {words}.",
}
