"""Make the tables of second factors, drafts, access, oversight and mail."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


AT_ONCE = 1_000
# A fact of the log that names a record of another kind than the row's own.
NAMES = {
    "case_id": "case_file",
    "victim_id": "victim",
    "other_id": "victim",
    "crime_id": "crime",
    "referral_id": "referral",
    "hearing_id": "hearing",
    "defendant_id": "defendant",
    "reference": "case_reference",
}


def upgrade() -> None:
    """Make them, and find again by its record what the log named among others."""
    op.create_table(
        "audit_object",
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.String(length=40), nullable=False),
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("object_type", "object_id", "seq", name=op.f("pk_audit_object")),
    )
    op.create_table(
        "outbound_mail",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.String(length=90), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("send_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=60), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_mail")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_outbound_mail_seal_key")),
    )
    op.create_index(
        "ix_outbound_mail_due", "outbound_mail", ["state", "send_after", "id"], unique=False
    )

    op.create_table(
        "declared_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("point_index", sa.String(length=32), nullable=True),
        sa.Column("address_index", sa.String(length=32), nullable=True),
        sa.Column("postcode_index", sa.String(length=32), nullable=True),
        sa.Column("surname_key", sa.String(length=220), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_declared_contact_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_contact")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_declared_contact_seal_key")),
    )
    op.create_index(
        op.f("ix_declared_contact_address_index"),
        "declared_contact",
        ["address_index"],
        unique=False,
    )
    op.create_index(
        op.f("ix_declared_contact_point_index"), "declared_contact", ["point_index"], unique=False
    )
    op.create_index(
        op.f("ix_declared_contact_postcode_index"),
        "declared_contact",
        ["postcode_index"],
        unique=False,
    )
    op.create_index(
        op.f("ix_declared_contact_staff_id"), "declared_contact", ["staff_id"], unique=False
    )

    op.create_table(
        "draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_draft_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_draft_seal_key")),
        sa.UniqueConstraint("staff_id", "place", name="uq_draft_place"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_notice_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_waiting", "notice", ["staff_id", "seen_at"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("selector", sa.String(length=4), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_recovery_code_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("staff_id", "selector", name="uq_recovery_code_selector"),
    )
    op.create_table(
        "second_factor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "last_step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_second_factor_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_second_factor_seal_key")),
    )
    op.create_index(op.f("ix_second_factor_staff_id"), "second_factor", ["staff_id"], unique=False)

    op.create_table(
        "access_reason",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_access_reason_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_access_reason_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_reason")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_access_reason_seal_key")),
        sa.UniqueConstraint("staff_id", "case_id", "given_on", name="uq_access_reason_day"),
    )
    op.create_table(
        "break_glass",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_break_glass_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_break_glass_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_break_glass_seal_key")),
    )
    op.create_index(op.f("ix_break_glass_case_id"), "break_glass", ["case_id"], unique=False)
    op.create_index(
        "ix_break_glass_open", "break_glass", ["staff_id", "until", "case_id"], unique=False
    )

    op.create_table(
        "case_name",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "named_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_name_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["staff.id"], name=op.f("fk_case_name_named_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_case_name_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_name")),
        sa.UniqueConstraint("case_id", "staff_id", name="uq_case_name_once"),
    )
    op.create_index(op.f("ix_case_name_staff_id"), "case_name", ["staff_id"], unique=False)

    op.create_table(
        "contact_showing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "contact_point_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_contact_showing_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["contact_point_id"],
            ["contact_point.id"],
            name=op.f("fk_contact_showing_contact_point_id_contact_point"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_showing")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_contact_showing_seal_key")),
    )
    op.create_index(
        op.f("ix_contact_showing_contact_point_id"),
        "contact_showing",
        ["contact_point_id"],
        unique=False,
    )

    op.create_table(
        "partner_referral",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=False),
        sa.Column(
            "sent_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_partner_referral_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["staff.id"], name=op.f("fk_partner_referral_sent_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_referral")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_partner_referral_seal_key")),
    )
    op.create_index(
        "ix_partner_referral_agency",
        "partner_referral",
        ["agency", "revoked_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_partner_referral_case_id"), "partner_referral", ["case_id"], unique=False
    )

    op.create_table(
        "access_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "break_glass_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reviewed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["break_glass_id"],
            ["break_glass.id"],
            name=op.f("fk_access_review_break_glass_id_break_glass"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_access_review_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["staff.id"], name=op.f("fk_access_review_reviewed_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_access_review_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_review")),
        sa.UniqueConstraint("about", name="uq_access_review_once"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_access_review_seal_key")),
    )
    op.create_index(op.f("ix_access_review_case_id"), "access_review", ["case_id"], unique=False)
    op.create_index(op.f("ix_access_review_staff_id"), "access_review", ["staff_id"], unique=False)
    op.create_index(
        "ix_access_review_waiting", "access_review", ["reviewed_at", "id"], unique=False
    )

    op.create_index(
        "ix_audit_entry_pace", "audit_entry", ["actor_id", "action", "at"], unique=False
    )

    op.add_column("auth_session", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column("case_file", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column(
        "setup_link",
        sa.Column("purpose", sa.String(length=40), nullable=False, server_default="invitation"),
    )

    op.add_column(
        "sign_in_attempt",
        sa.Column("kind", sa.String(length=40), nullable=False, server_default="password"),
    )

    op.add_column(
        "staff", sa.Column("last_signed_in_at", sa.DateTime(timezone=True), nullable=True)
    )
    name_records()
    keep_growing()


def name_records() -> None:
    """Give each record that an earlier row of the log names among others its line in the index."""
    connection, after = op.get_bind(), 0
    rows_after = sa.text(
        "SELECT seq, object_type, object_id, facts FROM audit_entry "
        "WHERE seq > :after ORDER BY seq LIMIT :at_once"
    )
    insert = sa.text(
        "INSERT INTO audit_object (object_type, object_id, seq) VALUES (:kind, :id, :seq)"
    )
    while rows := connection.execute(rows_after, {"after": after, "at_once": AT_ONCE}).all():
        named = [
            {"kind": kind, "id": one, "seq": row.seq}
            for row in rows
            for kind, one in named_by(row.object_type, row.object_id, json.loads(row.facts))
        ]
        if named:
            connection.execute(insert, named)
        after = rows[-1].seq


def named_by(kind: str, identity: str, facts: dict) -> list:
    """The records that a row names beside its own object."""
    found = [(kind, str(one)) for one in facts.get("ids", ())]
    found += [(other, str(facts[fact])) for fact, other in NAMES.items() if fact in facts]
    return [pair for pair in dict.fromkeys(found) if pair != (kind, identity)]


def keep_growing() -> None:
    """Refuse to change or remove a line of the index, as of the log itself."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_object_keeps_{deed.lower()} BEFORE {deed} ON audit_object "
                "BEGIN SELECT RAISE(ABORT, 'audit_object only grows'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER audit_object_keeps_rows BEFORE UPDATE OR DELETE ON audit_object "
        "FOR EACH ROW EXECUTE FUNCTION only_grows()"
    )
    op.execute(
        "CREATE TRIGGER audit_object_keeps_all BEFORE TRUNCATE ON audit_object "
        "FOR EACH STATEMENT EXECUTE FUNCTION only_grows()"
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("staff", "last_signed_in_at")

    op.drop_column("sign_in_attempt", "kind")

    op.drop_column("setup_link", "purpose")

    op.drop_column("case_file", "erased_at")

    op.drop_column("auth_session", "proved_at")

    op.drop_index("ix_audit_entry_pace", table_name="audit_entry")

    op.drop_index("ix_access_review_waiting", table_name="access_review")
    op.drop_index(op.f("ix_access_review_staff_id"), table_name="access_review")
    op.drop_index(op.f("ix_access_review_case_id"), table_name="access_review")

    op.drop_table("access_review")
    op.drop_index(op.f("ix_partner_referral_case_id"), table_name="partner_referral")
    op.drop_index("ix_partner_referral_agency", table_name="partner_referral")

    op.drop_table("partner_referral")
    op.drop_index(op.f("ix_contact_showing_contact_point_id"), table_name="contact_showing")

    op.drop_table("contact_showing")
    op.drop_index(op.f("ix_case_name_staff_id"), table_name="case_name")

    op.drop_table("case_name")
    op.drop_index("ix_break_glass_open", table_name="break_glass")
    op.drop_index(op.f("ix_break_glass_case_id"), table_name="break_glass")

    op.drop_table("break_glass")
    op.drop_table("access_reason")
    op.drop_index(op.f("ix_second_factor_staff_id"), table_name="second_factor")

    op.drop_table("second_factor")
    op.drop_table("recovery_code")
    op.drop_index("ix_notice_waiting", table_name="notice")

    op.drop_table("notice")
    op.drop_table("draft")
    op.drop_index(op.f("ix_declared_contact_staff_id"), table_name="declared_contact")
    op.drop_index(op.f("ix_declared_contact_postcode_index"), table_name="declared_contact")
    op.drop_index(op.f("ix_declared_contact_point_index"), table_name="declared_contact")
    op.drop_index(op.f("ix_declared_contact_address_index"), table_name="declared_contact")

    op.drop_table("declared_contact")
    op.drop_index("ix_outbound_mail_due", table_name="outbound_mail")

    op.drop_table("outbound_mail")
    op.drop_table("audit_object")
