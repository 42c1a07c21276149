"""Sorts of workshops, verdicts that are undone together, who was hired, and who speaks first."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LISTED = ("created_at", "id", "verdict", "channel", "internal", "inform_by", "informed_at")


def upgrade() -> None:
    op.add_column(
        "workshops", sa.Column("sort", sa.String(9), nullable=False, server_default="real")
    )
    op.add_column(
        "leads", sa.Column("rehearsed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("leads", sa.Column("hired_at", sa.BigInteger(), nullable=True))
    op.add_column("verdicts", sa.Column("act", sa.String(16), nullable=True))
    op.create_index("ix_verdicts_act", "verdicts", ["act"])
    op.add_column(
        "recommendations", sa.Column("speaks", sa.String(8), nullable=False, server_default="")
    )
    op.create_index("ix_recommendations_at", "recommendations", ["at"])
    op.drop_index("ix_leads_list", "leads")
    op.create_index("ix_leads_list", "leads", [*LISTED, "rehearsed", "folded"])


def downgrade() -> None:
    op.drop_index("ix_leads_list", "leads")
    op.create_index("ix_leads_list", "leads", [*LISTED, "folded"])
    op.drop_index("ix_recommendations_at", "recommendations")
    op.drop_column("recommendations", "speaks")
    op.drop_index("ix_verdicts_act", "verdicts")
    op.drop_column("verdicts", "act")
    op.drop_column("leads", "hired_at")
    op.drop_column("leads", "rehearsed")
    op.drop_column("workshops", "sort")
