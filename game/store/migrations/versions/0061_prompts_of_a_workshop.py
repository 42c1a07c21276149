"""Content of a workshop's own, by language."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshops", sa.Column("own", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("workshops", "own")
