"""The table of verdicts."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Verdict(Base):
    """A recruiter's judgement of a lead; the newest counts. `fake`: the person does not exist.

    Verdicts of the same `act` were given together, and are undone together.
    """

    __tablename__ = "verdicts"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    verdict: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text, default="")
    fake: Mapped[bool] = mapped_column(default=False)
    act: Mapped[str | None] = mapped_column(String(16), index=True)
    at: Mapped[int] = mapped_column(Millis)
