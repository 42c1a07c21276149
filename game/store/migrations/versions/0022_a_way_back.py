"""A way back without a cookie, and a player's own extra time."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("players", sa.Column("word", sa.String(4), nullable=True))
    extra = sa.Column("extra_percent", sa.Integer(), nullable=False, server_default="0")
    op.add_column("players", extra)
    op.create_index("ix_players_word", "players", ["workshop_id", "word"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_players_word", "players")
    op.drop_column("players", "extra_percent")
    op.drop_column("players", "word")
