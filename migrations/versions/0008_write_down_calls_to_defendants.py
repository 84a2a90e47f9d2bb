"""Make the table of calls to defendants who could not be texted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "court_call",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("rung_index", sa.String(length=32), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_court_call_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_court_call_hearing_id_hearing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_call")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_court_call_seal_key")),
    )
    op.create_index("ix_court_call_about", "court_call", ["hearing_id", "held_on", "id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_court_call_about", table_name="court_call")
    op.drop_table("court_call")
