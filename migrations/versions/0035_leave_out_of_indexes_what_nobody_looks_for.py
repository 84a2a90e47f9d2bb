"""Leave out of the indexes what nobody looks for by them, so that a new case writes fewer pages.

Words without a manager, entries of the log without a person, and two indexes that begin as a unique
one of their table does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NARROWED = (
    ("ix_search_key_manager", "search_key", ["manager_id", "kind", "key", "id"], "manager_id"),
    ("ix_audit_entry_pace", "audit_entry", ["actor_id", "action", "at"], "actor_id"),
)
COVERED = (
    ("ix_contact_point_victim_id", "contact_point", ["victim_id"]),
    ("ix_case_ground_case_id", "case_ground", ["case_id"]),
)


def upgrade() -> None:
    """Make the narrower ones, and take away the others."""
    for name, table, columns, known in NARROWED:
        where = sa.text(f"{known} IS NOT NULL")
        op.drop_index(name, table)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    for name, table, _ in COVERED:
        op.drop_index(name, table)


def downgrade() -> None:
    """Make them as they were."""
    for name, table, columns, _ in NARROWED:
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    for name, table, columns in COVERED:
        op.create_index(name, table, columns)
