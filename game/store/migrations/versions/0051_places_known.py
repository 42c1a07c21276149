"""Who knows somebody at a place, and lists whose sort says by which channel people come."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "places", sa.Column("knows", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "import_files", sa.Column("channel", sa.String(40), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("import_files", "channel")
    op.drop_column("places", "knows")
