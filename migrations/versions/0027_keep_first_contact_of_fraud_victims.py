"""Keep the tick lists of fraud cases and the decisions by which they leave the month's list."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
NAME = sa.String(length=100)
SEALED = sa.LargeBinary()
KEY = sa.String(length=22)
STANDS = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    """Make the tables, and the order of the list."""
    _fraud_triage()
    _fraud_decision()
    op.create_index("ix_crime_kind_recorded", "crime", ["kind", "recorded_at", "id"])


def downgrade() -> None:
    """Take them away again, with everything in them."""
    op.drop_index("ix_crime_kind_recorded", table_name="crime")
    op.drop_table("fraud_decision")
    op.drop_table("fraud_triage")


def _kept(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _stands(table: str) -> None:
    op.create_index(
        f"ix_{table}_stands",
        table,
        ["case_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def _fraud_triage() -> None:
    table = "fraud_triage"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("factors_sealed", SEALED, nullable=True),
        sa.Column("denied_sealed", SEALED, nullable=True),
        sa.Column("notes_sealed", SEALED, nullable=True),
        sa.Column("level", NUMBER, nullable=False),
        sa.Column("same_day", sa.Boolean(), nullable=False),
        sa.Column("source", WORD, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.Column("seal_key", KEY, nullable=False),
        sa.CheckConstraint("level IN (1, 2)", name=op.f("ck_fraud_triage_level_one_or_two")),
        _key(table, "case_id", "case_file"),
        _key(table, "by_id", "staff"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_fraud_triage_seal_key")),
    )
    op.create_index(op.f("ix_fraud_triage_case_id"), table, ["case_id"])
    _stands(table)


def _fraud_decision() -> None:
    table = "fraud_decision"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("contact_id", NUMBER, nullable=False),
        sa.Column("decision", WORD, nullable=False),
        sa.Column("reason_sealed", SEALED, nullable=True),
        sa.Column("handed_to_sealed", SEALED, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.Column("seal_key", KEY, nullable=False),
        _key(table, "case_id", "case_file"),
        _key(table, "contact_id", "contact_log"),
        _key(table, "by_id", "staff"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_fraud_decision_seal_key")),
    )
    op.create_index(op.f("ix_fraud_decision_case_id"), table, ["case_id"])
    _stands(table)
