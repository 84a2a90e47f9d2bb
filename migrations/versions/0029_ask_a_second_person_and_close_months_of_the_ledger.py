"""Ask a second person for the ledger, close its months, keep what was published and banks' letters.

Revision 0029. A row of the ledger says on which day it counts; those there are count on the day
they happened. The triggers stand aside for that one change, and stand again after it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
NAME = sa.String(length=100)
SEALED = sa.LargeBinary()
KEY = sa.String(length=22)
INDEX = sa.String(length=32)
TOKEN = sa.String(length=43)
GROWS = ("month_close", "month_figure", "opening_balance", "letter_line", "bank_letter")
GROWN = ("counted_on", "paper_index", "bank_index", "approved_by_id", "approved_by_name")
TABLES = (
    "letter_line", "bank_letter", "ledger_proposal", "opening_balance", "month_figure",
    "month_close",
)  # fmt: skip


def upgrade() -> None:
    """Let the ledger say when a row counts and who approved it, and make the tables beside it."""
    _release("ledger_entry")
    _grow_ledger()
    _month_close()
    _month_figure()
    _opening_balance()
    _ledger_proposal()
    _bank_letter()
    _letter_line()
    for table in ("ledger_entry", *GROWS):
        _hold(table)
    _keep_months()


def downgrade() -> None:
    """Take them away again, with everything in them."""
    _release("ledger_entry")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER IF EXISTS ledger_entry_keeps_months")
    else:
        op.execute("DROP TRIGGER ledger_entry_keeps_months ON ledger_entry")
        op.execute("DROP FUNCTION months_stay_closed()")
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_ledger_entry_list", "ledger_entry")
    op.drop_index("ix_ledger_entry_period", "ledger_entry")
    op.drop_index(op.f("ix_ledger_entry_paper_index"), "ledger_entry")
    op.drop_index(op.f("ix_ledger_entry_bank_index"), "ledger_entry")
    with op.batch_alter_table("ledger_entry") as table:
        table.drop_constraint(op.f("ck_ledger_entry_never_counted_before"), type_="check")
        table.drop_constraint(op.f("fk_ledger_entry_approved_by_id_staff"), type_="foreignkey")
        for name in GROWN:
            table.drop_column(name)
    op.create_index("ix_ledger_entry_period", "ledger_entry", ["kind", "happened_on"])
    _hold("ledger_entry")


def _release(table: str) -> None:
    """Take the triggers off a table that only grows."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_keeps_{deed}")
        return
    op.execute(f"DROP TRIGGER {table}_keeps_rows ON {table}")
    op.execute(f"DROP TRIGGER {table}_keeps_all ON {table}")


def _hold(table: str) -> None:
    """Refuse to change or remove a row of the table; PostgreSQL also refuses TRUNCATE."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_keeps_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION only_grows()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION only_grows()"
    )


def _keep_months() -> None:
    """Refuse a row of the ledger that would count in a month that is closed."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER ledger_entry_keeps_months BEFORE INSERT ON ledger_entry "
            "WHEN NEW.counted_on < (SELECT max(open_from) FROM month_close) "
            "BEGIN SELECT RAISE(ABORT, 'this month of the ledger is closed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION months_stay_closed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.counted_on < (SELECT max(open_from) FROM month_close) THEN "
        "RAISE EXCEPTION 'this month of the ledger is closed'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER ledger_entry_keeps_months BEFORE INSERT ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION months_stay_closed()"
    )


