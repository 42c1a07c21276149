"""What was typed at a stand under a known person's name waits for a recruiter."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offered_ways",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column(
            "lead_id", sa.String(16), sa.ForeignKey("leads.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("way", sa.String(5), nullable=False),
        sa.Column("value", sa.String(300), nullable=False),
        sa.Column("occasion", sa.String(120), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_offered_ways_lead_id", "offered_ways", ["lead_id"])


def downgrade() -> None:
    op.drop_table("offered_ways")
