"""The tables of links that are good all year."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id, new_key


class YearLink(Base):
    """A colleague's own way in until the day `until`, which they agreed to at `agreed_at`.

    `key` opens their page, and is told to them alone. When they end it early it is deleted; when
    the house closes it, at `closed_at`, it opens nothing any more and tells them so until its day.
    """

    __tablename__ = "year_links"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_key)
    until: Mapped[date] = mapped_column(Date)
    agreed_at: Mapped[int] = mapped_column(Millis)
    created_at: Mapped[int] = mapped_column(Millis)
    closed_at: Mapped[int | None] = mapped_column(Millis)


class YearLinkPlayer(Base):
    """One of the players whom a link stands for: the same colleague, workshop after workshop."""

    __tablename__ = "year_link_players"
    player_id: Mapped[str] = mapped_column(
        ForeignKey("players.id", ondelete="CASCADE"), primary_key=True
    )
    link_id: Mapped[str] = mapped_column(
        ForeignKey("year_links.id", ondelete="CASCADE"), index=True
    )
