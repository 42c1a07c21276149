"""The facilitator's hour: its length and pace, boards, auto-advance, the last move, bound remotes."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("talk", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.BigInteger(), nullable=True),
        sa.Column("boards", sa.String(5), nullable=False, server_default="each"),
        sa.Column("auto", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("auto_at", sa.BigInteger(), nullable=True),
        sa.Column("last_move", sa.JSON(), nullable=True),
        sa.Column("copy_of", sa.String(16), nullable=True),
        sa.Column("checked", sa.JSON(), nullable=True),
        sa.Column("after_days", sa.Integer(), nullable=False, server_default="7"),
    ):
        op.add_column("workshops", column)
    op.add_column("rounds", sa.Column("notes", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "rounds", sa.Column("after", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("sign_ins") as table:
        table.add_column(sa.Column("workshop_id", sa.String(16), nullable=True))
        table.create_foreign_key(
            op.f("fk_sign_ins_workshop_id_workshops"),
            "workshops",
            ["workshop_id"],
            ["id"],
            ondelete="CASCADE",
        )
    op.create_table(
        "remote_links",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        _of("remote_links", "workshop", "workshops"),
        _of("remote_links", "user", "users"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_remote_links")),
    )
    op.create_table(
        "projector_lines",
        sa.Column("socket", sa.String(60), nullable=False),
        sa.Column("workshop_id", sa.String(16), nullable=False),
        _of("projector_lines", "workshop", "workshops"),
        sa.PrimaryKeyConstraint("socket", name=op.f("pk_projector_lines")),
    )
    op.create_index("ix_projector_lines_workshop_id", "projector_lines", ["workshop_id"])


def _of(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    key = op.f(f"fk_{table}_{name}_id_{other}")
    return sa.ForeignKeyConstraint([f"{name}_id"], [f"{other}.id"], name=key, ondelete="CASCADE")


def downgrade() -> None:
    op.drop_table("projector_lines")
    op.drop_table("remote_links")
    with op.batch_alter_table("sign_ins") as table:
        table.drop_constraint(op.f("fk_sign_ins_workshop_id_workshops"), type_="foreignkey")
        table.drop_column("workshop_id")
    op.drop_column("rounds", "after")
    op.drop_column("rounds", "notes")
    for name in (
        *("after_days", "checked", "copy_of", "last_move", "auto_at", "auto"),
        *("boards", "begun_at", "talk", "minutes"),
    ):
        op.drop_column("workshops", name)
