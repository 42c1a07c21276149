"""The table of teams."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, new_id


class Team(Base):
    """A team; its shape says what its colour says: drop, leaf, stone, flame, star or shell."""

    __tablename__ = "teams"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(40))
    shape: Mapped[str] = mapped_column(String(8))
    place: Mapped[int] = mapped_column(default=0)
