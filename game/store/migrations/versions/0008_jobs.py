"""The job queue; and who accepted to be somebody's expert stays when that player's data end."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BY = "fk_nominations_player_id_players"


def _author(*, kept: bool) -> None:
    """Nominations whose player goes: kept without their author, or gone with them."""
    with op.batch_alter_table("nominations") as table:
        table.drop_constraint(BY, type_="foreignkey")
        table.alter_column("player_id", existing_type=sa.String(length=16), nullable=kept)
        ends = "SET NULL" if kept else "CASCADE"
        table.create_foreign_key(BY, "players", ["player_id"], ["id"], ondelete=ends)


def upgrade() -> None:
    _author(kept=True)
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("once", sa.String(length=80), nullable=True),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=16), nullable=True),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("fault", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_jobs_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("once", name=op.f("uq_jobs_once")),
    )
    op.create_index("ix_jobs_state_due_at", "jobs", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("jobs")
    op.execute("DELETE FROM nominations WHERE player_id IS NULL")
    _author(kept=False)
