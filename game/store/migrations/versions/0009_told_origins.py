"""Where a recommendation comes from that came in a file: as the file told it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_origins",
        sa.Column("recommendation_id", sa.String(length=16), nullable=False),
        sa.Column("brief", sa.String(length=160), nullable=False),
        sa.Column("requisition_ref", sa.String(length=40), nullable=False),
        sa.Column("workshop", sa.String(length=120), nullable=False),
        sa.Column("round", sa.String(length=120), nullable=False),
        sa.Column("recommender", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_told_origins_recommendation_id_recommendations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", name=op.f("pk_told_origins")),
    )


def downgrade() -> None:
    op.drop_table("told_origins")
