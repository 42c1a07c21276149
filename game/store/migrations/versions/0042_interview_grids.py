"""Interview grids, interviews by them, and what was said there."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def _key(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "grids",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        _key("grids", "user_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grids")),
        sa.UniqueConstraint("title", name=op.f("uq_grids_title")),
    )
    op.create_table(
        "grid_interviews",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("lead_id", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("taps", sa.JSON(), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _key("grid_interviews", "lead_id", "leads", "CASCADE"),
        _key("grid_interviews", "user_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_interviews")),
    )
    op.create_index(op.f("ix_grid_interviews_lead_id"), "grid_interviews", ["lead_id"])
    op.create_table(
        "grid_passages",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("interview_id", sa.String(16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("tapped", sa.String(8), nullable=False),
        sa.Column("filed", sa.String(8), nullable=False),
        sa.Column("filed_by", sa.String(16), nullable=True),
        _key("grid_passages", "interview_id", "grid_interviews", "CASCADE"),
        _key("grid_passages", "filed_by", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_passages")),
    )
    op.create_index(op.f("ix_grid_passages_interview_id"), "grid_passages", ["interview_id"])


def downgrade() -> None:
    for table in ("grid_passages", "grid_interviews", "grids"):
        op.drop_table(table)
