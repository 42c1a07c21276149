"""By which rules leads were compared, so that newer ones compare them again."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("compared", sa.Column("rules", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_compared_rules", "compared", ["rules"])


def downgrade() -> None:
    op.drop_index("ix_compared_rules", "compared")
    op.drop_column("compared", "rules")
