"""Keep working patterns, leave, cover, hand-overs, what was chosen, and supervision reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "supervision_action",
    "supervision_score",
    "supervision_review",
    "case_hand_over",
    "manager_choice",
    "case_cover",
    "staff_leave",
    "manager_strength",
    "work_pattern",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "case_cover",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("absent_id", NUMBER, nullable=False),
        sa.Column("cover_id", NUMBER, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", NUMBER, nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "absent_id <> cover_id", name=op.f("ck_case_cover_nobody_covers_themselves")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_case_cover_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["absent_id"], ["staff.id"], name=op.f("fk_case_cover_absent_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["staff.id"], name=op.f("fk_case_cover_cover_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["staff.id"], name=op.f("fk_case_cover_set_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_cover")),
    )
    op.create_index("ix_case_cover_by", "case_cover", ["cover_id", "ends_on"])
    op.create_index("ix_case_cover_of", "case_cover", ["absent_id", "ends_on"])
    op.create_table(
        "manager_strength",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_manager_strength_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manager_strength")),
        sa.UniqueConstraint("staff_id", "kind", "word", name="uq_manager_strength_once"),
    )
    op.create_table(
        "staff_leave",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", NUMBER, nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "starts_on <= ends_on", name=op.f("ck_staff_leave_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["staff.id"], name=op.f("fk_staff_leave_set_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_leave_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_leave")),
    )
    op.create_index("ix_staff_leave_of_person", "staff_leave", ["staff_id", "ends_on"])
    op.create_table(
        "work_pattern",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("days", sa.String(length=7), nullable=False),
        sa.Column("half_hours", NUMBER, nullable=False),
        sa.Column("capacity", NUMBER, nullable=True),
        sa.Column("takes_new", sa.Boolean(), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity >= 0",
            name=op.f("ck_work_pattern_capacity_not_below_nought"),
        ),
        sa.CheckConstraint(
            "half_hours BETWEEN 1 AND 120", name=op.f("ck_work_pattern_hours_of_a_week")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_work_pattern_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_pattern")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_work_pattern_staff_id")),
    )
    op.create_table(
        "case_hand_over",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("from_id", NUMBER, nullable=False),
        sa.Column("to_id", NUMBER, nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (settled_at IS NULL)",
            name=op.f("ck_case_hand_over_settled_has_its_moment"),
        ),
        sa.CheckConstraint(
            "state <> 'declined' OR reason_sealed IS NOT NULL",
            name=op.f("ck_case_hand_over_declined_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_case_hand_over_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_hand_over_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["staff.id"], name=op.f("fk_case_hand_over_from_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["staff.id"], name=op.f("fk_case_hand_over_to_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_hand_over")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_case_hand_over_seal_key")),
    )
    op.create_index(op.f("ix_case_hand_over_case_id"), "case_hand_over", ["case_id"])
    op.create_index("ix_case_hand_over_state", "case_hand_over", ["state", "id"])
    op.create_index("ix_case_hand_over_to", "case_hand_over", ["to_id", "state"])
    op.create_table(
        "manager_choice",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("chosen_id", NUMBER, nullable=False),
        sa.Column("proposed_id", NUMBER, nullable=True),
        sa.Column("was_proposed", sa.Boolean(), nullable=False),
        sa.Column("over_capacity", sa.Boolean(), nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff.id"], name=op.f("fk_manager_choice_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_manager_choice_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["chosen_id"], ["staff.id"], name=op.f("fk_manager_choice_chosen_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_id"], ["staff.id"], name=op.f("fk_manager_choice_proposed_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manager_choice")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_manager_choice_seal_key")),
    )
    op.create_index(op.f("ix_manager_choice_case_id"), "manager_choice", ["case_id"])
    op.create_index(op.f("ix_manager_choice_chosen_id"), "manager_choice", ["chosen_id"])
    op.create_table(
        "supervision_review",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("manager_id", NUMBER, nullable=False),
        sa.Column("reviewer_id", NUMBER, nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("good_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_supervision_review_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["staff.id"], name=op.f("fk_supervision_review_manager_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["staff.id"], name=op.f("fk_supervision_review_reviewer_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_review")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_supervision_review_seal_key")),
    )
    op.create_index(op.f("ix_supervision_review_case_id"), "supervision_review", ["case_id"])
    op.create_index(op.f("ix_supervision_review_manager_id"), "supervision_review", ["manager_id"])
    op.create_table(
        "supervision_action",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_id", NUMBER, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", NUMBER, nullable=True),
        sa.Column("seal_key", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["staff.id"], name=op.f("fk_supervision_action_done_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["supervision_review.id"],
            name=op.f("fk_supervision_action_review_id_supervision_review"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_action")),
        sa.UniqueConstraint("seal_key", name=op.f("uq_supervision_action_seal_key")),
    )
    op.create_index(op.f("ix_supervision_action_review_id"), "supervision_action", ["review_id"])
    op.create_table(
        "supervision_score",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_id", NUMBER, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("score", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["supervision_review.id"],
            name=op.f("fk_supervision_score_review_id_supervision_review"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_score")),
        sa.UniqueConstraint("review_id", "question", name="uq_supervision_score_once"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)
