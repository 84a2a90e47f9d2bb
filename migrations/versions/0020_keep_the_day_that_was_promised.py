"""Keep with a referral by when we said that somebody would be in touch."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# What was promised and is not kept yet: nobody has reached them, and no case carries it on.
OWED = (
    "UPDATE referral SET contact_by = (SELECT promised_on FROM self_referral "
    "WHERE self_referral.referral_id = referral.id) "
    "WHERE case_id IS NULL AND decided_at IS NULL AND NOT EXISTS (SELECT 1 FROM contact_try "
    "WHERE contact_try.referral_id = referral.id "
    "AND contact_try.outcome NOT IN ('no_answer', 'not_safe'))"
)


def upgrade() -> None:
    """Add the day, and take it over from the forms that were sent."""
    op.add_column("referral", sa.Column("contact_by", sa.Date(), nullable=True))
    op.create_index("ix_referral_contact_by", "referral", ["contact_by"])
    op.execute(OWED)


def downgrade() -> None:
    """Take the day away; the form still says it."""
    op.drop_index("ix_referral_contact_by", "referral")
    with op.batch_alter_table("referral") as table:
        table.drop_column("contact_by")
