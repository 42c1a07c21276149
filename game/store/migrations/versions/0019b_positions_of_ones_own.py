"""Positions of the house's own, with prompts and cards of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0019b"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "positions",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("trade", sa.String(160), nullable=False),
        sa.Column("must_haves", sa.JSON(), nullable=False),
        sa.Column("where", sa.String(160), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("pay", sa.String(60), nullable=False),
        sa.Column("requisition_ref", sa.String(40), nullable=False),
        sa.Column("own", sa.JSON(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(16), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["users.id"],
            name=op.f("fk_positions_changed_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
    )
    with op.batch_alter_table("briefs") as table:
        table.add_column(sa.Column("own", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("briefs") as table:
        table.drop_column("own")
    op.drop_table("positions")
