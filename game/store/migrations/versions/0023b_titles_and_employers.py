"""Titles that were chosen, and employers that were kept or struck."""

import sqlalchemy as sa
from alembic import op

revision = "0023b"
down_revision = "0022"
branch_labels = None
depends_on = None


def _user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_users")
    return sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=name, ondelete="SET NULL")


def upgrade() -> None:
    op.create_table(
        "wording_choices",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("among", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _user("wording_choices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_choices")),
    )
    op.create_table(
        "target_companies",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(160), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("state", sa.String(6), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _user("target_companies"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_companies")),
    )
    op.create_index("ix_target_companies_topic", "target_companies", ["topic", "key"], unique=True)


def downgrade() -> None:
    op.drop_table("target_companies")
    op.drop_table("wording_choices")
