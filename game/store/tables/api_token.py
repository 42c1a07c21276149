"""The tables of the HTTP API: who may call it, and what was answered already."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class ApiToken(Base):
    """What a program shows to act for a user, by the hash of its key.

    `scopes` are what it may do of what its owner may. Past `expires_at`, or once it is revoked, it
    opens nothing; its row stays as long as the page tells of it.
    """

    __tablename__ = "api_tokens"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[int] = mapped_column(Millis)
    expires_at: Mapped[int] = mapped_column(Millis)
    last_used_at: Mapped[int | None] = mapped_column(Millis)
    revoked_at: Mapped[int | None] = mapped_column(Millis)


class ApiAnswer(Base):
    """What a request with an idempotency key was answered: identifiers and states, nobody's data.

    `key` is the hash of the caller's key, `asked` a keyed hash of the request.
    """

    __tablename__ = "api_answers"
    token_id: Mapped[str] = mapped_column(
        ForeignKey("api_tokens.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(default=0)
    body: Mapped[Json] = mapped_column(JSON, default=dict)
    at: Mapped[int] = mapped_column(Millis, index=True)
