"""Make the table of published figures, and the column of what a victim says of disability."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make both. Nobody has been asked yet."""
    op.create_table(
        "published_figures",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("as_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pack_sha256", sa.String(length=64), nullable=False),
        sa.Column("published_by_id", NUMBER, nullable=True),
        sa.Column("published_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["staff.id"],
            name=op.f("fk_published_figures_published_by_id_staff"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figures")),
        sa.UniqueConstraint("first_on", "last_on", name="uq_published_figures_once"),
    )
    op.add_column(
        "victim",
        sa.Column("disability", sa.String(length=40), nullable=False, server_default="not_asked"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("victim", "disability")
    op.drop_table("published_figures")
