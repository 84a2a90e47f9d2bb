"""Keep the columns of the ministry's return, each version with its days."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLE = "return_column"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = (
    sa.Column("id", NUMBER, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("key", sa.String(length=40), nullable=False),
    sa.Column("heading", sa.String(length=120), nullable=False),
    sa.Column("counted", sa.String(length=80), nullable=False),
    sa.Column("place", sa.Integer(), nullable=False),
    sa.Column("from_on", sa.Date(), nullable=False),
    sa.Column("until_on", sa.Date(), nullable=True),
    sa.Column("by_name", sa.String(length=100), nullable=False),
)


def upgrade() -> None:
    """Make the table; its first rows come with the other rows that every database holds."""
    op.create_table(
        TABLE,
        *COLUMNS,
        sa.CheckConstraint("place > 0", name=op.f("ck_return_column_has_a_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_column")),
    )
    op.create_index("ix_return_column_from", TABLE, ["from_on", "id"])


def downgrade() -> None:
    """Take it away again, with every column that was kept."""
    op.drop_table(TABLE)
