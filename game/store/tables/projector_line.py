"""The table of projectors that are connected now."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base


class ProjectorLine(Base):
    """One connected projector; `socket` is 'worker/sid', as a player's is."""

    __tablename__ = "projector_lines"
    socket: Mapped[str] = mapped_column(String(60), primary_key=True)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