def _grow_ledger() -> None:
    op.drop_index("ix_ledger_entry_period", "ledger_entry")
    with op.batch_alter_table("ledger_entry") as table:
        table.add_column(sa.Column("counted_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("paper_index", INDEX, nullable=True))
        table.add_column(sa.Column("bank_index", INDEX, nullable=True))
        table.add_column(sa.Column("approved_by_id", NUMBER, nullable=True))
        table.add_column(sa.Column("approved_by_name", NAME, nullable=True))
    op.execute("UPDATE ledger_entry SET counted_on = happened_on")
    with op.batch_alter_table("ledger_entry") as table:
        table.alter_column("counted_on", existing_type=sa.Date(), nullable=False)
        table.create_check_constraint(
            op.f("ck_ledger_entry_never_counted_before"), "counted_on >= happened_on"
        )
        table.create_foreign_key(
            op.f("fk_ledger_entry_approved_by_id_staff"), "staff", ["approved_by_id"], ["id"]
        )
    op.create_index("ix_ledger_entry_period", "ledger_entry", ["kind", "counted_on"])
    op.create_index("ix_ledger_entry_list", "ledger_entry", ["counted_on", "id"])
    op.create_index(op.f("ix_ledger_entry_paper_index"), "ledger_entry", ["paper_index"])
    op.create_index(op.f("ix_ledger_entry_bank_index"), "ledger_entry", ["bank_index"])


def _kept(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _month_close() -> None:
    table = "month_close"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("open_from", sa.Date(), nullable=False),
        sa.Column("entries", NUMBER, nullable=False),
        sa.Column("closed_by_id", NUMBER, nullable=True),
        sa.Column("closed_by_name", NAME, nullable=False),
        _key(table, "closed_by_id", "staff"),
        sa.UniqueConstraint("month", name=op.f("uq_month_close_month")),
    )


def _month_figure() -> None:
    table = "month_figure"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("close_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("route", WORD, nullable=False),
        sa.Column("contribution", WORD, nullable=False),
        sa.Column("amount_pence", NUMBER, nullable=False),
        sa.Column("entries", NUMBER, nullable=False),
        _key(table, "close_id", "month_close"),
        sa.UniqueConstraint(
            "close_id", "kind", "route", "contribution", name=op.f("uq_month_figure_once")
        ),
    )


def _opening_balance() -> None:
    table = "opening_balance"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("amount_pence", NUMBER, nullable=False),
        sa.Column("source_sealed", SEALED, nullable=True),
        sa.Column("use", NUMBER, nullable=False),
        sa.Column("reverses_id", NUMBER, nullable=True),
        sa.Column("logged_by_id", NUMBER, nullable=True),
        sa.Column("logged_by_name", NAME, nullable=False),
        sa.Column("approved_by_id", NUMBER, nullable=True),
        sa.Column("approved_by_name", NAME, nullable=False),
        sa.Column("seal_key", KEY, nullable=False),
        sa.CheckConstraint(
            "(reverses_id IS NULL AND amount_pence > 0) "
            "OR (reverses_id IS NOT NULL AND amount_pence < 0)",
            name=op.f("ck_opening_balance_only_a_reversal_is_negative"),
        ),
        sa.CheckConstraint(
            "kind IN ('recovered', 'prevented')", name=op.f("ck_opening_balance_counted_kind")
        ),
        _key(table, "reverses_id", table),
        _key(table, "logged_by_id", "staff"),
        _key(table, "approved_by_id", "staff"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_opening_balance_seal_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_opening_balance_reverses_id")),
        sa.UniqueConstraint("year", "kind", "use", name=op.f("uq_opening_balance_once")),
    )


def _ledger_proposal() -> None:
    table = "ledger_proposal"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("what", WORD, nullable=False),
        sa.Column("case_id", NUMBER, nullable=True),
        sa.Column("loss_id", NUMBER, nullable=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("route", WORD, nullable=True),
        sa.Column("contribution", WORD, nullable=True),
        sa.Column("amount_pence", NUMBER, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("year", NUMBER, nullable=True),
        sa.Column("evidence_sealed", SEALED, nullable=True),
        sa.Column("evidence_index", INDEX, nullable=True),
        sa.Column("paper_index", INDEX, nullable=True),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("reverses_id", NUMBER, nullable=True),
        sa.Column("reverses_opening_id", NUMBER, nullable=True),
        sa.Column("together_pence", NUMBER, nullable=False),
        sa.Column("proposed_by_id", NUMBER, nullable=True),
        sa.Column("proposed_by_name", NAME, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("decided_by_name", NAME, nullable=True),
        sa.Column("because_sealed", SEALED, nullable=True),
        sa.Column("token", TOKEN, nullable=False),
        sa.Column("seal_key", KEY, nullable=False),
        sa.CheckConstraint(
            "what IN ('opening', 'opening_reversal') OR case_id IS NOT NULL",
            name=op.f("ck_ledger_proposal_of_a_case"),
        ),
        sa.CheckConstraint(
            "state = 'waiting' OR decided_by_id IS NOT NULL",
            name=op.f("ck_ledger_proposal_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR proposed_by_id IS NULL OR decided_by_id <> proposed_by_id",
            name=op.f("ck_ledger_proposal_decided_by_another"),
        ),
        _key(table, "case_id", "case_file"),
        _key(table, "loss_id", "loss"),
        _key(table, "reverses_id", "ledger_entry"),
        _key(table, "reverses_opening_id", "opening_balance"),
        _key(table, "proposed_by_id", "staff"),
        _key(table, "decided_by_id", "staff"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_ledger_proposal_seal_key")),
        sa.UniqueConstraint("token", name=op.f("uq_ledger_proposal_token")),
    )
    op.create_index(op.f("ix_ledger_proposal_case_id"), table, ["case_id"])
    op.create_index(op.f("ix_ledger_proposal_evidence_index"), table, ["evidence_index"])
    op.create_index("ix_ledger_proposal_waiting", table, ["state", "created_at", "id"])


def _bank_letter() -> None:
    table = "bank_letter"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("lines", NUMBER, nullable=False),
        sa.Column("rejected", NUMBER, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
        _key(table, "by_id", "staff"),
        sa.UniqueConstraint("digest", name=op.f("uq_bank_letter_digest")),
    )


def _letter_line() -> None:
    table = "letter_line"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("letter_id", NUMBER, nullable=False),
        sa.Column("row_no", NUMBER, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_pence", NUMBER, nullable=False),
        sa.Column("reference_sealed", SEALED, nullable=True),
        sa.Column("reference_index", INDEX, nullable=False),
        sa.Column("payee_sealed", SEALED, nullable=True),
        sa.Column("ours_sealed", SEALED, nullable=True),
        sa.Column("case_id", NUMBER, nullable=True),
        sa.Column("seal_key", KEY, nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_letter_line_paid_something")),
        _key(table, "letter_id", "bank_letter"),
        _key(table, "case_id", "case_file"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_letter_line_seal_key")),
        sa.UniqueConstraint("letter_id", "row_no", name=op.f("uq_letter_line_row")),
    )
    op.create_index(op.f("ix_letter_line_reference_index"), table, ["reference_index"])
    op.create_index(op.f("ix_letter_line_case_id"), table, ["case_id"])
