"""A nominee's link is made by a recruiter: keys that nominators hold are worth nothing any more."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.alter_column(
            "key", existing_type=sa.String(length=16), type_=sa.String(length=32), nullable=True
        )
        batch_op.add_column(sa.Column("handed_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE nominations SET key = NULL")


def downgrade() -> None:
    op.execute("UPDATE nominations SET key = substr(id, 1, 16)")
    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.drop_column("handed_at")
        batch_op.alter_column(
            "key", existing_type=sa.String(length=32), type_=sa.String(length=16), nullable=False
        )
