"""Remind of a duty by stage, once for each due date and person, and tell of it in one mail a day."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONCE = "uq_duty_reminder_once"
OF_DIGEST = "fk_duty_reminder_digest_id_reminder_digest"


def upgrade() -> None:
    """Make the table of mails. A reminder that was given before this counts as mailed by none."""
    op.create_table(
        "reminder_digest",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("duties", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_reminder_digest_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_digest")),
        sa.UniqueConstraint("staff_id", "on_day", name="uq_reminder_digest_once"),
    )
    with op.batch_alter_table("duty_reminder") as table:
        table.add_column(sa.Column("digest_id", NUMBER, nullable=True))
        table.create_foreign_key(op.f(OF_DIGEST), "reminder_digest", ["digest_id"], ["id"])
        table.drop_constraint(ONCE, type_="unique")
        table.create_unique_constraint(ONCE, ["duty_id", "kind", "due_on", "staff_id"])
        table.create_index("ix_duty_reminder_unmailed", ["digest_id", "seen_at"])


def downgrade() -> None:
    """Keep the first reminder of each kind that was known before, and forget the mails."""
    op.execute("DELETE FROM duty_reminder WHERE kind NOT IN ('day_before', 'on_the_day')")
    op.execute(
        "DELETE FROM duty_reminder WHERE id NOT IN "
        "(SELECT min(id) FROM duty_reminder GROUP BY duty_id, kind)"
    )
    with op.batch_alter_table("duty_reminder") as table:
        table.drop_index("ix_duty_reminder_unmailed")
        table.drop_constraint(ONCE, type_="unique")
        table.create_unique_constraint(ONCE, ["duty_id", "kind"])
        table.drop_constraint(op.f(OF_DIGEST), type_="foreignkey")
        table.drop_column("digest_id")
    op.drop_table("reminder_digest")
