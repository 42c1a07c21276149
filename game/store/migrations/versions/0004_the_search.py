"""The search: a folded text a lead, and one index for the desk's list."""

import sqlalchemy as sa
from alembic import op

from game.rules.sought import folded

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
LIST = ["created_at", "id", "verdict", "channel", "internal", "inform_by", "informed_at", "folded"]
leads = sa.table(
    "leads",
    *(sa.column(name, sa.String()) for name in ("id", "name", "role", "company", "mail", "phone")),
    sa.column("skills", sa.JSON()),
    sa.column("folded", sa.String()),
)


def upgrade() -> None:
    op.add_column(
        "leads", sa.Column("folded", sa.String(length=2000), nullable=False, server_default="")
    )
    _fold_all()
    op.drop_index("ix_leads_created_at", table_name="leads")
    op.create_index("ix_leads_list", "leads", LIST)
    op.create_index("ix_recommendations_brief", "recommendations", ["brief_id", "lead_id"])


def _fold_all() -> None:
    connection, last = op.get_bind(), ""
    one = leads.update().where(leads.c.id == sa.bindparam("of"))
    while True:
        batch = sa.select(leads).where(leads.c.id > last).order_by(leads.c.id).limit(AT_ONCE)
        rows = connection.execute(batch).mappings().all()
        if not rows:
            return
        made = [{"of": row["id"], "folded": folded(dict(row))} for row in rows]
        connection.execute(one.values(folded=sa.bindparam("folded")), made)
        last = rows[-1]["id"]


def downgrade() -> None:
    op.drop_index("ix_recommendations_brief", table_name="recommendations")
    op.drop_index("ix_leads_list", table_name="leads")
    op.create_index("ix_leads_created_at", "leads", ["created_at"])
    op.drop_column("leads", "folded")
