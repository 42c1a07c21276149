"""The table of suppressions."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class Suppression(Base):
    """A keyed hash of what recognises somebody who was erased, so that they stay out."""

    __tablename__ = "suppressions"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[int] = mapped_column(Millis)
