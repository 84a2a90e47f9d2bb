"""Make the inbox of replies, people's decisions about numbers, and what was asked of texts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them. A number that is marked already was marked when its row was made."""
    op.create_table(
        "inbound_reply",
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("provider_sid", sa.String(length=40), nullable=False),
        sa.Column("from_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("from_index", sa.String(length=32), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("media", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("is_protected", sa.Boolean(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("text_id", KEY, nullable=True),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.Column("handled_by", sa.String(length=100), nullable=False),
        sa.Column("handled_by_id", KEY, nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "handled_at IS NULL OR handled_by <> ''",
            name=op.f("ck_inbound_reply_handled_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["handled_by_id"], ["staff.id"], name=op.f("fk_inbound_reply_handled_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["outbound_text.id"], name=op.f("fk_inbound_reply_text_id_outbound_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_reply")),
        sa.UniqueConstraint("provider_sid", name=op.f("uq_inbound_reply_provider_sid")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_inbound_reply_seal_key")),
    )
    op.create_index(op.f("ix_inbound_reply_from_index"), "inbound_reply", ["from_index"])
    op.create_index(op.f("ix_inbound_reply_text_id"), "inbound_reply", ["text_id"])
    op.create_index("ix_inbound_reply_waiting", "inbound_reply", ["handled_at", "is_urgent", "id"])
    op.create_table(
        "inbound_day",
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("phone_index", sa.String(length=32), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("count", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_day")),
        sa.UniqueConstraint("phone_index", "on_day", name="uq_inbound_day_once"),
    )
    op.create_table(
        "number_decision",
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("number_id", KEY, nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["number_id"],
            ["suppressed_number.id"],
            name=op.f("fk_number_decision_number_id_suppressed_number"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_number_decision_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_decision")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_number_decision_seal_key")),
    )
    op.create_index(op.f("ix_number_decision_number_id"), "number_decision", ["number_id"])
    op.add_column("outbound_text", sa.Column("asked_at", MOMENT, nullable=True))
    op.add_column("outbound_text", sa.Column("redacted_at", MOMENT, nullable=True))
    op.add_column("suppressed_number", sa.Column("flagged_at", MOMENT, nullable=True))
    op.execute("UPDATE suppressed_number SET flagged_at = created_at")
    with op.batch_alter_table("suppressed_number") as batch_op:
        batch_op.alter_column("flagged_at", existing_type=MOMENT, nullable=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("suppressed_number", "flagged_at")
    op.drop_column("outbound_text", "redacted_at")
    op.drop_column("outbound_text", "asked_at")
    for table in ("number_decision", "inbound_day", "inbound_reply"):
        op.drop_table(table)
