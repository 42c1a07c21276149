"""Files of ROME and Sirene that an administrator brought, and what was kept of them."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0071"
branch_labels = None
depends_on = None


def _key(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _of_file(table: str, *columns: sa.Column[object], primary: str, index: str) -> None:
    op.create_table(
        table,
        *columns,
        sa.Column("file_id", sa.String(16), nullable=False),
        _key(table, "file_id", "reference_files", "CASCADE"),
        sa.PrimaryKeyConstraint(primary, name=op.f(f"pk_{table}")),
    )
    for column in (*index.split(), "file_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        "reference_files",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.String(16), nullable=True),
        sa.Column("user_id", sa.String(16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _key("reference_files", "job_id", "jobs", "SET NULL"),
        _key("reference_files", "user_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_files")),
    )
    _of_file(
        "listed_companies",
        sa.Column("siren", sa.String(9), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("told", sa.String(120), nullable=False),
        sa.Column("naf", sa.String(6), nullable=False),
        sa.Column("nomenclature", sa.String(8), nullable=False),
        sa.Column("band", sa.String(2), nullable=False),
        sa.Column("places", sa.String(600), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        primary="siren",
        index="told naf",
    )
    _of_file(
        "occupations",
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        primary="code",
        index="",
    )
    _of_file(
        "occupation_titles",
        sa.Column("ogr", sa.String(10), nullable=False),
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("folded", sa.String(220), nullable=False),
        primary="ogr",
        index="code",
    )
    op.add_column("target_companies", sa.Column("source_day", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("target_companies", "source_day")
    for table in ("occupation_titles", "occupations", "listed_companies", "reference_files"):
        op.drop_table(table)
