"""Texts of the room that its facilitator lets through before it sees them."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moderated: sa.Column[bool] = sa.Column(
        "moderated", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("workshops", moderated)
    op.add_column("rounds", sa.Column("passed", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("rounds", "passed")
    op.drop_column("workshops", "moderated")
