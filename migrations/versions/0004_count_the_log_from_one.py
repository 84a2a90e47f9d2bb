"""Refuse a row of the log that is numbered below the first, which no walk from one would meet."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAME = "audit_entry_counts_from_one"


def upgrade() -> None:
    """Put a constraint on the log; on SQLite a trigger, so that the log is not copied for it.

    Where such a row is there already, the upgrade goes on and the constraint holds for the rows to
    come: `flask audit verify` names the one that was put in.
    """
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {NAME} BEFORE INSERT ON audit_entry WHEN NEW.seq < 1 "
            "BEGIN SELECT RAISE(ABORT, 'audit_entry_counts_from_one'); END"
        )
        return
    was_put_in = op.get_bind().scalar(sa.text("SELECT count(*) FROM audit_entry WHERE seq < 1")) > 0
    op.create_check_constraint(
        op.f(f"ck_{NAME}"), "audit_entry", sa.text("seq > 0"), postgresql_not_valid=was_put_in
    )


def downgrade() -> None:
    """Take it off again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {NAME}")
        return
    op.drop_constraint(op.f(f"ck_{NAME}"), "audit_entry", type_="check")
