"""The pool stays warm: touchpoints and their rules, messages, feeds, saved views, tags."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0015"
branch_labels = None
depends_on = None


def _id(name: str = "id", *, null: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=16), nullable=null)


def _text(name: str, length: int) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=False)


def _moment(name: str, *, null: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _to(table: str, column: str, other: str, ends: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ends)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns or ("id",), name=op.f(f"pk_{table}"))


def upgrade() -> None:
    for column in ("objected_at", "not_now_at"):
        op.add_column("leads", _moment(column, null=True))
    op.add_column(
        "merges", sa.Column("touchpoints", sa.JSON(), nullable=False, server_default="[]")
    )
    _planning()
    _mailing()
    _desk()
    op.create_table("objections", _text("digest", 64), _moment("at"), _key("objections", "digest"))


def _planning() -> None:
    op.create_table(
        "message_templates",
        _id(),
        _text("name", 80),
        _text("lang", 2),
        _text("kind", 12),
        _text("subject", 160),
        sa.Column("body", sa.Text(), nullable=False),
        _id("user_id", null=True),
        _moment("changed_at"),
        _to("message_templates", "user_id", "users", "SET NULL"),
        _key("message_templates"),
    )
    op.create_table(
        "touch_rules",
        _id(),
        _text("name", 80),
        _text("verdict", 8),
        sa.Column("months", sa.Integer(), nullable=False),
        _text("kind", 12),
        _text("medium", 8),
        sa.Column("active", sa.Boolean(), nullable=False),
        _id("user_id", null=True),
        _moment("created_at"),
        _to("touch_rules", "user_id", "users", "SET NULL"),
        _key("touch_rules"),
    )
    op.create_table(
        "touchpoints",
        _id(),
        _id("lead_id"),
        _text("kind", 12),
        _text("medium", 8),
        _text("direction", 3),
        sa.Column("due_on", sa.Date(), nullable=True),
        _moment("done_at", null=True),
        _moment("cancelled_at", null=True),
        _text("answer", 8),
        _text("note", 500),
        _id("user_id", null=True),
        _id("template_id", null=True),
        _id("rule_id", null=True),
        _id("brief_id", null=True),
        _moment("created_at"),
        _to("touchpoints", "lead_id", "leads", "CASCADE"),
        _to("touchpoints", "user_id", "users", "SET NULL"),
        _to("touchpoints", "template_id", "message_templates", "SET NULL"),
        _to("touchpoints", "rule_id", "touch_rules", "SET NULL"),
        _to("touchpoints", "brief_id", "briefs", "SET NULL"),
        _key("touchpoints"),
    )
    op.create_index(op.f("ix_touchpoints_lead_id"), "touchpoints", ["lead_id"])
    op.create_index("ix_touchpoints_due", "touchpoints", ["done_at", "cancelled_at", "due_on"])


def _mailing() -> None:
    op.create_table(
        "mailings",
        _id(),
        _text("name", 80),
        _text("lang", 2),
        _text("kind", 12),
        _text("subject", 160),
        sa.Column("body", sa.Text(), nullable=False),
        _id("template_id", null=True),
        _id("user_id", null=True),
        _id("job_id", null=True),
        _moment("created_at"),
        _to("mailings", "template_id", "message_templates", "SET NULL"),
        _to("mailings", "user_id", "users", "SET NULL"),
        _to("mailings", "job_id", "jobs", "SET NULL"),
        _key("mailings"),
    )
    op.create_index(op.f("ix_mailings_created_at"), "mailings", ["created_at"])
    op.create_table(
        "letters",
        _id(),
        _id("mailing_id"),
        _id("lead_id"),
        _text("state", 9),
        _text("reason", 20),
        _text("subject", 160),
        sa.Column("body", sa.Text(), nullable=False),
        _id("touchpoint_id", null=True),
        _moment("at"),
        _to("letters", "mailing_id", "mailings", "CASCADE"),
        _to("letters", "lead_id", "leads", "CASCADE"),
        _to("letters", "touchpoint_id", "touchpoints", "SET NULL"),
        _key("letters"),
    )
    op.create_index("ix_letters_mailing", "letters", ["mailing_id", "lead_id"], unique=True)
    op.create_index(op.f("ix_letters_lead_id"), "letters", ["lead_id"])


def _desk() -> None:
    op.create_table(
        "feeds",
        _id("user_id"),
        _text("digest", 64),
        _text("shows", 5),
        _moment("created_at"),
        _to("feeds", "user_id", "users", "CASCADE"),
        _key("feeds", "user_id"),
        sa.UniqueConstraint("digest", name=op.f("uq_feeds_digest")),
    )
    op.create_table(
        "saved_views",
        _id(),
        _id("user_id"),
        _text("name", 60),
        sa.Column("filter", sa.JSON(), nullable=False),
        _moment("created_at"),
        _to("saved_views", "user_id", "users", "CASCADE"),
        _key("saved_views"),
    )
    op.create_index(op.f("ix_saved_views_user_id"), "saved_views", ["user_id"])
    op.create_table(
        "lead_tags",
        _id("lead_id"),
        _text("tag", 40),
        _to("lead_tags", "lead_id", "leads", "CASCADE"),
        _key("lead_tags", "lead_id", "tag"),
    )
    op.create_index(op.f("ix_lead_tags_tag"), "lead_tags", ["tag"])


def downgrade() -> None:
    for table in (
        *("objections", "lead_tags", "saved_views", "feeds", "letters", "mailings"),
        *("touchpoints", "touch_rules", "message_templates"),
    ):
        op.drop_table(table)
    op.drop_column("merges", "touchpoints")
    for column in ("not_now_at", "objected_at"):
        op.drop_column("leads", column)
