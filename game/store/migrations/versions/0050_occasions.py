"""Stands, schools, evenings and posts at which people enter themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "occasions",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("sort", sa.String(10), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("posted", sa.String(300), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("kiosk_key", sa.String(32), nullable=False),
        sa.Column("board_key", sa.String(32), nullable=False),
        sa.Column("created_by", sa.String(16), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["users.id"],
            name=op.f("fk_occasions_created_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasions")),
        sa.UniqueConstraint("kiosk_key", name=op.f("uq_occasions_kiosk_key")),
        sa.UniqueConstraint("board_key", name=op.f("uq_occasions_board_key")),
    )
    op.create_table(
        "guest_cards",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("occasion_id", sa.String(16), nullable=False),
        sa.Column("host", sa.String(80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occasion_id"],
            ["occasions.id"],
            name=op.f("fk_guest_cards_occasion_id_occasions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_cards")),
        sa.UniqueConstraint("key", name=op.f("uq_guest_cards_key")),
    )
    op.create_index(op.f("ix_guest_cards_occasion_id"), "guest_cards", ["occasion_id"])
    op.create_table(
        "arrivals",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("occasion_id", sa.String(16), nullable=False),
        sa.Column("card_id", sa.String(16), nullable=True),
        sa.Column("lead_id", sa.String(16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occasion_id"],
            ["occasions.id"],
            name=op.f("fk_arrivals_occasion_id_occasions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["guest_cards.id"],
            name=op.f("fk_arrivals_card_id_guest_cards"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["leads.id"],
            name=op.f("fk_arrivals_lead_id_leads"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
    )
    op.create_index(op.f("ix_arrivals_occasion_id"), "arrivals", ["occasion_id"])
    op.create_index(op.f("ix_arrivals_lead_id"), "arrivals", ["lead_id"])


def downgrade() -> None:
    op.drop_table("arrivals")
    op.drop_table("guest_cards")
    op.drop_table("occasions")
