"""Make the tables of updates asked for, of dated facts with their steps, and of orders."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    _wishes()
    _facts()
    _steps()
    _orders()


def downgrade() -> None:
    """Take them away again."""
    for table in ("case_order", "fact_step", "case_fact", "update_wish"):
        op.drop_table(table)


def _wishes() -> None:
    op.create_table(
        "update_wish",
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("every", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(channel IS NULL) = (every = 'no_contact')",
            name=op.f("ck_update_wish_a_way_but_for_no_contact"),
        ),
        _of("update_wish", "case_id", "case_file"),
        _of("update_wish", "by_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_wish")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_update_wish_seal_key")),
    )
    live = "replaced_at IS NULL"
    _standing("uq_update_wish_standing", "update_wish", ["case_id"], live, unique=True)
    _standing("ix_update_wish_due", "update_wish", ["due_on", "id"], live)
    op.create_index("ix_update_wish_of_case", "update_wish", ["case_id", "id"])


def _facts() -> None:
    op.create_table(
        "case_fact",
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        _of("case_fact", "case_id", "case_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_fact")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_case_fact_seal_key")),
    )
    op.create_index("ix_case_fact_of_case", "case_fact", ["case_id", "id"])
    _standing("ix_case_fact_last_on", "case_fact", ["last_on", "id"], "withdrawn_at IS NULL")


def _steps() -> None:
    op.create_table(
        "fact_step",
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("fact_id", KEY, nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=True),
        sa.Column("pence", KEY, nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "pence IS NULL OR pence >= 0", name=op.f("ck_fact_step_nothing_below_zero")
        ),
        _of("fact_step", "fact_id", "case_fact"),
        _of("fact_step", "by_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_step")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_fact_step_seal_key")),
    )
    live = "replaced_at IS NULL"
    _standing("uq_fact_step_standing", "fact_step", ["fact_id", "step"], live, unique=True)
    op.create_index("ix_fact_step_of_fact", "fact_step", ["fact_id", "id"])


def _orders() -> None:
    op.create_table(
        "case_order",
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("conditions_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("replaces_id", KEY, nullable=True),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_case_order_ends_after_it_began"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_because_sealed IS NOT NULL",
            name=op.f("ck_case_order_ended_with_a_reason"),
        ),
        _of("case_order", "case_id", "case_file"),
        _of("case_order", "by_id", "staff"),
        _of("case_order", "replaces_id", "case_order"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_order")),
        sa.UniqueConstraint("replaces_id", name="uq_case_order_replaced_once"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_case_order_seal_key")),
    )
    op.create_index("ix_case_order_of_case", "case_order", ["case_id", "id"])
    live = "replaced_at IS NULL AND ended_on IS NULL"
    _standing("ix_case_order_ends", "case_order", ["ends_on", "id"], live)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _standing(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    """An index over the rows that nothing has taken the place of."""
    live = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=live, postgresql_where=live)
