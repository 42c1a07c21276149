"""The table of reverse interviews: the candidate asks, a colleague answers."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Interview(Base):
    """A talk that a contact may have with a colleague of their choice.

    `why` it was opened is offer or hesitates. `state` is open (the contact chooses), asked (the
    colleague answers), countered (the colleague proposed another time) or agreed, on `at`.
    `slots` are the times that wait for an answer, by the house's clock (2026-12-01T14:00). `place`
    is what the colleague says of where, or of the number and link. `questions` are for the
    colleague alone and go when the talk is over. `helped` and `words` are what the contact said of
    it afterwards, at `told_at`, if anything, and `held_words` wait for a review first; `lang` is
    the language they read.
    """

    __tablename__ = "interviews"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    colleague_id: Mapped[str | None] = mapped_column(
        ForeignKey("colleagues.id", ondelete="SET NULL"), index=True
    )
    opened_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    opened_at: Mapped[int] = mapped_column(Millis)
    why: Mapped[str] = mapped_column(String(9))
    state: Mapped[str] = mapped_column(String(9), default="open")
    lang: Mapped[str] = mapped_column(String(2))
    way: Mapped[str] = mapped_column(String(6), default="")
    slots: Mapped[list[str]] = mapped_column(JSON, default=list)
    questions: Mapped[list[str]] = mapped_column(JSON, default=list)
    at: Mapped[int | None] = mapped_column(Millis)
    place: Mapped[str] = mapped_column(String(200), default="")
    helped: Mapped[str] = mapped_column(String(8), default="")
    words: Mapped[str] = mapped_column(String(500), default="")
    held_words: Mapped[str] = mapped_column(String(500), default="", server_default="")
    told_at: Mapped[int | None] = mapped_column(Millis)
