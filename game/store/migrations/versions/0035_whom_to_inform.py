"""The index of whom to inform holds all that the desk counts by."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NAME, OPEN = "ix_leads_to_inform", sa.text("informed_at IS NULL")


def upgrade() -> None:
    _of(["inform_by", "id", "rehearsed"])


def downgrade() -> None:
    _of(["inform_by", "id"])


def _of(columns: list[str]) -> None:
    op.drop_index(NAME, "leads")
    op.create_index(NAME, "leads", columns, sqlite_where=OPEN, postgresql_where=OPEN)
