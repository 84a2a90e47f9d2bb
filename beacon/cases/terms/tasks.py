"""What a person must do about a case that is not a duty of the Code."""

from __future__ import annotations

from enum import StrEnum

from beacon.cases.terms.wishes import subject_of


class TaskKind(StrEnum):
    """Something a person must do about a case, that is not a duty of the Code."""

    SAFEGUARDING_NUMBER = "safeguarding_number"
    MILESTONE_PROPOSED = "milestone_proposed"
    UPDATE_DUE = "asked_update"
    ORDER_ENDS_SOON = "order_ends_soon"
    ORDER_ENDS_NEAR = "order_ends_near"
    LAST_DAY_SOON = "last_day_soon"
    LAST_DAY_NEAR = "last_day_near"
    REFER_TO_MARAC = "refer_to_marac"
    REFER_TO_IDVA = "refer_to_idva"
    REVIEW_SAFE_CONTACT = "review_safe_contact"
    CHECK_CHILDREN = "check_children"
    CHECK_CONCERN = "check_concern"
    CASE_REVIEW_REACHED = "case_review_reached"
    PARTNER_NO_REPLY = "partner_no_reply"
    PARTNER_SAID = "partner_said"
    RING_AGAIN = "ring_again"
    CALLER_NOT_KNOWN = "caller_not_known"
    FRAUD_SAME_DAY = "fraud_same_day"
    FRAUD_RECOVERY = "fraud_recovery"
    BANK_CLAIM_BY = "bank_claim_by"
    OMBUDSMAN_BY = "ombudsman_by"
    BANK_REPLY_LATE = "bank_reply_late"
    BANK_NEXT_STEP = "bank_next_step"
    FRAUD_CHECK = "fraud_check"
    LOAN_DUE_BACK = "loan_due_back"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The task as a page says it."""
        return TASK_LABELS[self]

    def words(self, about: str) -> str:
        """What is to be done about this: what somebody asked for, or what the kind always asks."""
        if self is TaskKind.OTHER and about:
            return about
        subject = subject_of(about)
        return f"{subject}: {TASK_ORDERS[self]}" if subject else self.label


TASK_LABELS: dict[TaskKind, str] = {
    TaskKind.SAFEGUARDING_NUMBER: (
        "A number on the court list is also held in this case: check who is at risk"
    ),
    TaskKind.MILESTONE_PROPOSED: "The police feed says that the investigation has moved on",
    TaskKind.UPDATE_DUE: "Give them the update that they asked for",
    TaskKind.ORDER_ENDS_SOON: "Something that protects them ends soon",
    TaskKind.ORDER_ENDS_NEAR: "Something that protects them is about to end",
    TaskKind.LAST_DAY_SOON: "The time to ask for something runs out soon",
    TaskKind.LAST_DAY_NEAR: "The time to ask for something is about to run out",
    TaskKind.REFER_TO_MARAC: "High risk, the same day: refer to MARAC",
    TaskKind.REFER_TO_IDVA: "High risk, the same day: refer to an IDVA",
    TaskKind.REVIEW_SAFE_CONTACT: "High risk, the same day: confirm again how they may be reached",
    TaskKind.CHECK_CHILDREN: "High risk, the same day: check whether a child is at risk",
    TaskKind.CHECK_CONCERN: "Ask how the safeguarding concern stands",
    TaskKind.CASE_REVIEW_REACHED: "An ASB Case Review can be asked for: offer it and prepare it",
    TaskKind.PARTNER_NO_REPLY: "A partner has not answered: ring them, or ask somebody else",
    TaskKind.PARTNER_SAID: "A partner has answered or written: read what they say",
    TaskKind.RING_AGAIN: "Try again to reach them",
    TaskKind.CALLER_NOT_KNOWN: (
        "A caller could not show three times today who they are: find out whether they are safe"
    ),
    TaskKind.FRAUD_SAME_DAY: "Fraud, the same day: call them, and look at it with the manager",
    TaskKind.FRAUD_RECOVERY: (
        "Somebody may be charging them fees to get their money back: warn them of recovery fraud"
    ),
    TaskKind.BANK_CLAIM_BY: "The time to claim a payment back runs out: claim it, or say why not",
    TaskKind.OMBUDSMAN_BY: "The time to go to the Financial Ombudsman runs out: ask them now",
    TaskKind.BANK_REPLY_LATE: "A bank’s answer is late: chase it, or complain",
    TaskKind.BANK_NEXT_STEP: "The next step with a bank is due: see the log of the claim",
    TaskKind.FRAUD_CHECK: "Ask them whether fraud has come again, and write down what they say",
    TaskKind.LOAN_DUE_BACK: "Something lent to them should be back: ask for it",
    TaskKind.OTHER: "Something else",
}
# What a rise to high risk asks for on the same day (domain.md RULE 3.2).
SAME_DAY = (
    TaskKind.REFER_TO_MARAC,
    TaskKind.REFER_TO_IDVA,
    TaskKind.REVIEW_SAFE_CONTACT,
    TaskKind.CHECK_CHILDREN,
)
# What stands on top of a desk on its day, the manager's and the leader's alike (RULES 3.2, 4.3).
ON_TOP = (*SAME_DAY, TaskKind.FRAUD_SAME_DAY, TaskKind.FRAUD_RECOVERY)
# Of what the task is about, named first.
TASK_ORDERS: dict[TaskKind, str] = TASK_LABELS | {
    TaskKind.ORDER_ENDS_SOON: "ends soon, ask whether it will be renewed",
    TaskKind.ORDER_ENDS_NEAR: "about to end, make sure that they are safe without it",
    TaskKind.LAST_DAY_SOON: "ask whether they want to, while there is time",
    TaskKind.LAST_DAY_NEAR: "the time is about to run out, ask whether they want to",
}
# An alarm before a last day: the earlier of the two, and the nearer.
ALARMS = {
    "order": (TaskKind.ORDER_ENDS_SOON, TaskKind.ORDER_ENDS_NEAR),
    "window": (TaskKind.LAST_DAY_SOON, TaskKind.LAST_DAY_NEAR),
}
