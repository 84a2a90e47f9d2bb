"""Keep the documents of cases, and the letters that case managers write."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)


def upgrade() -> None:
    """Make the tables."""
    _document()
    _document_file()
    _case_letter()


def downgrade() -> None:
    """Take them away again, with everything in them."""
    op.drop_table("case_letter")
    op.drop_table("document_file")
    op.drop_table("document")


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("file_type", WORD, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("digest_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("scanned_at", MOMENT, nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("gone_at", MOMENT, nullable=True),
        sa.Column("gone_by", sa.String(length=100), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_size_is_more_than_nought")),
        sa.CheckConstraint(
            "(state IN ('removed', 'erased')) = (gone_at IS NOT NULL)",
            name=op.f("ck_document_gone_has_moment"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_document_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_document_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_document_seal_key")),
        sa.UniqueConstraint("case_id", "number", name="uq_document_number"),
    )
    op.create_index("ix_document_of_case", "document", ["case_id", "id"])
    op.create_index("ix_document_state", "document", ["state", "id"])
    op.create_index("ix_document_same", "document", ["case_id", "fingerprint"])


def _document_file() -> None:
    op.create_table(
        "document_file",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_file_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
        sa.UniqueConstraint("document_id", name=op.f("uq_document_file_document_id")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_document_file_seal_key")),
    )


def _case_letter() -> None:
    op.create_table(
        "case_letter",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("template", WORD, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("notice_id", NUMBER, nullable=True),
        sa.Column("queued_at", MOMENT, nullable=True),
        sa.Column("dropped_at", MOMENT, nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "notice_id IS NULL OR dropped_at IS NULL",
            name=op.f("ck_case_letter_is_sent_or_thrown_away"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_case_letter_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_letter_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["victim_notice.id"],
            name=op.f("fk_case_letter_notice_id_victim_notice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_letter")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_case_letter_notice_id")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_case_letter_seal_key")),
    )
    op.create_index("ix_case_letter_of_case", "case_letter", ["case_id", "id"])
