"""The law: notices, the contact's link, invitations, company facts, a chained audit."""

import hashlib

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None

BY = "fk_audit_user_id_users"
AUDIT = sa.table(
    "audit",
    sa.column("id", sa.String),
    sa.column("user_id", sa.String),
    sa.column("action", sa.String),
    sa.column("detail", sa.JSON),
    sa.column("at", sa.BigInteger),
    sa.column("seq", sa.BigInteger),
    sa.column("seal", sa.String),
)


def _leads() -> None:
    with op.batch_alter_table("leads") as table:
        table.add_column(sa.Column("notice_version", sa.Integer(), nullable=True))
        table.add_column(sa.Column("link_nonce", sa.String(length=16), nullable=True))
        table.add_column(sa.Column("kept_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("agreed_at", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_leads_to_inform",
        "leads",
        ["inform_by", "id"],
        sqlite_where=sa.text("informed_at IS NULL"),
        postgresql_where=sa.text("informed_at IS NULL"),
    )


def _workshops() -> None:
    with op.batch_alter_table("workshops") as table:
        table.add_column(
            sa.Column("capture", sa.String(length=8), nullable=False, server_default="direct")
        )
    with op.batch_alter_table("briefs") as table:
        table.add_column(sa.Column("pay", sa.String(length=60), nullable=False, server_default=""))
    with op.batch_alter_table("recommendations") as table:
        table.add_column(sa.Column("held", sa.JSON(none_as_null=True), nullable=True))


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_notices")),
    )
    op.create_table(
        "company_facts",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_company_facts")),
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("player_id", sa.String(length=16), nullable=True),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("workshop_id", sa.String(length=16), nullable=False),
        sa.Column("lead_id", sa.String(length=16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("key", name=op.f("uq_invitations_key")),
        *(
            sa.ForeignKeyConstraint(
                [f"{one}_id"],
                [f"{one}s.id"],
                name=op.f(f"fk_invitations_{one}_id_{one}s"),
                ondelete=ends,
            )
            for one, ends in (
                ("player", "CASCADE"),
                ("round", "CASCADE"),
                ("workshop", "CASCADE"),
                ("lead", "SET NULL"),
            )
        ),
    )
    op.create_index("ix_invitations_player_id", "invitations", ["player_id", "round_id"])


def _audit() -> None:
    with op.batch_alter_table("audit") as table:
        table.drop_constraint(BY, type_="foreignkey")
        table.add_column(sa.Column("seq", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("seal", sa.String(length=64), nullable=True))
    op.create_index("ix_audit_seq", "audit", ["seq"], unique=True)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    _seal_what_is_there()


def _seal_what_is_there() -> None:
    """Entries of before get their links, in the order of their moments."""
    connection = op.get_bind()
    seq, seal = 0, "0" * 64
    for row in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.at, AUDIT.c.id)).all():
        seq += 1
        said = [seq, seal, row.id, row.user_id, row.action, row.detail, row.at]
        seal = hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()
        connection.execute(sa.update(AUDIT).where(AUDIT.c.id == row.id).values(seq=seq, seal=seal))
    head = sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("seal"))
    if seq:
        connection.execute(sa.insert(head).values(id=1, seq=seq, seal=seal))


def upgrade() -> None:
    _leads()
    _workshops()
    _notices()
    _invitations()
    _audit()


def downgrade() -> None:
    op.drop_table("audit_head")
    op.drop_index("ix_audit_seq", "audit")
    with op.batch_alter_table("audit") as table:
        table.drop_column("seal")
        table.drop_column("seq")
        table.create_foreign_key(BY, "users", ["user_id"], ["id"], ondelete="SET NULL")
    op.drop_table("invitations")
    op.drop_table("company_facts")
    op.drop_table("notices")
    with op.batch_alter_table("recommendations") as table:
        table.drop_column("held")
    with op.batch_alter_table("briefs") as table:
        table.drop_column("pay")
    with op.batch_alter_table("workshops") as table:
        table.drop_column("capture")
    op.drop_index("ix_leads_to_inform", "leads")
    with op.batch_alter_table("leads") as table:
        for name in ("agreed_at", "kept_until", "link_nonce", "notice_version"):
            table.drop_column(name)
