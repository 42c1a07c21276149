"""A form that was sent again is told from one that somebody else filled in."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("arrivals", sa.Column("digest", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("arrivals", "digest")
