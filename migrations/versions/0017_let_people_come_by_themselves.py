"""Make the tables of people who come by themselves, and keep whether a number may be rung."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them; nobody was asked before whether a number may be rung."""
    op.add_column(
        "contact_point",
        sa.Column("call_ok", sa.String(length=40), nullable=False, server_default="not_asked"),
    )
    op.create_table(
        "self_referral",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("referral_id", NUMBER, nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("filled_by", sa.String(length=40), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("police_told", sa.String(length=40), nullable=False),
        sa.Column("danger", sa.String(length=40), nullable=False),
        sa.Column("sharing", sa.String(length=40), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_self_referral_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_referral")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_self_referral_referral_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_self_referral_reference")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_self_referral_seal_key")),
    )
    op.create_table(
        "unsent_referral",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("typed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_as", sa.String(length=12), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsent_referral")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_unsent_referral_token_hash")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_unsent_referral_code_hash")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_unsent_referral_seal_key")),
    )
    op.create_index("ix_unsent_referral_expires_at", "unsent_referral", ["expires_at"])
    op.create_table(
        "door_try",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address_index", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_try")),
    )
    op.create_index("ix_door_try_address", "door_try", ["address_index", "kind", "created_at"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_door_try_address", table_name="door_try")
    op.drop_table("door_try")
    op.drop_index("ix_unsent_referral_expires_at", table_name="unsent_referral")
    op.drop_table("unsent_referral")
    op.drop_table("self_referral")
    op.drop_column("contact_point", "call_ok")
