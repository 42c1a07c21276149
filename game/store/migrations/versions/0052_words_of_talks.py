"""What is said of a conversation may wait for a review."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "interviews", sa.Column("held_words", sa.String(500), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("interviews", "held_words")
