"""The tables of the people who run things: users, and the trace of what they did."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class User(Base):
    """A facilitator, recruiter, admin or dpo. `nonce` makes a sign-in link good for one use."""

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    mail: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    role: Mapped[str] = mapped_column(String(12))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    nonce: Mapped[str] = mapped_column(String(16), default=new_id)
    lang: Mapped[str] = mapped_column(String(2), default="fr")
    created_at: Mapped[int] = mapped_column(Millis)
    disabled_at: Mapped[int | None] = mapped_column(Millis)


class AuditEntry(Base):
    """Who did what, when; `detail` holds counts, filters and identifiers, never personal data."""

    __tablename__ = "audit"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[int] = mapped_column(Millis, index=True)
