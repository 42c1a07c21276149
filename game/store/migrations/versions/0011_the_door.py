"""The door: doubtful names, a player's way to another phone, longer keys of projectors."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("players") as batch_op:
        batch_op.add_column(
            sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("handover", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("handover_until", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("workshops") as batch_op:
        batch_op.alter_column("projector_key", existing_type=sa.String(16), type_=sa.String(32))


def downgrade() -> None:
    with op.batch_alter_table("workshops") as batch_op:
        batch_op.alter_column("projector_key", existing_type=sa.String(32), type_=sa.String(16))
    with op.batch_alter_table("players") as batch_op:
        batch_op.drop_column("handover_until")
        batch_op.drop_column("handover")
        batch_op.drop_column("doubtful")
