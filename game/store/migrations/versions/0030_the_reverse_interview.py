"""Colleagues whom candidates may meet, and the talks they have."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "colleagues",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("mail", sa.String(254), nullable=False),
        sa.Column("topics", sa.String(300), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("offered_at", sa.BigInteger(), nullable=True),
        sa.Column("added_by", sa.String(16), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _key("colleagues", "added_by", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleagues")),
        sa.UniqueConstraint("key", name=op.f("uq_colleagues_key")),
        sa.UniqueConstraint("mail", name=op.f("uq_colleagues_mail")),
    )
    op.create_table(
        "interviews",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("lead_id", sa.String(16), nullable=False),
        sa.Column("colleague_id", sa.String(16), nullable=True),
        sa.Column("opened_by", sa.String(16), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(9), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("way", sa.String(6), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("helped", sa.String(8), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        _key("interviews", "lead_id", "leads", "CASCADE"),
        _key("interviews", "colleague_id", "colleagues", "SET NULL"),
        _key("interviews", "opened_by", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
    )
    for column in ("lead_id", "colleague_id"):
        op.create_index(op.f(f"ix_interviews_{column}"), "interviews", [column])


def _key(owner: str, column: str, table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{owner}_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    op.drop_table("interviews")
    op.drop_table("colleagues")
