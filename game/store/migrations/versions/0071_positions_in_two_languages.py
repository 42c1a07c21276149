"""Positions, and the copies that workshops have of them, in a second language."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("positions", "briefs"):
        op.add_column(
            table,
            sa.Column("translations", sa.JSON, nullable=False, server_default=sa.text("'{}'")),
        )
    op.add_column("briefs", sa.Column("lang", sa.String(2), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("briefs", "lang")
    for table in ("briefs", "positions"):
        op.drop_column(table, "translations")
