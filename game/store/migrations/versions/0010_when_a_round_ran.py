"""Rounds know when their clock ran, and which texts the facilitator keeps from the room."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("timing", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("hidden", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_column("hidden")
        batch_op.drop_column("timing")
