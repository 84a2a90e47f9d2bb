"""The orders that casework obeys, each in one transaction."""

from beacon.cases.commands.access_reviews import raise_review, review_paces
from beacon.cases.commands.assigning import assign_manager
from beacon.cases.commands.closing import close_case, reopen_case
from beacon.cases.commands.contacts import log_contact
from beacon.cases.commands.crimes import (
    CrimeFacts,
    FraudFacts,
    record_crime,
    record_fraud_report,
    set_proposal_aside,
)
from beacon.cases.commands.duties import give_receipt, set_duty_aside, tell_victim
from beacon.cases.commands.keeping import keep_history
from beacon.cases.commands.milestones import receive, record_milestone, withdraw_milestone
from beacon.cases.commands.needs import NeedGiven, assess_needs
from beacon.cases.commands.opening import (
    Proposal,
    decide_category,
    open_case,
    propose_grounds,
)
from beacon.cases.commands.reminding import mark_reminders_seen, remind_manager
from beacon.cases.commands.tasks import add_task, finish_task

__all__ = [
    "CrimeFacts",
    "FraudFacts",
    "NeedGiven",
    "Proposal",
    "add_task",
    "assess_needs",
    "assign_manager",
    "close_case",
    "decide_category",
    "finish_task",
    "give_receipt",
    "keep_history",
    "log_contact",
    "mark_reminders_seen",
    "open_case",
    "propose_grounds",
    "raise_review",
    "receive",
    "record_crime",
    "record_fraud_report",
    "record_milestone",
    "remind_manager",
    "reopen_case",
    "review_paces",
    "set_duty_aside",
    "set_proposal_aside",
    "tell_victim",
    "withdraw_milestone",
]
