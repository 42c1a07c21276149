"""CVs that are read beside a brief."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def _key(column: str, table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_cv_readings_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "cv_readings",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("lead_id", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("noted", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        _key("lead_id", "leads", "CASCADE"),
        _key("user_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cv_readings")),
    )
    op.create_index(op.f("ix_cv_readings_lead_id"), "cv_readings", ["lead_id"])


def downgrade() -> None:
    op.drop_table("cv_readings")
