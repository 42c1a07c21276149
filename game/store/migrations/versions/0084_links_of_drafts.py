"""How many links that were not ours were taken out of what a model said."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    links: sa.Column[int] = sa.Column("links", sa.Integer, nullable=False, server_default="0")
    op.add_column("drafts", links)


def downgrade() -> None:
    op.drop_column("drafts", "links")
