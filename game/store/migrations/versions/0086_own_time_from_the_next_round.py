"""More time that was chosen once a round was closed holds from the next one: what holds in it."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = sa.Column("extra_before", sa.Integer(), nullable=False, server_default="0")
    op.add_column("players", kept)
    op.add_column("players", sa.Column("extra_after", sa.String(16), nullable=True))


def downgrade() -> None:
    op.drop_column("players", "extra_after")
    op.drop_column("players", "extra_before")
