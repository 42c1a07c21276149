"""The table of positions."""

from sqlalchemy import JSON, ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class Position(Base):
    """An open position of the house's, written in the browser, from which workshops take copies.

    Its fields are those of a brief; `own` is the content that it brings: prompts, cards, by the
    name of the part. `translations` has by language the texts that are said in a second one. It
    `is_whole` once all of it was found right.
    """

    __tablename__ = "positions"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lang: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(160))
    trade: Mapped[str] = mapped_column(String(160), default="")
    must_haves: Mapped[list[str]] = mapped_column(JSON, default=list)
    where: Mapped[str] = mapped_column(String(160), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    pay: Mapped[str] = mapped_column(String(60), default="")
    requisition_ref: Mapped[str] = mapped_column(String(40), default="")
    own: Mapped[Json] = mapped_column(JSON, default=dict)
    translations: Mapped[Json] = mapped_column(JSON, default=dict, server_default=text("'{}'"))
    is_whole: Mapped[bool] = mapped_column(default=False)
    changed_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    changed_at: Mapped[int] = mapped_column(Millis)
