"""Keep what triage decides, who has a referral in hand, consent, and what is written to victims."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "victim_notice",
    "printing",
    "print_run",
    "contact_try",
    "referral_hold",
    "urgent_mark",
    "triage_decision",
    "consent_given",
)
QUEUE = ("place", "urgency", "pressing", "recorded_at", "id")
DECIDED_BEFORE = (
    "INSERT INTO triage_decision (created_at, referral_id, stage, verdict, decided_at, by_id, "
    "by_name, handed_to, ending, seal_key) "
    "SELECT referral.decided_at, referral.id, 'final', "
    "CASE referral.state WHEN 'declined' THEN 'ended' ELSE 'taken' END, referral.decided_at, "
    "referral.decided_by_id, COALESCE(staff.name, 'Not known'), '', "
    "CASE referral.state WHEN 'declined' THEN 'declined' END, referral.seal_key "
    "FROM referral LEFT JOIN staff ON staff.id = referral.decided_by_id "
    "WHERE referral.decided_at IS NOT NULL"
)


def upgrade() -> None:
    """Make the tables. What was decided before was a final decision; its words stay where they were."""
    _referral()
    op.add_column(
        "outbound_mail", sa.Column("kind", sa.String(length=40), nullable=False, server_default="")
    )
    op.add_column("outbound_mail", sa.Column("about_id", NUMBER, nullable=True))
    _consent()
    _triage()
    _notices()
    op.execute(DECIDED_BEFORE)
    op.execute("UPDATE referral SET ending = 'declined' WHERE state = 'declined'")


def _referral() -> None:
    add = (
        sa.Column("urgency", NUMBER, nullable=False, server_default="1"),
        sa.Column("urgent_because", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("urgency_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("route", sa.String(length=40), nullable=True),
        sa.Column("ending", sa.String(length=40), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
    )
    for column in add:
        op.add_column("referral", column)
    op.drop_index("ix_referral_queue", table_name="referral")
    op.create_index("ix_referral_queue", "referral", list(QUEUE))


def _consent() -> None:
    op.create_table(
        "consent_given",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("victim_id", NUMBER, nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=False),
        sa.Column("agency_key", sa.String(length=220), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(agency_key <> '') = (purpose = 'refer_on')",
            name=op.f("ck_consent_given_agency_where_referred_on"),
        ),
        sa.CheckConstraint(
            "expires_on IS NULL OR answer = 'given'",
            name=op.f("ck_consent_given_only_given_expires"),
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_consent_given_victim_id_victim")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_consent_given_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_given")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_consent_given_seal_key")),
    )
    op.create_index(
        "ix_consent_given_stands", "consent_given", ["victim_id", "purpose", "agency_key", "id"]
    )


def _triage() -> None:
    op.create_table(
        "triage_decision",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("referral_id", NUMBER, nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=True),
        sa.Column("proposed_route", sa.String(length=40), nullable=True),
        sa.Column("ending", sa.String(length=40), nullable=True),
        sa.Column("handed_to", sa.String(length=100), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(handed_to <> '') = (ending IS NOT NULL AND ending = 'out_of_area')",
            name=op.f("ck_triage_decision_handed_on_where_out_of_area"),
        ),
        sa.CheckConstraint(
            "(verdict = 'ended') = (ending IS NOT NULL)",
            name=op.f("ck_triage_decision_ended_says_how"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_triage_decision_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_triage_decision_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage_decision")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_triage_decision_seal_key")),
    )
    op.create_index("ix_triage_decision_referral_id", "triage_decision", ["referral_id"])
    op.create_table(
        "urgent_mark",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("referral_id", NUMBER, nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_urgent_mark_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_urgent_mark_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_mark")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_urgent_mark_seal_key")),
    )
    op.create_index("ix_urgent_mark_referral_id", "urgent_mark", ["referral_id"])
    op.create_table(
        "referral_hold",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("referral_id", NUMBER, nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_hold_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_referral_hold_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_hold")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_referral_hold_referral_id")),
    )
    op.create_index("ix_referral_hold_staff_id", "referral_hold", ["staff_id"])
    op.create_table(
        "contact_try",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("referral_id", NUMBER, nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_contact_try_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_contact_try_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_try")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_contact_try_seal_key")),
    )
    op.create_index("ix_contact_try_referral_id", "contact_try", ["referral_id"])


def _notices() -> None:
    op.create_table(
        "print_run",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_print_run_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
    )
    op.create_table(
        "printing",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("letters", NUMBER, nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_printing_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["print_run.id"], name=op.f("fk_printing_run_id_print_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printing")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_printing_seal_key")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_printing_number")),
    )
    op.create_table(
        "victim_notice",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", NUMBER, nullable=False),
        sa.Column("victim_id", NUMBER, nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("age", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("passed_to", sa.String(length=100), nullable=False),
        sa.Column("is_careful", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("held_because", sa.String(length=40), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_version", NUMBER, nullable=False),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("mail_id", NUMBER, nullable=True),
        sa.Column("address_id", NUMBER, nullable=True),
        sa.Column("run_id", NUMBER, nullable=True),
        sa.Column("letter_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=100), nullable=False),
        sa.Column("because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(state = 'held') = (held_because IS NOT NULL)",
            name=op.f("ck_victim_notice_held_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["outbound_mail.id"], name=op.f("fk_victim_notice_mail_id_outbound_mail")
        ),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_victim_notice_address_id_address")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["print_run.id"], name=op.f("fk_victim_notice_run_id_print_run")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_victim_notice_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_notice")),
        sa.UniqueConstraint("kind", "about_id", name=op.f("uq_victim_notice_once")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_victim_notice_seal_key")),
    )
    op.create_index("ix_victim_notice_run_id", "victim_notice", ["run_id"])
    op.create_index("ix_victim_notice_state", "victim_notice", ["state", "id"])
    op.create_index("ix_victim_notice_victim_id", "victim_notice", ["victim_id"])


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("outbound_mail", "about_id")
    op.drop_column("outbound_mail", "kind")
    op.drop_index("ix_referral_queue", table_name="referral")
    for column in (
        "next_try_at",
        "ending",
        "route",
        "urgency_decided_at",
        "urgent_because",
        "urgency",
    ):
        op.drop_column("referral", column)
    op.create_index("ix_referral_queue", "referral", ["place", "pressing", "recorded_at", "id"])
