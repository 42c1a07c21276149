"""What a workshop's screens wear: theme, colours, welcome, Wi-Fi, logo, and what stands over them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0023b"
branch_labels = None
depends_on = None

TEXTS = {"welcome": 160, "colour_act": 7, "colour_earn": 7, "wifi_name": 32, "wifi_password": 63}


def upgrade() -> None:
    with op.batch_alter_table("workshops") as table:
        table.add_column(sa.Column("theme", sa.String(5), server_default="night", nullable=False))
        for name, length in {**TEXTS, "cover": 5}.items():
            table.add_column(sa.Column(name, sa.String(length), server_default="", nullable=False))
        table.add_column(sa.Column("cover_until", sa.BigInteger(), nullable=True))
    op.create_table(
        "logos",
        sa.Column("workshop_id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(12), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshops.id"],
            name=op.f("fk_logos_workshop_id_workshops"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_logos")),
    )


def downgrade() -> None:
    op.drop_table("logos")
    with op.batch_alter_table("workshops") as table:
        for name in ("cover_until", "cover", *TEXTS, "theme"):
            table.drop_column(name)
