"""One person, one record: how doubles are found and decided, what files brought."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0014"
branch_labels = None
depends_on = None

MORE = ("reasons", "apart", "made")


def _of_lead(table: str) -> "sa.Column[str]":
    ends = sa.ForeignKey("leads.id", name=op.f(f"fk_{table}_lead_id_leads"), ondelete="CASCADE")
    return sa.Column("lead_id", sa.String(16), ends, nullable=False)


def _user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_users")
    return sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=name, ondelete="SET NULL")


def _doubles() -> None:
    op.create_table(
        "compared",
        _of_lead("compared"),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("lead_id", name=op.f("pk_compared")),
    )
    op.create_index("ix_compared_waiting", "compared", ["waiting"])
    op.create_table(
        "lead_blocks",
        sa.Column("block", sa.BigInteger(), nullable=False, autoincrement=False),
        _of_lead("lead_blocks"),
        sa.PrimaryKeyConstraint("block", "lead_id", name=op.f("pk_lead_blocks")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lead_blocks_lead_id", "lead_blocks", ["lead_id"])
    pair = [
        sa.ForeignKeyConstraint(
            [name], ["leads.id"], name=op.f(f"fk_doubles_{name}_leads"), ondelete="CASCADE"
        )
        for name in ("one_id", "other_id")
    ]
    op.create_table(
        "doubles",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("one_id", sa.String(16), nullable=False),
        sa.Column("other_id", sa.String(16), nullable=False),
        sa.Column("state", sa.String(5), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *pair,
        _user("doubles"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubles")),
    )
    op.create_index("ix_doubles_other_id", "doubles", ["other_id"])
    op.create_index("ix_doubles_pair", "doubles", ["one_id", "other_id"], unique=True)
    op.create_index("ix_doubles_state", "doubles", ["state", "at", "id"])


def _imports() -> None:
    op.create_table(
        "pool_imports",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        _user("pool_imports"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_imports")),
    )
    op.create_table(
        "imported",
        sa.Column("import_id", sa.String(16), nullable=False),
        _of_lead("imported"),
        sa.Column("told_id", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "lead_id", name=op.f("pk_imported")),
    )
    op.create_index("ix_imported_lead_id", "imported", ["lead_id"])


def upgrade() -> None:
    for name in MORE:
        op.add_column(
            "merges", sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
    for name in ("moved", "tags"):
        op.add_column(
            "merges", sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
        )
    _doubles()
    _imports()


def downgrade() -> None:
    for table in ("imported", "pool_imports"):
        op.drop_table(table)
    for table in ("doubles", "lead_blocks", "compared"):
        op.drop_table(table)
    for name in (*MORE, "moved", "tags"):
        op.drop_column("merges", name)
