"""Drafts that a model was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0019b"
branch_labels = None
depends_on = None


def _key(column: str, table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_drafts_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("task", sa.String(16), nullable=False),
        sa.Column("lead_id", sa.String(16), nullable=True),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("job_id", sa.String(16), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("millis", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=True),
        _key("lead_id", "leads", "CASCADE"),
        _key("user_id", "users", "SET NULL"),
        _key("job_id", "jobs", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_created_at", "drafts", ["created_at"])
    op.create_index(op.f("ix_drafts_lead_id"), "drafts", ["lead_id"])


def downgrade() -> None:
    op.drop_table("drafts")
