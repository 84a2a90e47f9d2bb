"""Keep what fraud victims were given, checks months later, calls of branches, and outreach."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
NAME = sa.String(length=100)
SEALED = sa.LargeBinary()
KEY = sa.String(length=22)
TOKEN = sa.String(length=43)
TABLES = ("outreach_case", "outreach_event", "protocol_call", "repeat_check", "support_item")


def upgrade() -> None:
    """Make the tables, and what the sums of the board are found by."""
    _support_item()
    _repeat_check()
    _protocol_call()
    _outreach_event()
    _outreach_case()


def downgrade() -> None:
    """Take them away again, with everything in them."""
    for table in TABLES:
        op.drop_table(table)


def _kept(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _by() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _once(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _support_item() -> None:
    table = "support_item"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("serial_sealed", SEALED, nullable=True),
        sa.Column("due_back_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", SEALED, nullable=True),
        *_by(),
        sa.Column("token", TOKEN, nullable=False),
        sa.Column("seal_key", KEY, nullable=False),
        _check(table, "ends_after_start", "ended_on IS NULL OR ended_on >= started_on"),
        _check(
            table,
            "loan_ends_on_a_day",
            "state NOT IN ('returned', 'lost') OR ended_on IS NOT NULL",
        ),
        _key(table, "case_id", "case_file"),
        _key(table, "by_id", "staff"),
        _once(table, "seal_key"),
        _once(table, "token"),
    )
    op.create_index("ix_support_item_of_case", table, ["case_id", "id"])
    op.create_index("ix_support_item_lent", table, ["state", "due_back_on", "id"])
    op.create_index("ix_support_item_started", table, ["started_on", "case_id"])


def _repeat_check() -> None:
    table = "repeat_check"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("months", NUMBER, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("channel", WORD, nullable=True),
        sa.Column("words_sealed", SEALED, nullable=True),
        *_by(),
        sa.Column("seal_key", KEY, nullable=False),
        _check(table, "done_has_outcome", "(done_on IS NULL) = (outcome IS NULL)"),
        _key(table, "case_id", "case_file"),
        _key(table, "by_id", "staff"),
        _once(table, "seal_key"),
        sa.UniqueConstraint("case_id", "months", name=op.f("uq_repeat_check_once")),
    )
    op.create_index("ix_repeat_check_waiting", table, ["done_on", "due_on", "id"])


def _protocol_call() -> None:
    table = "protocol_call"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=True),
        sa.Column("bank_sealed", SEALED, nullable=True),
        sa.Column("branch_sealed", SEALED, nullable=True),
        sa.Column("called_at", MOMENT, nullable=False),
        sa.Column("incident_sealed", SEALED, nullable=True),
        sa.Column("incident_index", sa.String(length=32), nullable=False),
        sa.Column("at_risk_pence", NUMBER, nullable=False),
        sa.Column("stopped_pence", NUMBER, nullable=False),
        sa.Column("scam", WORD, nullable=False),
        sa.Column("believed", sa.Boolean(), nullable=True),
        sa.Column("safeguarding", sa.Boolean(), nullable=False),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        sa.Column("entry_id", NUMBER, nullable=True),
        sa.Column("proposal_id", NUMBER, nullable=True),
        *_by(),
        sa.Column("token", TOKEN, nullable=False),
        sa.Column("seal_key", KEY, nullable=False),
        _check(
            table,
            "stops_what_was_at_risk",
            "stopped_pence >= 0 AND stopped_pence <= at_risk_pence",
        ),
        _check(table, "counted_in_a_case", "entry_id IS NULL OR case_id IS NOT NULL"),
        _key(table, "case_id", "case_file"),
        _key(table, "entry_id", "ledger_entry"),
        _key(table, "proposal_id", "ledger_proposal"),
        _key(table, "by_id", "staff"),
        _once(table, "entry_id"),
        _once(table, "proposal_id"),
        _once(table, "incident_index"),
        _once(table, "seal_key"),
        _once(table, "token"),
    )
    op.create_index(op.f("ix_protocol_call_case_id"), table, ["case_id"])
    op.create_index("ix_protocol_call_called", table, ["called_at", "id"])


def _outreach_event() -> None:
    table = "outreach_event"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("audience", WORD, nullable=False),
        sa.Column("place", NAME, nullable=False),
        sa.Column("district", sa.String(length=60), nullable=False),
        sa.Column("attendance", NUMBER, nullable=False),
        sa.Column("leaflets", NUMBER, nullable=False),
        sa.Column("booklets", NUMBER, nullable=False),
        sa.Column("signs", NUMBER, nullable=False),
        sa.Column("blockers", NUMBER, nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        *_by(),
        sa.Column("token", TOKEN, nullable=False),
        _check(
            table,
            "counts_from_nought",
            "attendance >= 0 AND leaflets >= 0 AND booklets >= 0 AND signs >= 0 AND blockers >= 0",
        ),
        _key(table, "by_id", "staff"),
        _once(table, "token"),
    )
    op.create_index("ix_outreach_event_held", table, ["held_on", "id"])


def _outreach_case() -> None:
    table = "outreach_case"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        *_by(),
        _key(table, "event_id", "outreach_event"),
        _key(table, "case_id", "case_file"),
        _key(table, "by_id", "staff"),
        sa.UniqueConstraint("event_id", "case_id", name=op.f("uq_outreach_case_once")),
    )
    op.create_index(op.f("ix_outreach_case_case_id"), table, ["case_id"])
