"""Keep the directory of services, champions' training, and what becomes of a partner referral."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)
NEW = (
    "service_id", "state", "facts", "asks_sealed", "basis", "consent_id", "ground",
    "ground_words_sealed", "sent_at", "reply_due_on", "chased", "outcome", "version",
)  # fmt: skip
CHECKS = {
    "sent_has_moment": "state IN ('draft', 'revoked') OR sent_at IS NOT NULL",
    "revoked_moment": "state <> 'revoked' OR revoked_at IS NOT NULL",
    "outcome_at_end": "outcome IS NULL OR state = 'finished'",
    "override_has_ground": "basis <> 'override' OR ground IS NOT NULL",
}
KEYS = {
    "fk_partner_referral_consent_id_consent_given": ("consent_given", "consent_id"),
    "fk_partner_referral_service_id_partner_service": ("partner_service", "service_id"),
}


def upgrade() -> None:
    """Make the tables; what was shared before counts as sent when it was written down."""
    op.add_column("agency_contact", sa.Column("champion_since", sa.Date(), nullable=True))
    _champion_training()
    _partner_service()
    _grow_referral()
    _partner_step()
    _only_grows()


def downgrade() -> None:
    """Take them away again, with everything in them."""
    op.drop_table("partner_step")
    op.drop_index("ix_partner_referral_waiting", "partner_referral")
    op.drop_index("ix_partner_referral_service_id", "partner_referral")
    with op.batch_alter_table("partner_referral") as table:
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_partner_referral_{name}"), type_="check")
        for name in KEYS:
            table.drop_constraint(op.f(name), type_="foreignkey")
        for name in NEW:
            table.drop_column(name)
    op.drop_table("partner_service")
    op.drop_table("champion_training")
    with op.batch_alter_table("agency_contact") as table:
        table.drop_column("champion_since")


def _champion_training() -> None:
    op.create_table(
        "champion_training",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("contact_id", NUMBER, nullable=False),
        sa.Column("course", sa.String(length=100), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "expires_on IS NULL OR expires_on >= done_on",
            name=op.f("ck_champion_training_expires_after"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["agency_contact.id"],
            name=op.f("fk_champion_training_contact_id_agency_contact"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_champion_training")),
        sa.UniqueConstraint(
            "contact_id", "course", "done_on", name=op.f("uq_champion_training_once")
        ),
    )


def _partner_service() -> None:
    op.create_table(
        "partner_service",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("agency_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("needs", sa.String(length=60), nullable=False),
        sa.Column("districts", sa.String(length=200), nullable=False),
        sa.Column("crimes", sa.String(length=200), nullable=False),
        sa.Column("age_from", NUMBER, nullable=True),
        sa.Column("age_to", NUMBER, nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("opening", sa.String(length=200), nullable=False),
        sa.Column("waiting_weeks", NUMBER, nullable=True),
        sa.Column("waiting_told_on", sa.Date(), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.String(length=100), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.CheckConstraint(
            "kind <> 'perpetrator_programme'", name=op.f("ck_partner_service_for_victims")
        ),
        sa.CheckConstraint("needs <> ''", name=op.f("ck_partner_service_meets_a_need")),
        sa.CheckConstraint(
            "age_from IS NULL OR age_to IS NULL OR age_from <= age_to",
            name=op.f("ck_partner_service_ages_in_order"),
        ),
        sa.CheckConstraint(
            "active_to IS NULL OR active_to >= active_from",
            name=op.f("ck_partner_service_ends_after"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_partner_service_agency_id_agency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_service")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_partner_service_once")),
    )


def _grow_referral() -> None:
    columns = (
        sa.Column("service_id", NUMBER, nullable=True),
        sa.Column("state", WORD, nullable=True),
        sa.Column("facts", sa.String(length=200), nullable=True),
        sa.Column("asks_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("basis", WORD, nullable=True),
        sa.Column("consent_id", NUMBER, nullable=True),
        sa.Column("ground", WORD, nullable=True),
        sa.Column("ground_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("chased", NUMBER, nullable=True),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("version", NUMBER, nullable=True),
    )
    for column in columns:
        op.add_column("partner_referral", column)
    op.execute(
        "UPDATE partner_referral SET facts = '', chased = 0, version = 1, sent_at = created_at, "
        "state = CASE WHEN revoked_at IS NULL THEN 'sent' ELSE 'revoked' END"
    )
    with op.batch_alter_table("partner_referral") as table:
        for name, kind in (
            ("state", WORD),
            ("facts", sa.String(length=200)),
            ("chased", NUMBER),
            ("version", NUMBER),
        ):
            table.alter_column(name, existing_type=kind, nullable=False)
        for name, rule in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_partner_referral_{name}"), rule)
        for name, (other, column) in KEYS.items():
            table.create_foreign_key(op.f(name), other, [column], ["id"])
    op.create_index("ix_partner_referral_service_id", "partner_referral", ["service_id"])
    op.create_index(
        "ix_partner_referral_waiting", "partner_referral", ["state", "reply_due_on", "id"]
    )


def _partner_step() -> None:
    op.create_table(
        "partner_step",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sharing_id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("is_theirs", sa.Boolean(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_partner_step_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["sharing_id"],
            ["partner_referral.id"],
            name=op.f("fk_partner_step_sharing_id_partner_referral"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_step")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_partner_step_seal_key")),
    )
    op.create_index("ix_partner_step_of_referral", "partner_step", ["sharing_id", "id"])


def _only_grows() -> None:
    """What happened to a referral is never changed: triggers go with their table."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER partner_step_keeps_{deed.lower()} BEFORE {deed} ON partner_step "
                "BEGIN SELECT RAISE(ABORT, 'partner_step only grows'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER partner_step_keeps_rows BEFORE UPDATE OR DELETE ON partner_step "
        "FOR EACH ROW EXECUTE FUNCTION only_grows()"
    )
    op.execute(
        "CREATE TRIGGER partner_step_keeps_all BEFORE TRUNCATE ON partner_step "
        "FOR EACH STATEMENT EXECUTE FUNCTION only_grows()"
    )
