"""Keep plans and promises, how cases ended, and what helps somebody to understand us."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
TABLES = (
    "closing_goal",
    "closing_answer",
    "promise",
    "plan_session",
    "plan_action",
    "case_closing",
    "safety_plan",
    "plan_goal",
    "plan_change",
    "plan",
    "hardening_item",
    "communication_needs",
)


def upgrade() -> None:
    """Make the tables."""
    _communication_needs()
    _hardening_item()
    _plan()
    _plan_change()
    _plan_goal()
    _safety_plan()
    _case_closing()
    _plan_action()
    _plan_session()
    _promise()
    _closing_answer()
    _closing_goal()
    _only_grows()


def downgrade() -> None:
    """Take them away again, with everything in them."""
    for table in TABLES:
        op.drop_table(table)


def _communication_needs() -> None:
    op.create_table(
        "communication_needs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("victim_id", NUMBER, nullable=False),
        sa.Column("large_print", sa.Boolean(), nullable=False),
        sa.Column("easy_read", sa.Boolean(), nullable=False),
        sa.Column("hearing", sa.Boolean(), nullable=False),
        sa.Column("sight", sa.Boolean(), nullable=False),
        sa.Column("mobility", sa.Boolean(), nullable=False),
        sa.Column("literacy", sa.Boolean(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_communication_needs_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_communication_needs_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication_needs")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_communication_needs_seal_key")),
        sa.UniqueConstraint("victim_id", name=op.f("uq_communication_needs_victim_id")),
    )


def _hardening_item() -> None:
    op.create_table(
        "hardening_item",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("whom_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("fitted_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "agreed_on IS NULL OR agreed_on >= asked_on",
            name=op.f("ck_hardening_item_agreed_after_asked"),
        ),
        sa.CheckConstraint(
            "dropped_on IS NULL OR reason_sealed IS NOT NULL",
            name=op.f("ck_hardening_item_dropped_has_reason"),
        ),
        sa.CheckConstraint(
            "fitted_on IS NULL OR dropped_on IS NULL", name=op.f("ck_hardening_item_ends_once")
        ),
        sa.CheckConstraint(
            "fitted_on IS NULL OR fitted_on >= asked_on",
            name=op.f("ck_hardening_item_fitted_after_asked"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_hardening_item_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_hardening_item_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hardening_item")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_hardening_item_seal_key")),
    )
    op.create_index("ix_hardening_item_of_case", "hardening_item", ["case_id", "id"])


def _plan() -> None:
    op.create_table(
        "plan",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("submitted_by_id", NUMBER, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'sent_back') OR decided_at IS NOT NULL",
            name=op.f("ck_plan_decided_has_moment"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR submitted_by_id IS NULL OR decided_by_id <> submitted_by_id",
            name=op.f("ck_plan_never_by_its_author"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_plan_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["staff.id"], name=op.f("fk_plan_decided_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["staff.id"], name=op.f("fk_plan_submitted_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("case_id", name=op.f("uq_plan_case_id")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_plan_seal_key")),
    )
    op.create_index("ix_plan_waiting", "plan", ["state", "id"])


def _plan_change() -> None:
    op.create_table(
        "plan_change",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("part", WORD, nullable=False),
        sa.Column("about_id", NUMBER, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("new_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_plan_change_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_plan_change_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_plan_change_seal_key")),
    )
    op.create_index("ix_plan_change_of_case", "plan_change", ["case_id", "id"])


def _plan_goal() -> None:
    op.create_table(
        "plan_goal",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("category", WORD, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("achieved_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_plan_goal_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_plan_goal_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_goal")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_plan_goal_seal_key")),
    )
    op.create_index("ix_plan_goal_of_case", "plan_goal", ["case_id", "id"])


def _safety_plan() -> None:
    op.create_table(
        "safety_plan",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("signs_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("steps_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("people_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("children_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("concerns_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_safety_plan_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_safety_plan_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_plan")),
        sa.UniqueConstraint("case_id", name=op.f("uq_safety_plan_case_id")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_safety_plan_seal_key")),
    )


def _case_closing() -> None:
    op.create_table(
        "case_closing",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("assessment_id", NUMBER, nullable=True),
        sa.Column("not_assessed", WORD, nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(assessment_id IS NULL) = (not_assessed IS NOT NULL)",
            name=op.f("ck_case_closing_assessed_or_why_not"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["needs_assessment.id"],
            name=op.f("fk_case_closing_assessment_id_needs_assessment"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_case_closing_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_closing_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_closing")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_case_closing_seal_key")),
    )
    op.create_index("ix_case_closing_of_case", "case_closing", ["case_id", "id"])


def _plan_action() -> None:
    op.create_table(
        "plan_action",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("goal_id", NUMBER, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("owner_id", NUMBER, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "state <> 'dropped' OR reason_sealed IS NOT NULL",
            name=op.f("ck_plan_action_dropped_has_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'open') = (ended_on IS NULL)", name=op.f("ck_plan_action_ended_has_day")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_plan_action_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_plan_action_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["plan_goal.id"], name=op.f("fk_plan_action_goal_id_plan_goal")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["staff.id"], name=op.f("fk_plan_action_owner_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_plan_action_seal_key")),
    )
    op.create_index("ix_plan_action_due", "plan_action", ["state", "due_on", "id"])
    op.create_index("ix_plan_action_of_case", "plan_action", ["case_id", "id"])
    op.create_index("ix_plan_action_of_goal", "plan_action", ["goal_id"])
    op.create_index("ix_plan_action_owner_id", "plan_action", ["owner_id"])


def _plan_session() -> None:
    op.create_table(
        "plan_session",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("goal_id", NUMBER, nullable=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", NUMBER, nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "state <> 'attended' OR minutes IS NOT NULL",
            name=op.f("ck_plan_session_attended_has_length"),
        ),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes BETWEEN 1 AND 1440",
            name=op.f("ck_plan_session_within_a_day"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_plan_session_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_plan_session_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["plan_goal.id"], name=op.f("fk_plan_session_goal_id_plan_goal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_session")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_plan_session_seal_key")),
    )
    op.create_index("ix_plan_session_due", "plan_session", ["state", "held_on", "id"])
    op.create_index("ix_plan_session_of_case", "plan_session", ["case_id", "held_on", "id"])


def _promise() -> None:
    op.create_table(
        "promise",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("contact_id", NUMBER, nullable=True),
        sa.Column("to", WORD, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", NUMBER, nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (ended_on IS NULL)", name=op.f("ck_promise_ended_has_day")
        ),
        sa.CheckConstraint(
            "state NOT IN ('broken', 'withdrawn') OR reason_sealed IS NOT NULL",
            name=op.f("ck_promise_unkept_has_reason"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_promise_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_promise_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact_log.id"], name=op.f("fk_promise_contact_id_contact_log")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_promise_owner_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_promise_seal_key")),
    )
    op.create_index("ix_promise_by_day", "promise", ["due_on"])
    op.create_index("ix_promise_due", "promise", ["state", "due_on", "id"])
    op.create_index("ix_promise_of_case", "promise", ["case_id", "id"])
    op.create_index("ix_promise_owner_id", "promise", ["owner_id"])


def _closing_answer() -> None:
    op.create_table(
        "closing_answer",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closing_id", NUMBER, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("answer", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["closing_id"],
            ["case_closing.id"],
            name=op.f("fk_closing_answer_closing_id_case_closing"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_answer")),
        sa.UniqueConstraint("closing_id", "outcome", name=op.f("uq_closing_answer_once")),
    )


def _closing_goal() -> None:
    op.create_table(
        "closing_goal",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closing_id", NUMBER, nullable=False),
        sa.Column("goal_id", NUMBER, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["closing_id"],
            ["case_closing.id"],
            name=op.f("fk_closing_goal_closing_id_case_closing"),
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["plan_goal.id"], name=op.f("fk_closing_goal_goal_id_plan_goal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_goal")),
        sa.UniqueConstraint("closing_id", "goal_id", name=op.f("uq_closing_goal_once")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_closing_goal_seal_key")),
    )


def _only_grows() -> None:
    """What was changed of a plan is never changed itself: triggers go with their table."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER plan_change_keeps_{deed.lower()} BEFORE {deed} ON plan_change "
                "BEGIN SELECT RAISE(ABORT, 'plan_change only grows'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER plan_change_keeps_rows BEFORE UPDATE OR DELETE ON plan_change "
        "FOR EACH ROW EXECUTE FUNCTION only_grows()"
    )
    op.execute(
        "CREATE TRIGGER plan_change_keeps_all BEFORE TRUNCATE ON plan_change "
        "FOR EACH STATEMENT EXECUTE FUNCTION only_grows()"
    )
