"""Keep what a text told a defendant, what a person holds back, and why somebody is not texted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HOLD, BAR = "hold", "text_bar"


def upgrade() -> None:
    """Make the two tables and the two columns. Of what was told before, nothing is known."""
    op.create_table(
        "hearing_told",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", NUMBER, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("hearing_id", NUMBER, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("court_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["about_id"], ["hearing.id"], name=op.f("fk_hearing_told_about_id_hearing")
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["court.id"], name=op.f("fk_hearing_told_court_id_court")
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_told_hearing_id_hearing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_told")),
        sa.UniqueConstraint("kind", "about_id", "on_day", name="uq_hearing_told_text"),
    )
    op.create_index(
        "ix_hearing_told_day", "hearing_told", ["on_day", "kind", "about_id"], unique=False
    )
    op.create_index(op.f("ix_hearing_told_hearing_id"), "hearing_told", ["hearing_id"])
    op.create_table(
        "text_hold",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_by", sa.String(length=100), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_hold")),
        sa.UniqueConstraint("on_day", name=op.f("uq_text_hold_on_day")),
    )
    op.add_column("outbound_text", sa.Column(HOLD, sa.Boolean(), nullable=True))
    op.add_column("defendant", sa.Column(BAR, sa.String(length=40), nullable=True))


def downgrade() -> None:
    """Take them away again. A text that is held stays so; a day does not."""
    op.drop_column("defendant", BAR)
    op.drop_column("outbound_text", HOLD)
    op.drop_table("text_hold")
    op.drop_index(op.f("ix_hearing_told_hearing_id"), table_name="hearing_told")
    op.drop_index("ix_hearing_told_day", table_name="hearing_told")
    op.drop_table("hearing_told")
