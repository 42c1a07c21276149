"""Programs call and are told: tokens, answers given already, webhooks and their deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0021"
branch_labels = None
depends_on = None


def _id(name: str = "id", *, null: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(16), nullable=null)


def _text(name: str, length: int) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=False)


def _moment(name: str, *, null: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _number(name: str, *, null: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=null)


def _json(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.JSON(), nullable=False)


def _to(table: str, column: str, other: str, ends: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ends)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns or ("id",), name=op.f(f"pk_{table}"))


def upgrade() -> None:
    _calling()
    _telling()


def _calling() -> None:
    op.create_table(
        "api_tokens",
        _id(),
        _id("user_id"),
        _text("name", 60),
        _text("digest", 64),
        _json("scopes"),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("last_used_at", null=True),
        _moment("revoked_at", null=True),
        _to("api_tokens", "user_id", "users", "CASCADE"),
        _key("api_tokens"),
        sa.UniqueConstraint("digest", name=op.f("uq_api_tokens_digest")),
    )
    op.create_index("ix_api_tokens_user_id", "api_tokens", ["user_id"])
    op.create_table(
        "api_answers",
        _id("token_id"),
        _text("key", 64),
        _text("asked", 64),
        _number("status"),
        _json("body"),
        _moment("at"),
        _to("api_answers", "token_id", "api_tokens", "CASCADE"),
        _key("api_answers", "token_id", "key"),
    )
    op.create_index("ix_api_answers_at", "api_answers", ["at"])


def _telling() -> None:
    op.create_table(
        "webhooks",
        _id(),
        _text("url", 500),
        _json("events"),
        _id("nonce"),
        _id("former_nonce", null=True),
        _moment("renewed_at", null=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        _number("failures"),
        _moment("failing_since", null=True),
        _id("created_by", null=True),
        _moment("created_at"),
        _to("webhooks", "created_by", "users", "SET NULL"),
        _key("webhooks"),
    )
    op.create_table(
        "webhook_deliveries",
        _id(),
        _id("webhook_id"),
        _text("event", 20),
        _json("data"),
        _text("state", 8),
        _number("tries"),
        _number("status", null=True),
        _text("fault", 20),
        _moment("at"),
        _moment("due_at"),
        _moment("asked_at"),
        _moment("ended_at", null=True),
        _to("webhook_deliveries", "webhook_id", "webhooks", "CASCADE"),
        _key("webhook_deliveries"),
    )
    waiting, log = ["webhook_id", "state", "due_at"], ["webhook_id", "at"]
    op.create_index("ix_webhook_deliveries_waiting", "webhook_deliveries", waiting)
    op.create_index("ix_webhook_deliveries_log", "webhook_deliveries", log)
    op.create_index("ix_webhook_deliveries_at", "webhook_deliveries", ["at"])


def downgrade() -> None:
    for table in ("webhook_deliveries", "webhooks", "api_answers", "api_tokens"):
        op.drop_table(table)
