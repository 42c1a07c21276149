"""Sounds of interviews that a person agreed to, and how near in meaning what was said is."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def _key(column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_sounds_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "sounds",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("interview_id", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("job_id", sa.String(16), nullable=True),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("fault", sa.String(12), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("millis", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _key("interview_id", "grid_interviews", "CASCADE"),
        _key("user_id", "users", "SET NULL"),
        _key("job_id", "jobs", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sounds")),
    )
    op.create_index(op.f("ix_sounds_interview_id"), "sounds", ["interview_id"])
    op.add_column("grid_passages", sa.Column("near", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("grid_passages", "near")
    op.drop_table("sounds")
