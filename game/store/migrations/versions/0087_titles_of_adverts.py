"""A title is chosen for a position's advert, in a language, until it is changed or taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

TABLE = "wording_choices"
BY = "fk_wording_choices_ended_by_users"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("topic", sa.String(160), nullable=False, server_default=""))
        table.add_column(sa.Column("lang", sa.String(2), nullable=False, server_default=""))
        table.add_column(sa.Column("ended_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("ended_by", sa.String(16), nullable=True))
        table.create_foreign_key(op.f(BY), "users", ["ended_by"], ["id"], ondelete="SET NULL")
        table.create_index("ix_wording_choices_topic", ["topic"])


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_index("ix_wording_choices_topic")
        table.drop_constraint(op.f(BY), type_="foreignkey")
        for name in ("ended_by", "ended_at", "lang", "topic"):
            table.drop_column(name)
