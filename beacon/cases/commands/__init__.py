"""The orders that casework obeys, each in one transaction."""

from beacon.cases.commands.access import (
    lift_restriction,
    name_person,
    remove_name,
    restrict,
)
from beacon.cases.commands.access_reviews import (
    ask_to_withdraw,
    clear_review,
    meet_conflict,
    raise_review,
    review_paces,
)
from beacon.cases.commands.alarms import (
    raise_alarm,
)
from beacon.cases.commands.asking import (
    answer,
    ask,
    ask_again,
    withdraw_request,
)
from beacon.cases.commands.assigning import (
    assign_manager,
    why_not,
)
from beacon.cases.commands.breaking_glass import (
    break_glass,
    close_glass,
    note_refusal,
)
from beacon.cases.commands.closing import (
    close_case,
    end_at_triage,
    reopen_case,
)
from beacon.cases.commands.contacts import (
    log_contact,
)
from beacon.cases.commands.crimes import (
    CrimeFacts,
    FraudFacts,
    record_crime,
    record_fraud_report,
    set_proposal_aside,
)
from beacon.cases.commands.digests import (
    mail_reminders,
)
from beacon.cases.commands.duties import (
    give_receipt,
    pause_duty,
    resume_duty,
    set_duty_aside,
    tell_victim,
)
from beacon.cases.commands.facts import (
    StepGiven,
    record_step,
    start_fact,
    take_fact_back,
)
from beacon.cases.commands.handing_over import (
    HandedOver,
    hand_over,
    release_cases,
)
from beacon.cases.commands.keeping import (
    keep_history,
)
from beacon.cases.commands.milestones import (
    receive,
    record_milestone,
    withdraw_milestone,
)
from beacon.cases.commands.needs import (
    NeedGiven,
    assess_needs,
)
from beacon.cases.commands.on_duty import (
    deal_with,
    set_on_duty,
)
from beacon.cases.commands.opening import (
    Proposal,
    decide_category,
    open_case,
    propose_grounds,
)
from beacon.cases.commands.orders import (
    OrderFacts,
    end_order,
    record_order,
    vary_order,
)
from beacon.cases.commands.reminding import (
    mark_reminders_seen,
    remind_leader,
    remind_manager,
)
from beacon.cases.commands.saying_why import (
    say_why,
)
from beacon.cases.commands.suspects import (
    know_suspect,
)
from beacon.cases.commands.taking_on import (
    Owed,
    Standing,
    category_note,
    rule_owed,
    take_on,
)
from beacon.cases.commands.tasks import (
    add_task,
    finish_task,
)
from beacon.cases.commands.telling_all import (
    NotAllRecorded,
    Telling,
    tell_victims,
)
from beacon.cases.commands.wishes import (
    Wish,
    call_for_update,
    keep_update_clock,
    record_wish,
)

__all__ = [
    "know_suspect",
    "Owed",
    "Standing",
    "category_note",
    "rule_owed",
    "take_on",
    "why_not",
    "CrimeFacts",
    "FraudFacts",
    "HandedOver",
    "NeedGiven",
    "OrderFacts",
    "Proposal",
    "StepGiven",
    "Wish",
    "NotAllRecorded",
    "Proposal",
    "Telling",
    "add_task",
    "answer",
    "ask",
    "ask_again",
    "ask_to_withdraw",
    "assess_needs",
    "assign_manager",
    "break_glass",
    "call_for_update",
    "clear_review",
    "close_case",
    "close_glass",
    "end_at_triage",
    "deal_with",
    "decide_category",
    "end_order",
    "finish_task",
    "give_receipt",
    "pause_duty",
    "resume_duty",
    "hand_over",
    "keep_history",
    "keep_update_clock",
    "lift_restriction",
    "log_contact",
    "mail_reminders",
    "mark_reminders_seen",
    "meet_conflict",
    "name_person",
    "note_refusal",
    "open_case",
    "propose_grounds",
    "raise_alarm",
    "raise_review",
    "receive",
    "record_crime",
    "record_fraud_report",
    "record_milestone",
    "record_order",
    "record_step",
    "record_wish",
    "release_cases",
    "remind_leader",
    "remind_manager",
    "remove_name",
    "reopen_case",
    "restrict",
    "review_paces",
    "say_why",
    "set_duty_aside",
    "set_on_duty",
    "set_proposal_aside",
    "start_fact",
    "take_fact_back",
    "tell_victim",
    "vary_order",
    "tell_victims",
    "withdraw_milestone",
    "withdraw_request",
]
