"""Keep offers of restorative justice, views on disposals, and who is called to court."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
NAME = sa.String(length=100)
SEALED = sa.LargeBinary()
KEY = sa.String(length=22)
KNOWN = ("identified", "arrested", "interviewed", "bailed", "rui", "charged")
TABLES = (
    "special_measure_step",
    "special_measure",
    "witness_came",
    "court_witness",
    "disposal_step",
    "disposal_view",
    "restorative_step",
    "restorative_ruling",
    "restorative_offer",
)
ONLY_GROW = ("disposal_step", "restorative_step", "special_measure_step", "witness_came")


def upgrade() -> None:
    """Make the tables, and write down since when a suspect is known."""
    _crime()
    _offer()
    _ruling()
    _step()
    _disposal()
    _disposal_step()
    _witness()
    _came()
    _measure()
    _measure_step()
    for table in ONLY_GROW:
        _only_grows(table)


def downgrade() -> None:
    """Take them away again, with everything in them."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_crime_suspect_known_at", "crime")
    with op.batch_alter_table("crime") as table:
        table.drop_column("suspect_known_at")


def _kept(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _by() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", NAME, nullable=False),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _sealed(table: str) -> tuple[sa.Column, sa.UniqueConstraint]:
    return (
        sa.Column("seal_key", KEY, nullable=False),
        sa.UniqueConstraint("seal_key", name=op.f(f"uq_{table}_seal_key")),
    )


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _crime() -> None:
    """Whoever was named before is known since the crime came to us: nothing says when else."""
    op.add_column("crime", sa.Column("suspect_known_at", MOMENT, nullable=True))
    op.create_index("ix_crime_suspect_known_at", "crime", ["suspect_known_at"])
    crime = sa.table(
        "crime",
        sa.column("id"),
        sa.column("created_at", MOMENT),
        sa.column("suspect_status"),
        sa.column("suspect_known_at", MOMENT),
    )
    happened = sa.table("crime_milestone", sa.column("crime_id"), sa.column("kind"))
    charged = sa.select(happened.c.crime_id).where(
        happened.c.kind.in_(
            (
                *("arrested", "interviewed_under_caution", "bailed", "bail_changed"),
                *("released_under_investigation", "out_of_court_considered"),
                *("out_of_court_disposal", "charged", "hearing_listed", "hearing_held"),
                *("pleaded_guilty", "pleaded_not_guilty", "trial_outcome", "sentenced"),
                "release_planned",
            )
        )
    )
    op.execute(
        crime.update()
        .values(suspect_known_at=crime.c.created_at)
        .where(sa.or_(crime.c.suspect_status.in_(KNOWN), crime.c.id.in_(charged)))
    )


def _offer() -> None:
    table = "restorative_offer"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("who_sealed", SEALED, nullable=True),
        sa.Column("age", WORD, nullable=False),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("explained_on", sa.Date(), nullable=True),
        sa.Column("answer", WORD, nullable=True),
        sa.Column("ask_on", sa.Date(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("satisfaction", WORD, nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        *_sealed(table),
        _key(table, "case_id", "case_file"),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_restorative_offer_once")),
    )
    op.create_index("ix_restorative_offer_again", table, ["ask_on", "id"])


def _ruling() -> None:
    table = "restorative_ruling"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("ruling", WORD, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("stops", sa.String(length=400), nullable=False),
        sa.Column("reason_sealed", SEALED, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        *_by(),
        *_sealed(table),
        _check(table, "kept_until_a_day", "(ruling = 'keep') = (until IS NOT NULL)"),
        _key(table, "case_id", "case_file"),
        _key(table, "by_id", "staff"),
    )
    op.create_index("ix_restorative_ruling_of_case", table, ["case_id", "id"])


def _step() -> None:
    table = "restorative_step"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("offer_id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("how", WORD, nullable=True),
        sa.Column("informed_by", WORD, nullable=True),
        sa.Column("answer", WORD, nullable=True),
        sa.Column("ask_on", sa.Date(), nullable=True),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("satisfaction", WORD, nullable=True),
        sa.Column("who_sealed", SEALED, nullable=True),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("ruling_id", NUMBER, nullable=True),
        sa.Column("takes_back_id", NUMBER, nullable=True),
        *_by(),
        *_sealed(table),
        _check(
            table, "takes_something_back", "(kind = 'taken_back') = (takes_back_id IS NOT NULL)"
        ),
        _check(table, "answer_is_given", "kind <> 'answered' OR answer IS NOT NULL"),
        _check(table, "outcome_is_given", "kind <> 'outcome' OR outcome IS NOT NULL"),
        _key(table, "offer_id", "restorative_offer"),
        _key(table, "case_id", "case_file"),
        _key(table, "ruling_id", "restorative_ruling"),
        _key(table, "takes_back_id", "restorative_step"),
        _key(table, "by_id", "staff"),
        sa.UniqueConstraint("takes_back_id", name=op.f("uq_restorative_step_taken_back_once")),
    )
    op.create_index("ix_restorative_step_of_offer", table, ["offer_id", "id"])
    op.create_index("ix_restorative_step_of_case", table, ["case_id", "kind", "id"])


def _disposal() -> None:
    table = "disposal_view"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("milestone_id", NUMBER, nullable=True),
        sa.Column("disposal", WORD, nullable=False),
        sa.Column("suspect_sealed", SEALED, nullable=True),
        sa.Column("considered_at", MOMENT, nullable=False),
        sa.Column("asked_by", WORD, nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("view_at", MOMENT, nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("decided", WORD, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        *_by(),
        *_sealed(table),
        _check(table, "answer_before_decision", "answer_by IS NULL OR answer_by <= decision_on"),
        _check(table, "decision_has_its_moment", "(decided IS NULL) = (decided_at IS NULL)"),
        _key(table, "case_id", "case_file"),
        _key(table, "milestone_id", "crime_milestone"),
        _key(table, "by_id", "staff"),
    )
    op.create_index("ix_disposal_view_of_case", table, ["case_id", "id"])
    waiting = sa.text("view_at IS NULL AND decided_at IS NULL")
    op.create_index(
        "ix_disposal_view_waiting",
        table,
        ["decision_on", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _disposal_step() -> None:
    table = "disposal_step"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("disposal_id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("how", WORD, nullable=True),
        sa.Column("passed_by", WORD, nullable=True),
        sa.Column("decided", WORD, nullable=True),
        sa.Column("words_sealed", SEALED, nullable=True),
        sa.Column("takes_back_id", NUMBER, nullable=True),
        *_by(),
        *_sealed(table),
        _check(
            table, "takes_something_back", "(kind = 'taken_back') = (takes_back_id IS NOT NULL)"
        ),
        _check(table, "decision_is_given", "kind <> 'decided' OR decided IS NOT NULL"),
        _key(table, "disposal_id", "disposal_view"),
        _key(table, "case_id", "case_file"),
        _key(table, "takes_back_id", "disposal_step"),
        _key(table, "by_id", "staff"),
        sa.UniqueConstraint("takes_back_id", name=op.f("uq_disposal_step_taken_back_once")),
    )
    op.create_index("ix_disposal_step_of_disposal", table, ["disposal_id", "id"])
    op.create_index("ix_disposal_step_of_case", table, ["case_id", "id"])


def _witness() -> None:
    table = "court_witness"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("hearing_id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("called", WORD, nullable=False),
        sa.Column("who_sealed", SEALED, nullable=True),
        sa.Column("support", sa.String(length=200), nullable=False),
        sa.Column("came", WORD, nullable=True),
        sa.Column("why", WORD, nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        *_by(),
        *_sealed(table),
        _check(table, "witness_named", "called <> 'witness' OR who_sealed IS NOT NULL"),
        _check(table, "why_not_came", "why IS NULL OR came = 'did_not_attend'"),
        _key(table, "hearing_id", "hearing"),
        _key(table, "case_id", "case_file"),
        _key(table, "by_id", "staff"),
    )
    op.create_index("ix_court_witness_of_hearing", table, ["hearing_id", "id"])
    op.create_index("ix_court_witness_of_case", table, ["case_id", "hearing_id"])


def _came() -> None:
    table = "witness_came"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("witness_id", NUMBER, nullable=False),
        sa.Column("came", WORD, nullable=False),
        sa.Column("why", WORD, nullable=True),
        *_by(),
        _check(table, "why_not_came", "why IS NULL OR came = 'did_not_attend'"),
        _key(table, "witness_id", "court_witness"),
        _key(table, "by_id", "staff"),
    )
    op.create_index("ix_witness_came_of_witness", table, ["witness_id", "id"])


def _measure() -> None:
    table = "special_measure"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("witness_id", NUMBER, nullable=False),
        sa.Column("measure", WORD, nullable=False),
        sa.Column("ground", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("decision", WORD, nullable=True),
        sa.Column("in_place", sa.Boolean(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        _key(table, "witness_id", "court_witness"),
        sa.UniqueConstraint("witness_id", "measure", name=op.f("uq_special_measure_once")),
    )


def _measure_step() -> None:
    table = "special_measure_step"
    op.create_table(
        table,
        *_kept(table),
        sa.Column("measure_id", NUMBER, nullable=False),
        sa.Column("step", WORD, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        *_by(),
        _key(table, "measure_id", "special_measure"),
        _key(table, "by_id", "staff"),
    )
    op.create_index("ix_special_measure_step_of_measure", table, ["measure_id", "id"])


def _only_grows(table: str) -> None:
    """Triggers go with their table."""
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
