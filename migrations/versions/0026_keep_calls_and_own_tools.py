"""Keep pass-phrases, checks of callers and their messages, and what people keep for their work."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
NAME = sa.String(length=100)
SEALED = sa.LargeBinary()
KEY = sa.String(length=22)
TABLES = (
    "calendar_link",
    "saved_filter",
    "list_choice",
    "call_message",
    "caller_check",
    "pass_phrase",
)


def upgrade() -> None:
    """Make the tables."""
    _pass_phrase()
    _caller_check()
    _call_message()
    _list_choice()
    _saved_filter()
    _calendar_link()


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


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _pass_phrase() -> None:
    table = "pass_phrase"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("victim_id", NUMBER, nullable=False),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("hint_sealed", SEALED, nullable=True),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("set_by_id", NUMBER, nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", KEY, nullable=False),
        _key(table, "victim_id", "victim"),
        _key(table, "set_by_id", "staff"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_pass_phrase_seal_key")),
        sa.UniqueConstraint("victim_id", name=op.f("uq_pass_phrase_victim_id")),
    )


def _caller_check() -> None:
    table = "caller_check"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("victim_id", NUMBER, nullable=False),
        sa.Column("way", WORD, nullable=False),
        sa.Column("was_right", sa.Boolean(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
        _key(table, "case_id", "case_file"),
        _key(table, "victim_id", "victim"),
        _key(table, "by_id", "staff"),
    )
    op.create_index(op.f("ix_caller_check_case_id"), table, ["case_id"])
    op.create_index("ix_caller_check_of_day", table, ["victim_id", "on_day"])


def _call_message() -> None:
    table = "call_message"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=True),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("hours_sealed", SEALED, nullable=True),
        sa.Column("ring_on", sa.Date(), nullable=False),
        sa.Column("way", WORD, nullable=False),
        sa.Column("proof", WORD, nullable=False),
        sa.Column("caller_sealed", SEALED, nullable=True),
        sa.Column("reference_sealed", SEALED, nullable=True),
        sa.Column("number_sealed", SEALED, nullable=True),
        sa.Column("left_at", MOMENT, nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("done_by_id", NUMBER, nullable=True),
        sa.Column("seal_key", KEY, nullable=False),
        _key(table, "case_id", "case_file"),
        _key(table, "by_id", "staff"),
        _key(table, "done_by_id", "staff"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_call_message_seal_key")),
    )
    op.create_index("ix_call_message_of_case", table, ["case_id", "done_at"])
    op.create_index("ix_call_message_waiting", table, ["done_at", "ring_on", "id"])


def _list_choice() -> None:
    table = "list_choice"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("chosen", sa.String(length=200), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        _key(table, "staff_id", "staff"),
        sa.UniqueConstraint("staff_id", name=op.f("uq_list_choice_staff_id")),
    )


def _saved_filter() -> None:
    table = "saved_filter"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("name_sealed", SEALED, nullable=True),
        sa.Column("whose", WORD, nullable=False),
        sa.Column("status", WORD, nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("seal_key", KEY, nullable=False),
        _key(table, "staff_id", "staff"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_saved_filter_seal_key")),
    )
    op.create_index(op.f("ix_saved_filter_staff_id"), table, ["staff_id"])


def _calendar_link() -> None:
    table = "calendar_link"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("token_index", sa.String(length=64), nullable=True),
        sa.Column("with_reference", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _key(table, "staff_id", "staff"),
        sa.UniqueConstraint("staff_id", name=op.f("uq_calendar_link_staff_id")),
        sa.UniqueConstraint("token_index", name=op.f("uq_calendar_link_token_index")),
    )
