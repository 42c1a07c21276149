"""The table of letters."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Letter(Base):
    """One mailing to one person; it goes when the person goes.

    `state` is waiting, sending, sent, skipped, refused (by the mail server), unsure (its worker
    died at the moment of sending: it is not sent a second time) or cancelled; `reason` is a code
    for a state that is not sent. A text of the letter's own, where there is one, wins over the
    mailing's.
    """

    __tablename__ = "letters"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    mailing_id: Mapped[str] = mapped_column(ForeignKey("mailings.id", ondelete="CASCADE"))
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(9), default="waiting")
    reason: Mapped[str] = mapped_column(String(20), default="")
    subject: Mapped[str] = mapped_column(String(160), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    touchpoint_id: Mapped[str | None] = mapped_column(
        ForeignKey("touchpoints.id", ondelete="SET NULL")
    )
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_letters_mailing", "mailing_id", "lead_id", unique=True),)
