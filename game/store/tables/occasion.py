"""The tables of occasions at which people enter themselves: stands, schools, evenings, posts."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id, new_key


class Occasion(Base):
    """A stand, a school's day, an afterwork, or a post in a community: a channel with its yield.

    `sort` is stand, school, afterwork or community. `stand_key` opens the stand (its column has an
    older name), `board_key` the evening's board; both, and all cards, take people in until
    `closes_on`. `place` is the fair, school or community as the directory of places has it,
    `posted` what was said there. `lang` is the language that its stand begins in.
    """

    __tablename__ = "occasions"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    sort: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(120), default="")
    posted: Mapped[str] = mapped_column(String(300), default="")
    held_on: Mapped[date] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)
    lang: Mapped[str] = mapped_column(String(2))
    stand_key: Mapped[str] = mapped_column("kiosk_key", String(32), unique=True, default=new_key)
    board_key: Mapped[str] = mapped_column(String(32), unique=True, default=new_key)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)


class GuestCard(Base):
    """A card with a code that guests scan: a host's, or the occasion's own where `host` is empty.

    Hosts' names end with players' data, counted from the occasion's day.
    """

    __tablename__ = "guest_cards"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_key)
    occasion_id: Mapped[str] = mapped_column(
        ForeignKey("occasions.id", ondelete="CASCADE"), index=True
    )
    host: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[int] = mapped_column(Millis)


class Arrival(Base):
    """Somebody entered themselves at an occasion, by a card or at its screen; `id` is the form's.

    `lead_id` is who, as long as they are in the pool. `digest` is a keyed hash of the form's id and
    of what was typed, which tells a form that was sent again from one that somebody else filled in.
    """

    __tablename__ = "arrivals"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    occasion_id: Mapped[str] = mapped_column(
        ForeignKey("occasions.id", ondelete="CASCADE"), index=True
    )
    card_id: Mapped[str | None] = mapped_column(ForeignKey("guest_cards.id", ondelete="SET NULL"))
    lead_id: Mapped[str | None] = mapped_column(
        ForeignKey("leads.id", ondelete="SET NULL"), index=True
    )
    at: Mapped[int] = mapped_column(Millis)
    digest: Mapped[str] = mapped_column(String(64), default="", server_default="")
