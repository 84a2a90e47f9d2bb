"""Keep what is known of risk: assessments and levels, safeguarding, modern slavery, and ASB."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# In the order in which they are taken away: what hangs on another table before it.
TABLES = (
    "asb_application",
    "asb_report",
    "asb_incident",
    "asb_threshold",
    "slavery_step",
    "slavery_referral",
    "concern_check",
    "safeguarding_concern",
    "marac_referral",
    "case_risk",
    "risk_ground",
    "risk_assessment",
    "risk_wording",
)


def upgrade() -> None:
    """Make the tables."""
    _assessing()
    _safeguarding()
    _slavery()
    _asb()


def _assessing() -> None:
    op.create_table(
        "risk_wording",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("tool", sa.String(length=40), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_wording")),
        sa.UniqueConstraint("tool", "number", name="uq_risk_wording_once"),
    )
    op.create_table(
        "risk_assessment",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("tool", sa.String(length=40), nullable=False),
        sa.Column("assessed_at", MOMENT, nullable=False),
        sa.Column("yes", NUMBER, nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("call_outs", NUMBER, nullable=True),
        sa.Column("last_marac_on", sa.Date(), nullable=True),
        sa.Column("incident_on", sa.Date(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("judgement_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "call_outs IS NULL OR call_outs >= 0",
            name=op.f("ck_risk_assessment_call_outs_are_counted"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_risk_assessment_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_risk_assessment_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessment")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_risk_assessment_seal_key")),
    )
    op.create_index("ix_risk_assessment_of_case", "risk_assessment", ["case_id", "id"])
    op.create_table(
        "risk_ground",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("assessment_id", NUMBER, nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("figure", NUMBER, nullable=True),
        sa.Column("threshold", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["risk_assessment.id"],
            name=op.f("fk_risk_ground_assessment_id_risk_assessment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_ground")),
        sa.UniqueConstraint("assessment_id", "ground", name="uq_risk_ground_once"),
    )
    op.create_table(
        "case_risk",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("change", sa.String(length=40), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("assessment_id", NUMBER, nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(change = 'assessed') = (assessment_id IS NOT NULL)",
            name=op.f("ck_case_risk_assessed_by_an_assessment"),
        ),
        sa.CheckConstraint(
            "change = 'assessed' OR reason_sealed IS NOT NULL",
            name=op.f("ck_case_risk_a_person_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["risk_assessment.id"],
            name=op.f("fk_case_risk_assessment_id_risk_assessment"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_case_risk_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_risk_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_risk")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_case_risk_seal_key")),
    )
    op.create_index("ix_case_risk_of_case", "case_risk", ["case_id", "id"])
    op.create_index(
        "uq_case_risk_standing",
        "case_risk",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "marac_referral",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("grounds", sa.String(length=200), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("last_marac_on", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("actions_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "meeting_on IS NULL OR meeting_on >= referred_on",
            name=op.f("ck_marac_referral_meets_after_it_was_referred"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_marac_referral_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_marac_referral_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marac_referral")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_marac_referral_seal_key")),
    )
    op.create_index("ix_marac_referral_of_case", "marac_referral", ["case_id", "id"])


def _safeguarding() -> None:
    op.create_table(
        "safeguarding_concern",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("override_ground", sa.String(length=40), nullable=True),
        sa.Column("override_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_to_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("next_check_on", sa.Date(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "consent = 'given' OR override_ground IS NOT NULL",
            name=op.f("ck_safeguarding_concern_without_consent_by_a_ground"),
        ),
        sa.CheckConstraint(
            "override_ground IS NULL OR override_reason_sealed IS NOT NULL",
            name=op.f("ck_safeguarding_concern_override_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_safeguarding_concern_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_safeguarding_concern_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_concern")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_safeguarding_concern_seal_key")),
    )
    op.create_index("ix_safeguarding_concern_of_case", "safeguarding_concern", ["case_id", "id"])
    op.create_table(
        "concern_check",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("concern_id", NUMBER, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("next_check_on", sa.Date(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_concern_check_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["safeguarding_concern.id"],
            name=op.f("fk_concern_check_concern_id_safeguarding_concern"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_check")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_concern_check_seal_key")),
    )
    op.create_index("ix_concern_check_of_concern", "concern_check", ["concern_id", "id"])


def _slavery() -> None:
    op.create_table(
        "slavery_referral",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("indicators_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("claimed_age", NUMBER, nullable=True),
        sa.Column("assessed_age", NUMBER, nullable=True),
        sa.Column("under_18", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("through", sa.String(length=40), nullable=False),
        sa.Column("responder_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(route = 'duty_to_notify') = (consent = 'refused')",
            name=op.f("ck_slavery_referral_refused_is_only_notified"),
        ),
        sa.CheckConstraint(
            "under_18 = (consent = 'not_asked_under_18')",
            name=op.f("ck_slavery_referral_a_child_is_not_asked"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_slavery_referral_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_slavery_referral_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slavery_referral")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_slavery_referral_seal_key")),
    )
    op.create_index("ix_slavery_referral_of_case", "slavery_referral", ["case_id", "id"])
    op.create_table(
        "slavery_step",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("slavery_id", NUMBER, nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_slavery_step_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["slavery_id"],
            ["slavery_referral.id"],
            name=op.f("fk_slavery_step_slavery_id_slavery_referral"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slavery_step")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_slavery_step_seal_key")),
    )
    op.create_index(
        "uq_slavery_step_standing",
        "slavery_step",
        ["slavery_id", "stage"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )


def _asb() -> None:
    op.create_table(
        "asb_threshold",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("district", sa.String(length=60), nullable=False),
        sa.Column("count", NUMBER, nullable=False),
        sa.Column("window_months", NUMBER, nullable=False),
        sa.Column("report_within_months", NUMBER, nullable=True),
        sa.Column("or_people", NUMBER, nullable=True),
        sa.Column("hate_count", NUMBER, nullable=True),
        sa.Column("counted_by", sa.String(length=40), nullable=False),
        sa.Column("friend_may_apply", sa.Boolean(), nullable=False),
        sa.Column("anonymous_accepted", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.CheckConstraint(
            "count > 0 AND window_months > 0", name=op.f("ck_asb_threshold_asks_for_something")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asb_threshold")),
        sa.UniqueConstraint("district", name=op.f("uq_asb_threshold_district")),
    )
    op.create_table(
        "asb_incident",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_hate", sa.Boolean(), nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_because_sealed IS NOT NULL",
            name=op.f("ck_asb_incident_taken_back_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_asb_incident_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_asb_incident_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asb_incident")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_asb_incident_seal_key")),
    )
    op.create_index("ix_asb_incident_of_case", "asb_incident", ["case_id", "happened_on", "id"])
    op.create_table(
        "asb_report",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("incident_id", NUMBER, nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("reporter", sa.String(length=40), nullable=False),
        sa.Column("reporter_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reporter_index", sa.String(length=32), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(reporter = 'somebody') = (reporter_index IS NOT NULL)",
            name=op.f("ck_asb_report_somebody_is_known_again"),
        ),
        sa.CheckConstraint(
            "reporter <> 'somebody' OR reporter_sealed IS NOT NULL",
            name=op.f("ck_asb_report_somebody_has_a_name"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_asb_report_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["asb_incident.id"],
            name=op.f("fk_asb_report_incident_id_asb_incident"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asb_report")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_asb_report_seal_key")),
    )
    op.create_index("ix_asb_report_of_incident", "asb_report", ["incident_id", "id"])
    op.create_table(
        "asb_application",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("district", sa.String(length=60), nullable=False),
        sa.Column("prepared_on", sa.Date(), nullable=False),
        sa.Column("applicant", sa.String(length=40), nullable=False),
        sa.Column("applicant_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("effect_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "applicant <> 'on_behalf' OR consent_on IS NOT NULL",
            name=op.f("ck_asb_application_by_consent"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_asb_application_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_asb_application_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asb_application")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_asb_application_seal_key")),
    )
    op.create_index("ix_asb_application_of_case", "asb_application", ["case_id", "id"])


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)
