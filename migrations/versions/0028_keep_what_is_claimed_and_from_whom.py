"""Keep firms, what a scheme asks of a payment, and the log, letters and clocks of a claim."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
NAME = sa.String(length=100)
TOKEN = sa.String(length=43)
SEALED = sa.LargeBinary()
KEY = sa.String(length=22)
NOT_KNOWN = ("destination", "payer", "in_pounds", "is_dispute", "had_signed")


def upgrade() -> None:
    """Make the tables; of what was logged before it is not known what a scheme asks now."""
    _bank_contact()
    _loss()
    _bank_claim()
    _claim_letter()
    _claim_event()
    _only_grows()


def downgrade() -> None:
    """Take them away again, with everything in them."""
    op.drop_table("claim_event")
    op.drop_table("claim_letter")
    op.drop_index("ix_bank_claim_bank", "bank_claim")
    op.drop_index("ix_bank_claim_made", "bank_claim")
    with op.batch_alter_table("bank_claim") as batch:
        batch.drop_constraint("fk_bank_claim_bank_id_bank_contact", type_="foreignkey")
        for column in _of_claim():
            batch.drop_column(column.name)
    op.create_index("ix_bank_claim_made", "bank_claim", ["made_on"])
    with op.batch_alter_table("loss") as batch:
        for name in (*NOT_KNOWN, "price_pence"):
            batch.drop_column(name)
    op.drop_table("bank_contact")


def _kept(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _bank_contact() -> None:
    table = "bank_contact"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("group_name", NAME, nullable=False),
        sa.Column("brands", sa.String(length=200), nullable=False),
        sa.Column("telephone", WORD, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("opening", sa.String(length=200), nullable=False),
        sa.Column("crm_known", sa.Boolean(), nullable=False),
        sa.Column("crm_from", sa.Date(), nullable=True),
        sa.Column("crm_to", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", NAME, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.CheckConstraint(
            "crm_to IS NULL OR (crm_from IS NOT NULL AND crm_to >= crm_from)",
            name=op.f("ck_bank_contact_signed_before_it_left"),
        ),
        sa.UniqueConstraint("name_key", name=op.f("uq_bank_contact_name_key")),
    )


def _loss() -> None:
    """Each with what it says of the rows that are there, which is then no default any more."""
    for name in NOT_KNOWN:
        op.add_column("loss", sa.Column(name, WORD, nullable=False, server_default="not_known"))
    op.add_column("loss", sa.Column("price_pence", NUMBER, nullable=True))
    with op.batch_alter_table("loss") as batch:
        for name in NOT_KNOWN:
            batch.alter_column(name, server_default=None, existing_type=WORD)


def _of_claim() -> tuple[sa.Column, ...]:
    return (
        sa.Column("bank_id", NUMBER, nullable=True),
        sa.Column("final_response_on", sa.Date(), nullable=True),
        sa.Column("refusal_ground", WORD, nullable=True),
        sa.Column("late_because_sealed", SEALED, nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("stopped_days", NUMBER, nullable=False, server_default="0"),
        sa.Column("complained_on", sa.Date(), nullable=True),
        sa.Column("ombudsman_step", WORD, nullable=True),
        sa.Column("ombudsman_on", sa.Date(), nullable=True),
        sa.Column("ombudsman_reference_sealed", SEALED, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
    )


def _bank_claim() -> None:
    """An appeal that was made before began its clock on the day that stands on it."""
    for column in _of_claim():
        op.add_column("bank_claim", column)
    op.execute("UPDATE bank_claim SET complained_on = replied_on WHERE status = 'appealed'")
    op.execute(
        "UPDATE bank_claim SET final_response_on = replied_on "
        "WHERE ombudsman_by IS NOT NULL AND status <> 'appealed'"
    )
    op.execute("UPDATE bank_claim SET refusal_ground = 'none_given' WHERE status = 'refused'")
    op.drop_index("ix_bank_claim_made", table_name="bank_claim")
    with op.batch_alter_table("bank_claim") as batch:
        batch.alter_column("stopped_days", server_default=None, existing_type=NUMBER)
        batch.create_foreign_key(
            "fk_bank_claim_bank_id_bank_contact", "bank_contact", ["bank_id"], ["id"]
        )
    op.create_index("ix_bank_claim_made", "bank_claim", ["made_on", "id"])
    op.create_index("ix_bank_claim_bank", "bank_claim", ["bank_id", "made_on", "id"])


def _claim_letter() -> None:
    table = "claim_letter"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("claim_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("dropped_at", MOMENT, nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
        sa.Column("token", TOKEN, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", KEY, nullable=False),
        _key(table, "case_id", "case_file"),
        _key(table, "claim_id", "bank_claim"),
        _key(table, "by_id", "staff"),
        sa.CheckConstraint(
            "sent_on IS NULL OR dropped_at IS NULL",
            name=op.f("ck_claim_letter_is_sent_or_thrown_away"),
        ),
        sa.UniqueConstraint("seal_key", name=op.f("uq_claim_letter_seal_key")),
        sa.UniqueConstraint("token", name=op.f("uq_claim_letter_token")),
    )
    op.create_index(op.f("ix_claim_letter_case_id"), table, ["case_id"])
    op.create_index("ix_claim_letter_of_claim", table, ["claim_id", "id"])


def _claim_event() -> None:
    table = "claim_event"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("claim_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("channel", WORD, nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("spoke_to_sealed", SEALED, nullable=True),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("next_step_sealed", SEALED, nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("letter_id", NUMBER, nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
        sa.Column("token", TOKEN, nullable=True),
        sa.Column("seal_key", KEY, nullable=False),
        _key(table, "case_id", "case_file"),
        _key(table, "claim_id", "bank_claim"),
        _key(table, "letter_id", "claim_letter"),
        _key(table, "by_id", "staff"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_claim_event_seal_key")),
        sa.UniqueConstraint("token", name=op.f("uq_claim_event_token")),
    )
    op.create_index(op.f("ix_claim_event_case_id"), table, ["case_id"])
    op.create_index("ix_claim_event_of_claim", table, ["claim_id", "id"])


def _only_grows() -> None:
    """What was done for a claim is never changed: triggers go with their table."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER claim_event_keeps_{deed.lower()} BEFORE {deed} ON claim_event "
                "BEGIN SELECT RAISE(ABORT, 'claim_event only grows'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER claim_event_keeps_rows BEFORE UPDATE OR DELETE ON claim_event "
        "FOR EACH ROW EXECUTE FUNCTION only_grows()"
    )
    op.execute(
        "CREATE TRIGGER claim_event_keeps_all BEFORE TRUNCATE ON claim_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION only_grows()"
    )
