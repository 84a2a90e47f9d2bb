"""Keep with a case when its victim became enhanced, or standard again.

A case whose category was changed before counts as it stands now, as it did until today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moments; none is known yet."""
    op.add_column("case_file", sa.Column("category_turns", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take the moments away again."""
    op.drop_column("case_file", "category_turns")
