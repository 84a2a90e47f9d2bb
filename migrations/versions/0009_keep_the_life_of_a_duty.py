"""Keep what happened to each duty, why it was late, its pauses, and bank holidays given here."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables and columns; a duty that is there begins with how it stands now."""
    op.create_table(
        "bank_holiday_override",
        sa.Column("id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_holiday", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_holiday_override")),
        sa.UniqueConstraint("day", name=op.f("uq_bank_holiday_override_day")),
    )
    op.create_table(
        "duty_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duty_id", ID, nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("enhanced", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_duty_event_by_id_staff")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_event_duty_id_duty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_event")),
    )
    op.create_index("ix_duty_event_of_duty", "duty_event", ["duty_id", "id"])
    op.add_column("duty", sa.Column("late_because_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("duty", sa.Column("recovery_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("duty", sa.Column("paused_on", sa.Date(), nullable=True))
    op.add_column("duty", sa.Column("stood_still", ID, nullable=False, server_default="0"))
    op.execute(
        "INSERT INTO duty_event"
        " (created_at, duty_id, what, state, due_on, enhanced, told_at, by_id)"
        " SELECT created_at, id, 'opened', 'open', due_on, enhanced, NULL, NULL FROM duty"
    )
    op.execute(
        "INSERT INTO duty_event"
        " (created_at, duty_id, what, state, due_on, enhanced, told_at, by_id)"
        " SELECT COALESCE(told_at, created_at), id,"
        " CASE WHEN told_at IS NULL THEN 'set_aside' ELSE 'told' END,"
        " state, due_on, enhanced, told_at, told_by_id FROM duty WHERE state <> 'open'"
    )


def downgrade() -> None:
    """Take them away again."""
    for name in ("stood_still", "paused_on", "recovery_sealed", "late_because_sealed"):
        op.drop_column("duty", name)
    op.drop_index("ix_duty_event_of_duty", table_name="duty_event")
    op.drop_table("duty_event")
    op.drop_table("bank_holiday_override")
