"""The table of briefs."""

from sqlalchemy import JSON, ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, new_id


class BriefRow(Base):
    """A workshop's own copy of a brief, edited in place; `key` says which content it came from.

    `pay` is the range as people read it, or empty. `own` is the content that comes with it:
    prompts, cards, by the name of the part. All of it is in `lang` (empty: the workshop's);
    `translations` has by language the texts that are said in a second one.
    """

    __tablename__ = "briefs"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(160))
    trade: Mapped[str] = mapped_column(String(160), default="")
    must_haves: Mapped[list[str]] = mapped_column(JSON, default=list)
    where: Mapped[str] = mapped_column(String(160), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    pay: Mapped[str] = mapped_column(String(60), default="", server_default="")
    requisition_ref: Mapped[str] = mapped_column(String(40), default="")
    own: Mapped[Json] = mapped_column(JSON, default=dict, server_default=text("'{}'"))
    lang: Mapped[str] = mapped_column(String(2), default="", server_default="")
    translations: Mapped[Json] = mapped_column(JSON, default=dict, server_default=text("'{}'"))
