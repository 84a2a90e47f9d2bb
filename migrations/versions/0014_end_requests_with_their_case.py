"""End what others were asked about a case when the case is closed, so that it can come back."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TAKEN_BACK = "ck_information_request_ended_with_case_is_taken_back"
REQUEST = sa.table(
    "information_request",
    sa.column("case_id", NUMBER),
    sa.column("withdrawn_at", MOMENT),
    sa.column("ended_at", MOMENT),
    sa.column("ended_with_case", sa.Boolean()),
)
CASE = sa.table("case_file", sa.column("id", NUMBER), sa.column("closed_at", MOMENT))


def upgrade() -> None:
    """Mark each request; what still waits in a case that is closed ended on the day it closed."""
    with op.batch_alter_table("information_request") as table:
        table.add_column(
            sa.Column("ended_with_case", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.create_check_constraint(
            op.f(TAKEN_BACK), "withdrawn_at IS NOT NULL OR NOT ended_with_case"
        )
    closed_at = sa.select(CASE.c.closed_at).where(CASE.c.id == REQUEST.c.case_id).scalar_subquery()
    closed = sa.select(CASE.c.id).where(CASE.c.closed_at.is_not(None))
    op.execute(
        sa.update(REQUEST)
        .where(REQUEST.c.ended_at.is_(None), REQUEST.c.case_id.in_(closed))
        .values(withdrawn_at=closed_at, ended_at=closed_at, ended_with_case=sa.true())
    )


def downgrade() -> None:
    """Let what ended with its case wait again, as it did before, and forget the mark."""
    op.execute(
        sa.update(REQUEST)
        .where(REQUEST.c.ended_with_case.is_(sa.true()))
        .values(withdrawn_at=None, ended_at=None, ended_with_case=sa.false())
    )
    with op.batch_alter_table("information_request") as table:
        table.drop_constraint(op.f(TAKEN_BACK), type_="check")
        table.drop_column("ended_with_case")
