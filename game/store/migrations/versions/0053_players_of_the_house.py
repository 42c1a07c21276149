"""Players whom the company's provider of identities knows."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("players", sa.Column("subject", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("players", "subject")
