"""A link for a year can be closed by the house, and says so until its day."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("year_links", sa.Column("closed_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("year_links", "closed_at")
