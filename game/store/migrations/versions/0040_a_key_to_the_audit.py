"""The audit's chain is keyed with the house's secret, from the next entry on.

What players said of the erased has hashes of its keys, so that it earns as any other words do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "audit_head",
        sa.Column("keyed_from", sa.BigInteger(), nullable=False, server_default="1"),
    )
    op.add_column("own_words", sa.Column("keys", sa.JSON(), nullable=False, server_default="[]"))
    op.execute("UPDATE audit_head SET keyed_from = seq + 1")


def downgrade() -> None:
    op.drop_column("own_words", "keys")
    op.drop_column("audit_head", "keyed_from")
