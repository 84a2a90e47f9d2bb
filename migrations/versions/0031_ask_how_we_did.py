"""Keep who was asked how we did and, with nothing in common, what was said."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
NAME = sa.String(length=100)
SEALED = sa.LargeBinary()
KEY = sa.String(length=22)
PRINT = sa.String(length=64)
MEASURES = ("satisfied", "easy", "informed", "confident", "safer")
TABLES = (
    "survey_concern",
    "survey_count",
    "survey_draft",
    "survey_invitation",
    "survey_slip",
    "survey_try",
    "survey_words",
)


def upgrade() -> None:
    """Make the tables; those of what was said have random keys and no moment."""
    _invitation()
    _draft()
    _try()
    _slip()
    _count()
    _words()
    _concern()


def downgrade() -> None:
    """Take them away again, with everything in them."""
    for table in TABLES:
        op.drop_table(table)


def _kept(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _drawn(table: str) -> tuple[sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _seal(table: str) -> tuple[sa.Column, sa.UniqueConstraint]:
    return (
        sa.Column("seal_key", KEY, nullable=False),
        _once(table, "seal_key"),
    )


def _once(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _invitation() -> None:
    table = "survey_invitation"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("point", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("way", WORD, nullable=True),
        sa.Column("because", WORD, nullable=False),
        sa.Column("invited_at", MOMENT, nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("mail_id", NUMBER, nullable=True),
        sa.Column("token_hash", PRINT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("district", sa.String(length=60), nullable=False),
        sa.Column("crime", WORD, nullable=False),
        sa.Column("category", WORD, nullable=False),
        sa.Column("age", WORD, nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "state <> 'refused' OR because <> ''", name=op.f(f"ck_{table}_refused_says_why")
        ),
        sa.CheckConstraint(
            "state <> 'answered' OR token_hash IS NULL", name=op.f(f"ck_{table}_answered_is_spent")
        ),
        _key(table, "case_id", "case_file"),
        _key(table, "mail_id", "outbound_mail"),
        _once(table, "token_hash"),
        sa.UniqueConstraint("case_id", "point", name=op.f("uq_survey_invitation_once")),
    )
    op.create_index("ix_survey_invitation_state", table, ["state", "id"])
    op.create_index("ix_survey_invitation_invited", table, ["invited_at", "id"])


def _draft() -> None:
    table = "survey_draft"
    op.create_table(
        table,
        *_kept(table),
        *_seal(table),
        sa.Column("token_hash", PRINT, nullable=False),
        sa.Column("typed_sealed", SEALED, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        _once(table, "token_hash"),
    )
    op.create_index("ix_survey_draft_expires_at", table, ["expires_at"])


def _try() -> None:
    table = "survey_try"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("address_index", sa.String(length=32), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
        _once(table, "address_index"),
    )


def _slip() -> None:
    table = "survey_slip"
    op.create_table(
        table,
        *_drawn(table),
        *_seal(table),
        sa.Column("said_sealed", SEALED, nullable=True),
    )


def _count() -> None:
    table = "survey_count"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("dimension", WORD, nullable=False),
        sa.Column("group_name", sa.String(length=80), nullable=False),
        sa.Column("people", NUMBER, nullable=False),
        *(
            sa.Column(f"{measure}_{what}", NUMBER, nullable=False)
            for measure in MEASURES
            for what in ("answers", "positive")
        ),
        sa.CheckConstraint("people >= 5", name=op.f(f"ck_{table}_of_five")),
        sa.UniqueConstraint(
            "counted_on", "dimension", "group_name", name=op.f("uq_survey_count_once")
        ),
    )
    op.create_index("ix_survey_count_month", table, ["month", "dimension", "id"])


def _words() -> None:
    table = "survey_words"
    op.create_table(
        table,
        *_drawn(table),
        *_seal(table),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("shown_sealed", SEALED, nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("read_by", NAME, nullable=False),
    )
    op.create_index("ix_survey_words_state", table, ["state", "month", "id"])


def _concern() -> None:
    table = "survey_concern"
    op.create_table(
        table,
        *_drawn(table),
        *_seal(table),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("found", sa.String(length=200), nullable=False),
        sa.Column("wants_call", sa.Boolean(), nullable=False),
        sa.Column("case_id", NUMBER, nullable=True),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("scores_sealed", SEALED, nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", NAME, nullable=False),
        sa.Column("note_sealed", SEALED, nullable=True),
        sa.CheckConstraint(
            "case_id IS NULL OR wants_call", name=op.f(f"ck_{table}_joined_if_asked")
        ),
        _key(table, "case_id", "case_file"),
    )
    op.create_index("ix_survey_concern_case_id", table, ["case_id"])
    op.create_index("ix_survey_concern_open", table, ["state", "raised_on", "id"])
