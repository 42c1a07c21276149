"""Signs asked at the door, and who waits there to be let in by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    asked: sa.Column[bool] = sa.Column(
        "presence", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("workshops", asked)
    for name, kind in (("wrong_signs", sa.Integer()), ("wrong_at", sa.BigInteger())):
        count: sa.Column[int] = sa.Column(name, kind, nullable=False, server_default="0")
        op.add_column("workshops", count)
    waiting: sa.Column[bool] = sa.Column(
        "waiting", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("players", waiting)


def downgrade() -> None:
    op.drop_column("players", "waiting")
    for name in ("wrong_at", "wrong_signs", "presence"):
        op.drop_column("workshops", name)
