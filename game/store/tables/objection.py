"""The table of objections."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class Objection(Base):
    """A keyed hash of what recognises somebody who objected: it outlives their lead."""

    __tablename__ = "objections"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[int] = mapped_column(Millis)
