"""Staff sign in in two steps, or as their house knows them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0016"
branch_labels = None
depends_on = None


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_users")
    return sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("user_id", sa.String(16), nullable=False),
        sa.Column("sealed", sa.String(255), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        _of_user("second_factors"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=False),
        _of_user("recovery_codes"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index("ix_recovery_codes_user_id", "recovery_codes", ["user_id"])
    with op.batch_alter_table("sign_ins") as table:
        table.add_column(
            sa.Column("owes_code", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("subject", sa.String(255), nullable=True))
        table.create_unique_constraint(op.f("uq_users_subject"), ["subject"])


def downgrade() -> None:
    with op.batch_alter_table("users") as table:
        table.drop_constraint(op.f("uq_users_subject"), type_="unique")
        table.drop_column("subject")
    with op.batch_alter_table("sign_ins") as table:
        table.drop_column("owes_code")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
