"""Keep programs that send us referrals, what each was answered, and how every file came."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make both tables. A file that came before this counts as brought by a command."""
    op.create_table(
        "api_client",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("feeds", sa.String(length=60), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=True),
        sa.Column("rate", NUMBER, nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("made_by_id", NUMBER, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("minute_at", MOMENT, nullable=True),
        sa.Column("minute_calls", NUMBER, nullable=False),
        sa.CheckConstraint("rate > 0", name=op.f("ck_api_client_rate_is_some")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["staff.id"], name=op.f("fk_api_client_made_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("name", name=op.f("uq_api_client_name")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_client_token_hash")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("client_id", NUMBER, nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("batch_id", NUMBER, nullable=True),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_delivery_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name=op.f("fk_delivery_client_id_api_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("client_id", "key_hash", name="uq_delivery_once"),
    )
    with op.batch_alter_table("import_batch") as table:
        table.add_column(
            sa.Column("way", sa.String(length=40), nullable=False, server_default="command")
        )
        table.add_column(
            sa.Column("reason", sa.String(length=300), nullable=False, server_default="")
        )
    with op.batch_alter_table("kept_reject") as table:
        table.add_column(
            sa.Column("is_warning", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    for name, column in (
        ("import_batch", "way"),
        ("import_batch", "reason"),
        ("kept_reject", "is_warning"),
    ):
        with op.batch_alter_table(name) as table:
            table.alter_column(column, server_default=None)


def downgrade() -> None:
    """Forget the programs and what only they and this version know; the files stay."""
    op.execute("DELETE FROM kept_reject WHERE is_warning")
    op.execute("UPDATE import_batch SET state = 'refused' WHERE state IN ('checking', 'checked')")
    with op.batch_alter_table("kept_reject") as table:
        table.drop_column("is_warning")
    with op.batch_alter_table("import_batch") as table:
        table.drop_column("reason")
        table.drop_column("way")
    op.drop_table("delivery")
    op.drop_table("api_client")
