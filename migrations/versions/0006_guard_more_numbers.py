"""Make the tables of people around victims, agencies' contacts and duty, and a number of staff."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "agency",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=220), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("name", name=op.f("uq_agency_name")),
        sa.UniqueConstraint("name_key", name=op.f("uq_agency_name_key")),
    )
    op.create_table(
        "agency_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("work_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_contact_agency_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_contact")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_agency_contact_seal_key")),
    )
    op.create_index(
        op.f("ix_agency_contact_agency_id"), "agency_contact", ["agency_id"], unique=False
    )
    op.create_table(
        "person_around",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "victim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("relation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("speak", sa.String(length=40), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_person_around_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_around")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_person_around_seal_key")),
    )
    op.create_index(
        op.f("ix_person_around_victim_id"), "person_around", ["victim_id"], unique=False
    )
    op.create_table(
        "around_showing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "person_around_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_around_showing_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["person_around_id"],
            ["person_around.id"],
            name=op.f("fk_around_showing_person_around_id_person_around"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_around_showing")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_around_showing_seal_key")),
    )
    op.create_index(
        op.f("ix_around_showing_person_around_id"),
        "around_showing",
        ["person_around_id"],
        unique=False,
    )
    op.create_table(
        "on_duty",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_on_duty_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_duty")),
        sa.UniqueConstraint("day", "staff_id", name="uq_on_duty_once"),
    )
    op.add_column("staff", sa.Column("phone_sealed", sa.LargeBinary(), nullable=True))
    op.create_index(
        "ix_held_place_place", "held_place", ["place", "owner", "owner_id"], unique=False
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_held_place_place", table_name="held_place")
    op.drop_column("staff", "phone_sealed")
    op.drop_table("on_duty")
    op.drop_table("around_showing")
    op.drop_table("person_around")
    op.drop_table("agency_contact")
    op.drop_table("agency")
