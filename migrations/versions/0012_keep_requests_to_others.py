"""Make the table of what others were asked for: the officer, the CPS, Witness Care."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "information_request",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("asked_of", sa.String(length=40), nullable=False),
        sa.Column("milestone", sa.String(length=40), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", NUMBER, nullable=True),
        sa.Column("chase_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", NUMBER, nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "milestone IS NOT NULL OR words_sealed IS NOT NULL",
            name=op.f("ck_information_request_asks_for_something"),
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR answer_sealed IS NOT NULL",
            name=op.f("ck_information_request_answered_has_words"),
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR withdrawn_at IS NULL",
            name=op.f("ck_information_request_ends_once"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["staff.id"], name=op.f("fk_information_request_asked_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_information_request_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["staff.id"], name=op.f("fk_information_request_ended_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_information_request_seal_key")),
    )
    op.create_index(
        "ix_information_request_of_case",
        "information_request",
        ["case_id", "ended_at", "chase_on"],
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_information_request_of_case", table_name="information_request")
    op.drop_table("information_request")
