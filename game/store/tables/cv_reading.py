"""The table of CVs that are read beside a brief."""

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class CvReading(Base):
    """One person's CV beside one post, as a recruiter reads it.

    `text` is the CV, there only while it is being read: it goes once the reading is done, and
    after a week. What stays is `noted`: for each must-have the recruiter's own state (read, ask or
    none) and the question for the interview.
    """

    __tablename__ = "cv_readings"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(160))
    lang: Mapped[str] = mapped_column(String(2))
    noted: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    text: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[int] = mapped_column(Millis)
    done_at: Mapped[int | None] = mapped_column(Millis)
