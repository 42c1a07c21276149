"""Rounds that earn no points."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    warm_up: sa.Column[bool] = sa.Column(
        "warm_up", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("rounds", warm_up)


def downgrade() -> None:
    op.drop_column("rounds", "warm_up")
