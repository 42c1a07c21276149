"""The table of helpers."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class Helper(Base):
    """Somebody whom a workshop's owner invited to prepare and run it with them."""

    __tablename__ = "helpers"
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[int] = mapped_column(Millis)
