"""The table of workers: the processes that serve."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class WorkerRow(Base):
    """A serving process. `seen_at` is by the database's own clock, which all workers share."""

    __tablename__ = "workers"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    seen_at: Mapped[int] = mapped_column(Millis)
