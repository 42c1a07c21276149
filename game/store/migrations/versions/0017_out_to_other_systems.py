"""Leads go out to other systems: what is set for each, who is there, pushes, own mappings."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0019"
branch_labels = None
depends_on = None


def _key(table: str, column: str, of: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{of}")
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "target_settings",
        sa.Column("target", sa.String(24), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _key("target_settings", "user_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("target", name=op.f("pk_target_settings")),
    )
    op.create_table(
        "remotes",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("target", sa.String(24), nullable=False),
        sa.Column("lead_id", sa.String(16), nullable=False),
        sa.Column("remote_id", sa.String(120), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _key("remotes", "lead_id", "leads", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remotes")),
    )
    op.create_index("ix_remotes_lead_id", "remotes", ["lead_id", "target"])
    op.create_table(
        "pushes",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("target", sa.String(24), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("untold", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.String(20), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("job_id", sa.String(16), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _key("pushes", "user_id", "users", "SET NULL"),
        _key("pushes", "job_id", "jobs", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushes")),
    )
    op.create_index("ix_pushes_created_at", "pushes", ["created_at"])
    op.create_table(
        "push_items",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("push_id", sa.String(16), nullable=False),
        sa.Column("lead_id", sa.String(16), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _key("push_items", "push_id", "pushes", "CASCADE"),
        _key("push_items", "lead_id", "leads", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_items")),
    )
    op.create_index("ix_push_items_lead_id", "push_items", ["lead_id"])
    op.create_index("ix_push_items_push_id", "push_items", ["push_id", "state"])
    op.create_table(
        "export_mappings",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("separator", sa.String(9), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _key("export_mappings", "user_id", "users", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_mappings")),
    )


def downgrade() -> None:
    for table in ("export_mappings", "push_items", "pushes", "remotes", "target_settings"):
        op.drop_table(table)
