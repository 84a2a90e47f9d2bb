"""Make the keys by which people are found again, and keep who said what of each link, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them. The keys themselves need a secret: a job makes those of the records held."""
    op.create_table(
        "person_key",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("victim_id", NUMBER, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_person_key_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_key")),
        sa.UniqueConstraint("value", "victim_id", name=op.f("uq_person_key_once")),
    )
    op.create_index(op.f("ix_person_key_victim_id"), "person_key", ["victim_id"])
    op.create_table(
        "person_link_decision",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link_id", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_person_link_decision_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["person_link.id"],
            name=op.f("fk_person_link_decision_link_id_person_link"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link_decision")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_person_link_decision_seal_key")),
    )
    op.create_index(op.f("ix_person_link_decision_link_id"), "person_link_decision", ["link_id"])
    # What was said before is the first line of each link's history.
    op.execute(
        "INSERT INTO person_link_decision (created_at, link_id, state, basis, by_id, seal_key)"
        " SELECT coalesce(decided_at, created_at), id, state, basis, decided_by_id,"
        " 'before-' || id FROM person_link"
    )
    op.add_column("address", sa.Column("street_index", sa.String(length=32), nullable=True))
    op.add_column("referral", sa.Column("repeats", sa.String(length=40), nullable=True))
    op.add_column("victim", sa.Column("keys_made", NUMBER, nullable=False, server_default="0"))
    op.create_index(op.f("ix_victim_keys_made"), "victim", ["keys_made"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f("ix_victim_keys_made"), table_name="victim")
    op.drop_column("victim", "keys_made")
    op.drop_column("referral", "repeats")
    op.drop_column("address", "street_index")
    op.drop_index(op.f("ix_person_link_decision_link_id"), table_name="person_link_decision")
    op.drop_table("person_link_decision")
    op.drop_index(op.f("ix_person_key_victim_id"), table_name="person_key")
    op.drop_table("person_key")
