"""The table of users."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class User(Base):
    """A facilitator, recruiter, admin or dpo. `nonce` makes a sign-in link good for one use.

    `subject` is who this is to the provider that signs the house's people in, once it has.
    """

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    mail: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    role: Mapped[str] = mapped_column(String(12))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    nonce: Mapped[str] = mapped_column(String(16), default=new_id)
    subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    lang: Mapped[str] = mapped_column(String(2), default="fr")
    created_at: Mapped[int] = mapped_column(Millis)
    disabled_at: Mapped[int | None] = mapped_column(Millis)
