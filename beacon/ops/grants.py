"""What the database lets each process do on PostgreSQL: the web's role, and the scheduler's.

The owner of the tables alone changes them and alone may remove a row of what only grows. The
scheduler touches what its jobs touch: it can make no session, read no factor and write no account
(security.md U-06, Z-22).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from beacon.core.db import Base

ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
ONLY_GROW = frozenset(
    {
        *("audit_entry", "audit_object", "timeline_entry", "ledger_entry", "duty_event"),
        *("person_link_decision", "plan_change", "partner_step"),
        *("month_close", "month_figure", "opening_balance", "bank_letter", "letter_line"),
        "claim_event",
        *("disposal_step", "restorative_step", "special_measure_step", "witness_came"),
    }
)
ONLY_READ = frozenset({"alembic_version", "environment"})
READ, GROW = "SELECT", "SELECT, INSERT"
WRITE = "SELECT, INSERT, UPDATE"
WHOLE = "SELECT, INSERT, UPDATE, DELETE"

# What the jobs of the timetable touch. Of accounts, what ends by itself is taken away, and a link
# for a new password is made; no session is made and no proof is read. A table that stands nowhere
# here may not be touched at all.
SCHEDULER: dict[str, frozenset[str]] = {
    READ: frozenset(
        {
            *("alembic_version", "environment", "setting", "team", "staff", "staff_role"),
            *("court", "hearing_type", "declared_contact", "case_name", "access_reason"),
            *("text_hold", "bank_holiday_override"),
            *("address_showing", "contact_showing", "partner_service", "contact_log"),
            *("needs_assessment", "need", "loss", "bank_claim", "ledger_entry"),
            *("fraud_triage", "fraud_decision"),
            *("inbound_reply", "on_duty", "case_fact", "fact_step", "case_order"),
            *("consent_given", "triage_decision", "contact_try", "referral_hold"),
            "case_cover",
            "support_item",  # what is lent and overdue is asked for
            "communication_needs",  # a letter asks how somebody may be reached
            "case_risk",  # nobody is asked how we did while the risk is high
        }
    ),
    GROW: frozenset(
        {
            *("audit_entry", "audit_object", "timeline_entry", "notice", "duty_event"),
            *("person_link_decision", "partner_step"),
            *("repeat_check", "survey_count", "survey_words"),
        }
    ),
    "SELECT, INSERT, DELETE": frozenset({"person_key"}),
    "SELECT, DELETE": frozenset(
        {
            *("auth_session", "draft", "delivery", "unsent_referral", "door_try"),
            *("survey_draft", "survey_try"),
            "document_file",  # shown to the virus scanner, and taken away where it is harmful
        }
    ),
    # A new password is asked for by one row; a job answers it with a link, and a mail to its owner.
    "SELECT, UPDATE, DELETE": frozenset({"sign_in_attempt"}),
    # The words of search are written anew where a file gives somebody another name.
    WHOLE: frozenset({"setup_link", "outbound_mail", "kept_reject", "search_key", "survey_slip"}),
    WRITE: frozenset(
        {
            *("job_run", "victim", "contact_point", "address", "safe_contact", "person_link"),
            *("proposed_change", "held_number", "held_place", "crime", "crime_milestone"),
            *("proposed_milestone", "fraud_report", "case_file", "case_ground", "case_task"),
            *("duty", "duty_reminder", "access_review", "break_glass", "referral"),
            *("reminder_digest", "victim_notice", "partner_referral"),
            *("import_batch", "feed_record", "feed_key", "defendant", "hearing"),
            *("hearing_version", "hearing_text", "outbound_text", "text_attempt", "text_event"),
            *("sender_state", "suppressed_number", "hearing_told", "update_wish"),
            *("document", "case_letter", "survey_invitation"),
        }
    ),
}
# Jobs never open these, not even to read.
KEPT_FROM_SCHEDULER = frozenset(
    {
        *("second_factor", "recovery_code", "person_around", "around_showing", "agency"),
        *("agency_contact", "champion_training", "court_call", "inbound_day", "number_decision"),
        *("information_request", "api_client", "self_referral", "published_figures"),
        *("risk_assessment", "risk_ground", "marac_referral", "risk_wording"),
        *("safeguarding_concern", "concern_check", "slavery_referral", "slavery_step"),
        *("asb_threshold", "asb_incident", "asb_report", "asb_application"),
        *("urgent_mark", "print_run", "printing", "manager_strength", "work_pattern"),
        *("staff_leave", "manager_choice", "case_hand_over", "supervision_review"),
        *("supervision_score", "supervision_action"),
        *("plan", "plan_goal", "plan_action", "plan_session", "plan_change", "promise"),
        *("safety_plan", "hardening_item", "case_closing", "closing_answer", "closing_goal"),
        *("pass_phrase", "caller_check", "call_message"),
        *("list_choice", "saved_filter", "calendar_link"),
        *("ledger_proposal", "month_close", "month_figure", "opening_balance"),
        *("bank_letter", "letter_line"),
        *("bank_contact", "claim_letter", "claim_event"),
        *("protocol_call", "outreach_event", "outreach_case", "survey_concern"),
        *("restorative_offer", "restorative_step", "restorative_ruling"),
        *("disposal_view", "disposal_step"),
        *("court_witness", "witness_came", "special_measure", "special_measure_step"),
        "return_column",
    }
)


class NotARole(ValueError):
    """A word that cannot be the name of a role: it is never put into a statement."""


def statements(*, web: str, scheduler: str | None = None) -> list[str]:
    """Every GRANT and REVOKE, in order; giving them again changes nothing."""
    given = ["REVOKE CREATE ON SCHEMA public FROM PUBLIC"]
    given += list(_of_role(web, for_web()))
    if scheduler:
        given += list(_of_role(scheduler, for_scheduler()))
    return given


def tables() -> list[str]:
    """Every table there is, by name."""
    return sorted({*Base.metadata.tables, "alembic_version"})


def give(engine: sa.Engine, orders: Iterable[str]) -> None:
    """Carry the statements out in one transaction, as the owner of the tables."""
    with engine.begin() as connection:
        for order in orders:
            connection.exec_driver_sql(order)


def _of_role(role: str, rights: Mapping[str, str]) -> Iterator[str]:
    if not ROLE.fullmatch(role):
        raise NotARole(
            f"{role!r} cannot be a role: use small letters, digits and _, a letter first."
        )
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}"
    yield f"REVOKE ALL ON SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    for table, right in sorted(rights.items()):
        yield f"GRANT {right} ON {table} TO {role}"


def for_web() -> dict[str, str]:
    """The rights of the web's role on every table: none may be made, changed or emptied."""
    return {
        table: GROW if table in ONLY_GROW else READ if table in ONLY_READ else WHOLE
        for table in tables()
    }


def for_scheduler() -> dict[str, str]:
    """The rights of the scheduler's role, on the tables that its jobs touch."""
    here = set(tables())
    return {table: right for right, names in SCHEDULER.items() for table in names & here}
