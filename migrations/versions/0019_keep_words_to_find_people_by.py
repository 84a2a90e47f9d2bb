"""Make the table of the words by which people are found, and fill it from the records held."""

import re
from collections.abc import Iterator

import jellyfish
import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(length=250).with_variant(sa.String(length=250, collation="C"), "postgresql")
AT_ONCE = 1_000
SHORTEST, PARTS, SIX = 3, 6, 6
HELD = """
SELECT v.id AS victim_id, v.created_at, v.name_key, v.surname_key, v.date_of_birth,
       v.victim_reference, c.id AS case_id, c.team_id, c.manager_id, c.restricted,
       c.reference, k.reference_key, k.kind AS crime_kind
FROM victim v JOIN case_file c ON c.victim_id = v.id JOIN crime k ON k.id = c.crime_id
WHERE c.erased_at IS NULL
UNION ALL
SELECT v.id, v.created_at, v.name_key, v.surname_key, v.date_of_birth, v.victim_reference,
       NULL, NULL, NULL, NULL, r.source_reference, k.reference_key, k.kind
FROM victim v JOIN referral r ON r.victim_id = v.id JOIN crime k ON k.id = r.crime_id
WHERE r.case_id IS NULL
"""


def upgrade() -> None:
    """Make it, and fill it."""
    table = op.create_table(
        "search_key",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("victim_id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("team_id", NUMBER, nullable=True),
        sa.Column("manager_id", NUMBER, nullable=True),
        sa.Column("is_fraud", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_search_key_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_search_key_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_key")),
    )
    _fill(table)
    word = ["kind", "key", "id"]
    op.create_index("ix_search_key_case_id", "search_key", ["case_id"])
    op.create_index("ix_search_key_victim_id", "search_key", ["victim_id"])
    op.create_index("ix_search_key_word", "search_key", word)
    op.create_index("ix_search_key_team", "search_key", ["team_id", *word])
    op.create_index("ix_search_key_manager", "search_key", ["manager_id", *word])
    op.create_index(
        "ix_search_key_fraud",
        "search_key",
        word,
        sqlite_where=sa.text("is_fraud = 1"),
        postgresql_where=sa.text("is_fraud"),
    )
    op.create_index(
        "ix_search_key_no_case",
        "search_key",
        word,
        sqlite_where=sa.text("case_id IS NULL"),
        postgresql_where=sa.text("case_id IS NULL"),
    )


def downgrade() -> None:
    """Take it away again: everything in it can be made anew."""
    op.drop_table("search_key")


def _fill(table: sa.Table) -> None:
    connection = op.get_bind()
    held = sa.text(HELD).columns(
        created_at=sa.DateTime(timezone=True), date_of_birth=sa.Date(), restricted=sa.Boolean()
    )
    rows = connection.execute(held).mappings()
    for lot in rows.partitions(AT_ONCE):
        made = [dict(zip(_COLUMNS, row, strict=True)) for one in lot for row in _keys(one)]
        connection.execute(sa.insert(table), made)


_COLUMNS = (
    "created_at", "victim_id", "case_id", "kind", "key", "team_id", "manager_id", "is_fraud",
    "restricted",
)  # fmt: skip


def _keys(held: sa.RowMapping) -> Iterator[tuple[object, ...]]:
    start = (held["created_at"], held["victim_id"], held["case_id"])
    end = (
        held["team_id"],
        held["manager_id"],
        held["case_id"] is not None and held["crime_kind"] == "fraud",
        bool(held["restricted"]),
    )
    kept = dict.fromkeys([*_of_name(held), *_of_references(held)])
    for kind, key in kept:
        yield (*start, kind, key[:250], *end)


def _of_name(held: sa.RowMapping) -> Iterator[tuple[str, str]]:
    name, surname = held["name_key"], held["surname_key"]
    before = name.removesuffix(surname).strip() if surname else ""
    if name:
        yield "name", name
    words = surname.split(" ")[:PARTS]
    for part in (surname, *(" ".join(words[start:]) for start in range(1, len(words)))):
        yield "surname", f"{part} {before}".strip()
        yield "sound", f"{jellyfish.metaphone(part) or part} {before}"
    if held["date_of_birth"]:
        yield "born", held["date_of_birth"].isoformat()


def _of_references(held: sa.RowMapping) -> Iterator[tuple[str, str]]:
    for reference in (held["reference"], held["reference_key"], held["victim_reference"]):
        whole = (reference or "").upper().strip()
        own = re.fullmatch(r"BCN-([0-9A-Z]{5})", whole)
        parts = [own[1]] if own else [whole, *_tails(whole)]
        for part in dict.fromkeys(one for one in parts if len(one) >= SHORTEST):
            yield "reference", part


def _tails(whole: str) -> list[str]:
    tails = [whole[match.end() :] for match in re.finditer(r"[^A-Z0-9]+", whole)]
    digits = re.search(r"[0-9]+$", whole)
    if digits and len(digits[0]) >= SIX:
        tails += [digits[0].lstrip("0"), digits[0][-SIX:]]
    return tails[: PARTS - 1]
