"""The table of links that bring the remote onto a phone."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class RemoteLink(Base):
    """A link that signs a phone in as its maker, for one workshop's remote alone; used once."""

    __tablename__ = "remote_links"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    until: Mapped[int] = mapped_column(Millis)
