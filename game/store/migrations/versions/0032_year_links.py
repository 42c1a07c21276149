"""Links of colleagues that are good for a year."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "year_links",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_links")),
        sa.UniqueConstraint("key", name=op.f("uq_year_links_key")),
    )
    op.create_table(
        "year_link_players",
        sa.Column("player_id", sa.String(16), nullable=False),
        sa.Column("link_id", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["player_id"],
            ["players.id"],
            name=op.f("fk_year_link_players_player_id_players"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["year_links.id"],
            name=op.f("fk_year_link_players_link_id_year_links"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("player_id", name=op.f("pk_year_link_players")),
    )
    op.create_index(op.f("ix_year_link_players_link_id"), "year_link_players", ["link_id"])


def downgrade() -> None:
    op.drop_table("year_link_players")
    op.drop_table("year_links")
