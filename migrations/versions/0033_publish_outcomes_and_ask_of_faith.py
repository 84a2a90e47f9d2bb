"""Publish a second kind of figures, ask of orientation and religion, and find cases by their day."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

WORD = sa.String(length=40)
ONCE = "uq_published_figures_once"
INDEXES = (
    ("ix_case_file_opened", "case_file", ["opened_at", "id"]),
    ("ix_case_closing_closed", "case_closing", ["closed_at", "id"]),
    ("ix_partner_referral_sent", "partner_referral", ["sent_at", "id"]),
)


def upgrade() -> None:
    """What was published until now are the figures of the Code. Nobody has been asked yet."""
    with op.batch_alter_table("published_figures") as table:
        table.add_column(sa.Column("kind", WORD, nullable=False, server_default="compliance"))
        table.drop_constraint(ONCE, type_="unique")
        table.create_unique_constraint(ONCE, ["kind", "first_on", "last_on"])
    for name in ("orientation", "religion"):
        op.add_column("victim", sa.Column(name, WORD, nullable=False, server_default="not_asked"))
    for name, table_name, columns in INDEXES:
        op.create_index(name, table_name, columns)


def downgrade() -> None:
    """Take them away again, and with them what was published of outcomes."""
    for name, table_name, _ in INDEXES:
        op.drop_index(name, table_name=table_name)
    for name in ("religion", "orientation"):
        op.drop_column("victim", name)
    op.execute("DELETE FROM published_figures WHERE kind <> 'compliance'")
    with op.batch_alter_table("published_figures") as table:
        table.drop_constraint(ONCE, type_="unique")
        table.drop_column("kind")
        table.create_unique_constraint(ONCE, ["first_on", "last_on"])
