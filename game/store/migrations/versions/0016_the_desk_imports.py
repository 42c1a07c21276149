"""The desk imports: files that wait, mappings that are remembered, the job of an import."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0013"
branch_labels = None
depends_on = None


def _job(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_job_id_jobs")
    return sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=name, ondelete="SET NULL")


def upgrade() -> None:
    op.create_table(
        "import_files",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("signature", sa.String(32), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.String(16), nullable=True),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _job("import_files"),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_import_files_user_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_files")),
    )
    op.create_index("ix_import_files_at", "import_files", ["at"])
    op.create_table(
        "import_profiles",
        sa.Column("signature", sa.String(32), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_import_profiles")),
    )
    with op.batch_alter_table("pool_imports") as table:
        table.add_column(sa.Column("job_id", sa.String(16), nullable=True))
        table.create_foreign_key(
            op.f("fk_pool_imports_job_id_jobs"), "jobs", ["job_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("pool_imports") as table:
        table.drop_constraint(op.f("fk_pool_imports_job_id_jobs"), type_="foreignkey")
        table.drop_column("job_id")
    op.drop_table("import_profiles")
    op.drop_table("import_files")
