"""The table of chat rooms that are told of workshops."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class ChatRoom(Base):
    """A chat's room, by its incoming webhook, whose address is a secret.

    `told_at` is when it last took a notice; `status` and `fault` say of the last try what was
    answered, or why nobody could be asked.
    """

    __tablename__ = "chat_rooms"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    provider: Mapped[str] = mapped_column(String(12))
    url: Mapped[str] = mapped_column(String(500))
    told_at: Mapped[int | None] = mapped_column(Millis)
    status: Mapped[int | None]
    fault: Mapped[str] = mapped_column(String(20), default="")
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)
