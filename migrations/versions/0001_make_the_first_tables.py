"""Make the first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "audit_entry",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor_name", sa.String(length=100), nullable=False),
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("operation", sa.String(length=20), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("key_id", sa.String(length=12), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_action"), ["action"], unique=False)
        batch_op.create_index(
            "ix_audit_entry_actor", ["actor_kind", "actor_id", "seq"], unique=False
        )
        batch_op.create_index("ix_audit_entry_at", ["at", "seq"], unique=False)
        batch_op.create_index(
            "ix_audit_entry_object", ["object_type", "object_id", "seq"], unique=False
        )

    op.create_table(
        "court",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("area_code", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("opening", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("in_county", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court")),
        sa.UniqueConstraint("code", name=op.f("uq_court_code")),
    )
    with op.batch_alter_table("court", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_court_name_key"), ["name_key"], unique=False)

    op.create_table(
        "crime",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("reference_key", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offence", sa.String(length=200), nullable=False),
        sa.Column("offence_code", sa.String(length=20), nullable=False),
        sa.Column("offence_on", sa.Date(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("district", sa.String(length=60), nullable=False),
        sa.Column("officer_name", sa.String(length=100), nullable=False),
        sa.Column("officer_collar", sa.String(length=20), nullable=False),
        sa.Column("officer_email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suspect_status", sa.String(length=40), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crime")),
        sa.UniqueConstraint("reference_key", name=op.f("uq_crime_reference_key")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_crime_seal_key")),
    )
    with op.batch_alter_table("crime", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crime_district"), ["district"], unique=False)

    op.create_table(
        "defendant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crime_key", sa.String(length=40), nullable=False),
        sa.Column("urn", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=220), nullable=False),
        sa.Column("surname_key", sa.String(length=220), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("mobile_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_index", sa.String(length=32), nullable=True),
        sa.Column("mobile_given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed_mobile_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("do_not_text", sa.Boolean(), nullable=False),
        sa.Column("interpreter_language", sa.String(length=60), nullable=False),
        sa.Column("made_by_hand", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint("last_name <> ''", name=op.f("ck_defendant_has_a_surname")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defendant")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_defendant_seal_key")),
    )
    with op.batch_alter_table("defendant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_defendant_crime_key"), ["crime_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_defendant_mobile_index"), ["mobile_index"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_defendant_surname_key"), ["surname_key"], unique=False)
        batch_op.create_index("ix_defendant_urn", ["urn", "reference"], unique=False)

    op.create_table(
        "environment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_environment")),
        sa.UniqueConstraint("name", name=op.f("uq_environment_name")),
    )
    op.create_table(
        "hearing_type",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("cjs_code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_first_hearing", sa.Boolean(), nullable=False),
        sa.Column("defendant_attends", sa.Boolean(), nullable=False),
        sa.Column("victim_notice", sa.Boolean(), nullable=False),
        sa.Column("text_reminder", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_type")),
        sa.UniqueConstraint("code", name=op.f("uq_hearing_type_code")),
    )
    op.create_table(
        "held_number",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phone_index", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_number")),
        sa.UniqueConstraint("phone_index", "owner", "owner_id", name="uq_held_number_owner"),
    )
    with op.batch_alter_table("held_number", schema=None) as batch_op:
        batch_op.create_index("ix_held_number_owner", ["owner", "owner_id"], unique=False)

    op.create_table(
        "held_place",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_place")),
        sa.UniqueConstraint("owner", "owner_id", "place", name="uq_held_place_once"),
    )
    op.create_table(
        "job_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.create_index("ix_job_run_name_started", ["name", "started_at"], unique=False)

    op.create_table(
        "outbound_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("to_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("to_index", sa.String(length=32), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("segments", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("send_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("may_have_left", sa.Boolean(), nullable=False),
        sa.Column("provider_sid", sa.String(length=40), nullable=True),
        sa.Column(
            "error_code", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("decided_because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "state <> 'suppressed' OR reason <> ''",
            name=op.f("ck_outbound_text_suppressed_has_reason"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_text")),
        sa.UniqueConstraint("kind", "about_id", "on_day", name="uq_outbound_text_intent"),
        sa.UniqueConstraint("provider_sid", name=op.f("uq_outbound_text_provider_sid")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_outbound_text_seal_key")),
        sa.UniqueConstraint("token", name=op.f("uq_outbound_text_token")),
    )
    with op.batch_alter_table("outbound_text", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbound_text_claimed_at"), ["claimed_at"], unique=False
        )
        batch_op.create_index("ix_outbound_text_day", ["on_day", "state"], unique=False)
        batch_op.create_index("ix_outbound_text_due", ["state", "send_after", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbound_text_to_index"), ["to_index"], unique=False)

    op.create_table(
        "sender_state",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_by", sa.String(length=100), nullable=False),
        sa.Column("paused_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("breaker_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("breaker_reason", sa.String(length=200), nullable=False),
        sa.Column("capped_on", sa.Date(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sender_state")),
        sa.UniqueConstraint("name", name=op.f("uq_sender_state_name")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_sender_state_seal_key")),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email_index", sa.String(length=32), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sign_in_attempt_email_at", ["email_index", "created_at"], unique=False
        )

    op.create_table(
        "suppressed_number",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phone_index", sa.String(length=32), nullable=False),
        sa.Column("flag", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressed_number")),
        sa.UniqueConstraint("phone_index", "flag", name="uq_suppressed_number_flag"),
    )
    with op.batch_alter_table("suppressed_number", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_suppressed_number_phone_index"), ["phone_index"], unique=False
        )

    op.create_table(
        "team",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "victim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=220), nullable=False),
        sa.Column("surname_key", sa.String(length=220), nullable=False),
        sa.Column("surname_sound", sa.String(length=220), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("ethnicity", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=60), nullable=False),
        sa.Column("interpreter", sa.String(length=60), nullable=False),
        sa.Column("victim_reference", sa.String(length=40), nullable=True),
        sa.Column("confirmed_facts", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "last_name <> '' OR organisation <> ''", name=op.f("ck_victim_has_a_name")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim")),
    )
    with op.batch_alter_table("victim", schema=None) as batch_op:
        batch_op.create_index("ix_victim_name_born", ["name_key", "date_of_birth"], unique=False)
        batch_op.create_index("ix_victim_surname", ["surname_key", "name_key", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_victim_surname_sound"), ["surname_sound"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_victim_victim_reference"), ["victim_reference"], unique=False
        )

    op.create_table(
        "fraud_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crime_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fraud_code", sa.String(length=20), nullable=False),
        sa.Column("fraud_type", sa.String(length=200), nullable=False),
        sa.Column("first_payment_on", sa.Date(), nullable=True),
        sa.Column("last_payment_on", sa.Date(), nullable=True),
        sa.Column(
            "amount_lost_pence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("payment_method", sa.String(length=40), nullable=False),
        sa.Column("sending_bank_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("still_paying", sa.Boolean(), nullable=True),
        sa.Column("remote_access", sa.Boolean(), nullable=True),
        sa.Column("vulnerable", sa.Boolean(), nullable=True),
        sa.Column("vulnerability_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["crime_id"], ["crime.id"], name=op.f("fk_fraud_report_crime_id_crime")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fraud_report")),
        sa.UniqueConstraint("crime_id", name=op.f("uq_fraud_report_crime_id")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_fraud_report_seal_key")),
    )
    op.create_table(
        "hearing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "defendant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("court_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("type_code", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("remand", sa.String(length=40), nullable=True),
        sa.Column("initiation", sa.String(length=40), nullable=True),
        sa.Column("made_by_hand", sa.Boolean(), nullable=False),
        sa.Column(
            "listing_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("attendance", sa.String(length=40), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_hearing_court_id_court")),
        sa.ForeignKeyConstraint(
            ["defendant_id"], ["defendant.id"], name=op.f("fk_hearing_defendant_id_defendant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("defendant_id", "type_code", "held_on", name="uq_hearing_once"),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(
            "ix_hearing_day", ["held_on", "court_id", "starts_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hearing_defendant_id"), ["defendant_id"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("email_index", sa.String(length=32), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("agency", sa.String(length=100), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_staff_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email_index", name=op.f("uq_staff_email_index")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_staff_seal_key")),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_team_id"), ["team_id"], unique=False)

    op.create_table(
        "text_attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("to_index", sa.String(length=32), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.String(length=40), nullable=False),
        sa.Column(
            "error_code", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("fault", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["outbound_text.id"], name=op.f("fk_text_attempt_text_id_outbound_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_attempt")),
        sa.UniqueConstraint("token", name=op.f("uq_text_attempt_token")),
    )
    with op.batch_alter_table("text_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_text_attempt_claimed_at"), ["claimed_at"], unique=False
        )
        batch_op.create_index("ix_text_attempt_number", ["to_index", "claimed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_text_attempt_text_id"), ["text_id"], unique=False)

    op.create_table(
        "text_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_key", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("provider_sid", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column(
            "error_code", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_applied", sa.Boolean(), nullable=False),
        sa.Column("is_conflict", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["outbound_text.id"], name=op.f("fk_text_event_text_id_outbound_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_event")),
        sa.UniqueConstraint("event_key", name=op.f("uq_text_event_event_key")),
    )
    with op.batch_alter_table("text_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_event_text_id"), ["text_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_text_event_token"), ["token"], unique=False)

    op.create_table(
        "address",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "victim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("lines_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("postcode_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("postcode_index", sa.String(length=32), nullable=True),
        sa.Column("full_index", sa.String(length=32), nullable=True),
        sa.Column("letter_ok", sa.String(length=40), nullable=False),
        sa.Column("from_feed", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["staff.id"], name=op.f("fk_address_confirmed_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_address_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_address_seal_key")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_full_index"), ["full_index"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_address_postcode_index"), ["postcode_index"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_address_victim_id"), ["victim_id"], unique=False)

    op.create_table(
        "auth_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mfa_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_auth_session_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auth_session")),
        sa.UniqueConstraint("id_hash", name=op.f("uq_auth_session_id_hash")),
    )
    with op.batch_alter_table("auth_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_auth_session_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "case_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("crime_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "victim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("category_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enhanced", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("domestic_abuse", sa.Boolean(), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "manager_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column(
            "listed_on",
            sa.Date(),
            sa.Computed("coalesce(next_due_on, '9999-12-31')", persisted=True),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)",
            name=op.f("ck_case_file_closed_has_moment"),
        ),
        sa.CheckConstraint(
            "status <> 'closed' OR closing_note_sealed IS NOT NULL",
            name=op.f("ck_case_file_closed_has_note"),
        ),
        sa.ForeignKeyConstraint(
            ["crime_id"], ["crime.id"], name=op.f("fk_case_file_crime_id_crime")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["staff.id"], name=op.f("fk_case_file_manager_id_staff")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_case_file_team_id_team")),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_case_file_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("crime_id", "victim_id", name="uq_case_file_crime_victim"),
        sa.UniqueConstraint("reference", name=op.f("uq_case_file_reference")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_case_file_seal_key")),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_file_caseload",
            ["manager_id", "listed_on", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_file_closed",
            ["closed_at", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_case_file_list",
            ["listed_on", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_case_file_team",
            ["team_id", "listed_on", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_case_file_victim_id"), ["victim_id"], unique=False)

    op.create_table(
        "contact_point",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "victim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("value_index", sa.String(length=32), nullable=False),
        sa.Column("last_six_index", sa.String(length=32), nullable=True),
        sa.Column("safe", sa.String(length=40), nullable=False),
        sa.Column("text_ok", sa.String(length=40), nullable=False),
        sa.Column("voicemail_ok", sa.String(length=40), nullable=False),
        sa.Column("from_feed", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["staff.id"], name=op.f("fk_contact_point_confirmed_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_contact_point_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_contact_point_seal_key")),
        sa.UniqueConstraint("victim_id", "value_index", name="uq_contact_once"),
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_point_last_six_index"), ["last_six_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_point_value_index"), ["value_index"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contact_point_victim_id"), ["victim_id"], unique=False)

    op.create_table(
        "crime_milestone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crime_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column(
            "recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["crime_id"], ["crime.id"], name=op.f("fk_crime_milestone_crime_id_crime")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_crime_milestone_recorded_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crime_milestone")),
    )
    with op.batch_alter_table("crime_milestone", schema=None) as batch_op:
        batch_op.create_index(
            "ix_crime_milestone_about", ["crime_id", "kind", "about"], unique=False
        )

    op.create_table(
        "hearing_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("about_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["hearing.id"], name=op.f("fk_hearing_text_about_id_hearing")
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_text_hearing_id_hearing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_text")),
        sa.UniqueConstraint("hearing_id", "held_on", name="uq_hearing_text_once"),
    )
    with op.batch_alter_table("hearing_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_text_about_id"), ["about_id"], unique=False)

    op.create_table(
        "hearing_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("change", sa.String(length=40), nullable=False),
        sa.Column("court_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("type_code", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("remand", sa.String(length=40), nullable=True),
        sa.Column("changed", sa.String(length=200), nullable=False),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_hearing_version_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["court.id"], name=op.f("fk_hearing_version_court_id_court")
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_version_hearing_id_hearing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_version")),
        sa.UniqueConstraint("hearing_id", "number", name="uq_hearing_version_once"),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feed", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("upload", sa.String(length=64), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_import_batch_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batch_sha256"), ["sha256"], unique=False)

    op.create_table(
        "person_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "victim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["staff.id"], name=op.f("fk_person_link_decided_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["victim.id"], name=op.f("fk_person_link_other_id_victim")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_person_link_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link")),
        sa.UniqueConstraint("victim_id", "other_id", name="uq_person_link_pair"),
    )
    with op.batch_alter_table("person_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_link_other_id"), ["other_id"], unique=False)

    op.create_table(
        "proposed_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "victim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["staff.id"], name=op.f("fk_proposed_change_decided_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_proposed_change_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_change")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_proposed_change_seal_key")),
    )
    with op.batch_alter_table("proposed_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposed_change_victim_id"), ["victim_id"], unique=False
        )

    op.create_table(
        "safe_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "victim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("preferred", sa.String(length=40), nullable=True),
        sa.Column("overall", sa.String(length=40), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["staff.id"], name=op.f("fk_safe_contact_confirmed_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_safe_contact_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_contact")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_safe_contact_seal_key")),
        sa.UniqueConstraint("victim_id", name=op.f("uq_safe_contact_victim_id")),
    )
    op.create_table(
        "setup_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_setup_link_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_setup_link_token_hash")),
    )
    with op.batch_alter_table("setup_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setup_link_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "staff_role",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint("staff_id", "role", name="uq_staff_role_once"),
    )
    op.create_table(
        "address_showing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "address_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_address_showing_address_id_address")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_address_showing_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_showing")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_address_showing_seal_key")),
    )
    with op.batch_alter_table("address_showing", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_address_showing_address_id"), ["address_id"], unique=False
        )

    op.create_table(
        "case_ground",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("proposed_by", sa.String(length=60), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_ground_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["staff.id"], name=op.f("fk_case_ground_decided_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_ground")),
        sa.UniqueConstraint("case_id", "ground", name="uq_case_ground_once"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_case_ground_seal_key")),
    )
    with op.batch_alter_table("case_ground", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_ground_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "done_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_task_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["staff.id"], name=op.f("fk_case_task_done_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_task")),
        sa.UniqueConstraint("case_id", "kind", "about", name="uq_case_task_once"),
    )
    with op.batch_alter_table("case_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_task_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_task_open", ["done_at", "due_on", "id"], unique=False)

    op.create_table(
        "contact_log",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_contact_log_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_contact_log_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_log")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_contact_log_seal_key")),
    )
    with op.batch_alter_table("contact_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_log_case_id"), ["case_id"], unique=False)

    op.create_table(
        "duty",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("right", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("event_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enhanced", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "told_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_duty_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["told_by_id"], ["staff.id"], name=op.f("fk_duty_told_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint("case_id", "rule", "about", name="uq_duty_once"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_duty_seal_key")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_index("ix_duty_due", ["state", "due_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_due_on"), ["due_on"], unique=False)
        batch_op.create_index("ix_duty_of_case", ["case_id", "state", "due_on"], unique=False)

    op.create_table(
        "feed_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feed", sa.String(length=20), nullable=False),
        sa.Column(
            "subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("normal_mac", sa.String(length=32), nullable=False),
        sa.Column("raw_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("row_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_feed_record_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_record")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_feed_record_seal_key")),
    )
    with op.batch_alter_table("feed_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_record_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_feed_record_subject", ["feed", "subject_id"], unique=False)

    op.create_table(
        "kept_reject",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("row_no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("raw_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_kept_reject_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_reject")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_kept_reject_seal_key")),
    )
    with op.batch_alter_table("kept_reject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_reject_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "loss",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("authorised", sa.Boolean(), nullable=False),
        sa.Column(
            "amount_pence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("sending_bank_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sending_account_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("receiving_bank_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("receiving_account_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "logged_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("logged_by_name", sa.String(length=100), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "withdrawn_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("withdrawn_because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_loss_lost_something")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_loss_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["logged_by_id"], ["staff.id"], name=op.f("fk_loss_logged_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["staff.id"], name=op.f("fk_loss_withdrawn_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_loss_seal_key")),
        sa.UniqueConstraint("token", name=op.f("uq_loss_token")),
    )
    with op.batch_alter_table("loss", schema=None) as batch_op:
        batch_op.create_index("ix_loss_case", ["case_id", "paid_on", "id"], unique=False)
        batch_op.create_index("ix_loss_paid", ["paid_on"], unique=False)

    op.create_table(
        "needs_assessment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_needs_assessment_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_needs_assessment_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs_assessment")),
    )
    with op.batch_alter_table("needs_assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_needs_assessment_case_id"), ["case_id"], unique=False)

    op.create_table(
        "proposed_milestone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("crime_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "milestone_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["crime_id"], ["crime.id"], name=op.f("fk_proposed_milestone_crime_id_crime")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["crime_milestone.id"],
            name=op.f("fk_proposed_milestone_milestone_id_crime_milestone"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_milestone")),
    )
    with op.batch_alter_table("proposed_milestone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposed_milestone_crime_id"), ["crime_id"], unique=False
        )

    op.create_table(
        "referral",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feed", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("source_reference", sa.String(length=60), nullable=False),
        sa.Column("crime_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "victim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("waits", sa.String(length=40), nullable=True),
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pressing", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("linked_to_known", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("proposals", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("decline_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_referral_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_referral_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["crime_id"], ["crime.id"], name=op.f("fk_referral_crime_id_crime")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["staff.id"], name=op.f("fk_referral_decided_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_referral_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_referral_seal_key")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_referral_crime_victim", ["crime_id", "victim_id"], unique=False)
        batch_op.create_index(
            "ix_referral_queue", ["place", "pressing", "recorded_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_referral_victim_id"), ["victim_id"], unique=False)

    op.create_table(
        "timeline_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_timeline_entry_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_timeline_entry_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_entry")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_timeline_entry_seal_key")),
    )
    with op.batch_alter_table("timeline_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timeline_entry_case_id"), ["case_id"], unique=False)

    op.create_table(
        "bank_claim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("loss_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column(
            "amount_pence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("firm_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reply_expected_on", sa.Date(), nullable=False),
        sa.Column("final_reply_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column(
            "agreed_pence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("ombudsman_by", sa.Date(), nullable=True),
        sa.Column(
            "logged_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("logged_by_name", sa.String(length=100), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_bank_claim_claims_something")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_bank_claim_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["logged_by_id"], ["staff.id"], name=op.f("fk_bank_claim_logged_by_id_staff")
        ),
        sa.ForeignKeyConstraint(["loss_id"], ["loss.id"], name=op.f("fk_bank_claim_loss_id_loss")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_claim")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_bank_claim_seal_key")),
        sa.UniqueConstraint("token", name=op.f("uq_bank_claim_token")),
    )
    with op.batch_alter_table("bank_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_claim_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bank_claim_loss_id"), ["loss_id"], unique=False)
        batch_op.create_index("ix_bank_claim_made", ["made_on"], unique=False)
        batch_op.create_index(
            "ix_bank_claim_status_expected", ["status", "reply_expected_on", "id"], unique=False
        )

    op.create_table(
        "duty_reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duty_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["duty.id"], name=op.f("fk_duty_reminder_duty_id_duty")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_duty_reminder_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_reminder")),
        sa.UniqueConstraint("duty_id", "kind", name="uq_duty_reminder_once"),
    )
    with op.batch_alter_table("duty_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_reminder_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "feed_key",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feed", sa.String(length=20), nullable=False),
        sa.Column("key_index", sa.String(length=32), nullable=False),
        sa.Column(
            "record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["feed_record.id"], name=op.f("fk_feed_key_record_id_feed_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_key")),
        sa.UniqueConstraint("feed", "key_index", name="uq_feed_key_once"),
    )
    with op.batch_alter_table("feed_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_key_record_id"), ["record_id"], unique=False)

    op.create_table(
        "need",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "assessment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("score", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(answer = 'scored') = (score IS NOT NULL) AND (score IS NULL OR score BETWEEN 1 AND 5)",
            name=op.f("ck_need_score_is_one_to_five"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["needs_assessment.id"],
            name=op.f("fk_need_assessment_id_needs_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("assessment_id", "category", name="uq_need_once"),
        sa.UniqueConstraint("seal_key", name=op.f("uq_need_seal_key")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("loss_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("contribution", sa.String(length=40), nullable=False),
        sa.Column(
            "amount_pence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("evidence_index", sa.String(length=32), nullable=True),
        sa.Column(
            "evidence_use", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "verified_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("verified_by_name", sa.String(length=100), nullable=False),
        sa.Column(
            "reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "kind <> 'recovered' OR loss_id IS NOT NULL",
            name=op.f("ck_ledger_entry_recovered_of_a_loss"),
        ),
        sa.CheckConstraint(
            "(reverses_id IS NULL AND amount_pence > 0) OR (reverses_id IS NOT NULL AND amount_pence < 0)",
            name=op.f("ck_ledger_entry_only_a_reversal_is_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_ledger_entry_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["bank_claim.id"], name=op.f("fk_ledger_entry_claim_id_bank_claim")
        ),
        sa.ForeignKeyConstraint(
            ["loss_id"], ["loss.id"], name=op.f("fk_ledger_entry_loss_id_loss")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["ledger_entry.id"],
            name=op.f("fk_ledger_entry_reverses_id_ledger_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["staff.id"], name=op.f("fk_ledger_entry_verified_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("evidence_index", "evidence_use", name="uq_ledger_entry_evidence"),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_entry_reverses_id")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_ledger_entry_seal_key")),
        sa.UniqueConstraint("token", name=op.f("uq_ledger_entry_token")),
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_entry_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_entry_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_entry_loss_id"), ["loss_id"], unique=False)
        batch_op.create_index("ix_ledger_entry_period", ["kind", "happened_on"], unique=False)


def downgrade() -> None:
    """Remove every table."""
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_entry_period")
        batch_op.drop_index(batch_op.f("ix_ledger_entry_loss_id"))
        batch_op.drop_index(batch_op.f("ix_ledger_entry_claim_id"))
        batch_op.drop_index(batch_op.f("ix_ledger_entry_case_id"))

    op.drop_table("ledger_entry")
    op.drop_table("need")
    with op.batch_alter_table("feed_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_key_record_id"))

    op.drop_table("feed_key")
    with op.batch_alter_table("duty_reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_reminder_staff_id"))

    op.drop_table("duty_reminder")
    with op.batch_alter_table("bank_claim", schema=None) as batch_op:
        batch_op.drop_index("ix_bank_claim_status_expected")
        batch_op.drop_index("ix_bank_claim_made")
        batch_op.drop_index(batch_op.f("ix_bank_claim_loss_id"))
        batch_op.drop_index(batch_op.f("ix_bank_claim_case_id"))

    op.drop_table("bank_claim")
    with op.batch_alter_table("timeline_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_timeline_entry_case_id"))

    op.drop_table("timeline_entry")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_victim_id"))
        batch_op.drop_index("ix_referral_queue")
        batch_op.drop_index("ix_referral_crime_victim")
        batch_op.drop_index(batch_op.f("ix_referral_case_id"))
        batch_op.drop_index(batch_op.f("ix_referral_batch_id"))

    op.drop_table("referral")
    with op.batch_alter_table("proposed_milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposed_milestone_crime_id"))

    op.drop_table("proposed_milestone")
    with op.batch_alter_table("needs_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_needs_assessment_case_id"))

    op.drop_table("needs_assessment")
    with op.batch_alter_table("loss", schema=None) as batch_op:
        batch_op.drop_index("ix_loss_paid")
        batch_op.drop_index("ix_loss_case")

    op.drop_table("loss")
    with op.batch_alter_table("kept_reject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_reject_batch_id"))

    op.drop_table("kept_reject")
    with op.batch_alter_table("feed_record", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_record_subject")
        batch_op.drop_index(batch_op.f("ix_feed_record_batch_id"))

    op.drop_table("feed_record")
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index("ix_duty_of_case")
        batch_op.drop_index(batch_op.f("ix_duty_due_on"))
        batch_op.drop_index("ix_duty_due")

    op.drop_table("duty")
    with op.batch_alter_table("contact_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_log_case_id"))

    op.drop_table("contact_log")
    with op.batch_alter_table("case_task", schema=None) as batch_op:
        batch_op.drop_index("ix_case_task_open")
        batch_op.drop_index(batch_op.f("ix_case_task_case_id"))

    op.drop_table("case_task")
    with op.batch_alter_table("case_ground", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_ground_case_id"))

    op.drop_table("case_ground")
    with op.batch_alter_table("address_showing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_showing_address_id"))

    op.drop_table("address_showing")
    op.drop_table("staff_role")
    with op.batch_alter_table("setup_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setup_link_staff_id"))

    op.drop_table("setup_link")
    op.drop_table("safe_contact")
    with op.batch_alter_table("proposed_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposed_change_victim_id"))

    op.drop_table("proposed_change")
    with op.batch_alter_table("person_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_link_other_id"))

    op.drop_table("person_link")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_sha256"))

    op.drop_table("import_batch")
    op.drop_table("hearing_version")
    with op.batch_alter_table("hearing_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_text_about_id"))

    op.drop_table("hearing_text")
    with op.batch_alter_table("crime_milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_crime_milestone_about")

    op.drop_table("crime_milestone")
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_point_victim_id"))
        batch_op.drop_index(batch_op.f("ix_contact_point_value_index"))
        batch_op.drop_index(batch_op.f("ix_contact_point_last_six_index"))

    op.drop_table("contact_point")
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_file_victim_id"))
        batch_op.drop_index(
            "ix_case_file_team",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_case_file_list",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_case_file_closed",
            sqlite_where=sa.text("closed_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_case_file_caseload",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("case_file")
    with op.batch_alter_table("auth_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_auth_session_staff_id"))

    op.drop_table("auth_session")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_victim_id"))
        batch_op.drop_index(batch_op.f("ix_address_postcode_index"))
        batch_op.drop_index(batch_op.f("ix_address_full_index"))

    op.drop_table("address")
    with op.batch_alter_table("text_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_event_token"))
        batch_op.drop_index(batch_op.f("ix_text_event_text_id"))

    op.drop_table("text_event")
    with op.batch_alter_table("text_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_attempt_text_id"))
        batch_op.drop_index("ix_text_attempt_number")
        batch_op.drop_index(batch_op.f("ix_text_attempt_claimed_at"))

    op.drop_table("text_attempt")
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_team_id"))

    op.drop_table("staff")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_defendant_id"))
        batch_op.drop_index("ix_hearing_day")

    op.drop_table("hearing")
    op.drop_table("fraud_report")
    with op.batch_alter_table("victim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_victim_victim_reference"))
        batch_op.drop_index(batch_op.f("ix_victim_surname_sound"))
        batch_op.drop_index("ix_victim_surname")
        batch_op.drop_index("ix_victim_name_born")

    op.drop_table("victim")
    op.drop_table("team")
    with op.batch_alter_table("suppressed_number", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suppressed_number_phone_index"))

    op.drop_table("suppressed_number")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_email_at")

    op.drop_table("sign_in_attempt")
    op.drop_table("setting")
    op.drop_table("sender_state")
    with op.batch_alter_table("outbound_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbound_text_to_index"))
        batch_op.drop_index("ix_outbound_text_due")
        batch_op.drop_index("ix_outbound_text_day")
        batch_op.drop_index(batch_op.f("ix_outbound_text_claimed_at"))

    op.drop_table("outbound_text")
    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_index("ix_job_run_name_started")

    op.drop_table("job_run")
    op.drop_table("held_place")
    with op.batch_alter_table("held_number", schema=None) as batch_op:
        batch_op.drop_index("ix_held_number_owner")

    op.drop_table("held_number")
    op.drop_table("hearing_type")
    op.drop_table("environment")
    with op.batch_alter_table("defendant", schema=None) as batch_op:
        batch_op.drop_index("ix_defendant_urn")
        batch_op.drop_index(batch_op.f("ix_defendant_surname_key"))
        batch_op.drop_index(batch_op.f("ix_defendant_mobile_index"))
        batch_op.drop_index(batch_op.f("ix_defendant_crime_key"))

    op.drop_table("defendant")
    with op.batch_alter_table("crime", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crime_district"))

    op.drop_table("crime")
    with op.batch_alter_table("court", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_court_name_key"))

    op.drop_table("court")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_object")
        batch_op.drop_index("ix_audit_entry_at")
        batch_op.drop_index("ix_audit_entry_actor")
        batch_op.drop_index(batch_op.f("ix_audit_entry_action"))

    op.drop_table("audit_entry")
