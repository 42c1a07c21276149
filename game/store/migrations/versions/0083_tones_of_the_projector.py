"""Whether a workshop's projector plays tones: not before somebody wants them."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    tones: sa.Column[bool] = sa.Column(
        "tones", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("workshops", tones)


def downgrade() -> None:
    op.drop_column("workshops", "tones")
