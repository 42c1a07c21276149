"""How much processor time an answer took, where that was measured."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("cpu_millis", sa.Integer, nullable=True))


def downgrade() -> None:
    op.drop_column("drafts", "cpu_millis")
