"""The table of mailings."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Mailing(Base):
    """A message that goes to one person or to many; its text still has its fields in it.

    `job_id` is the job that sends it.
    """

    __tablename__ = "mailings"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    lang: Mapped[str] = mapped_column(String(2))
    kind: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    template_id: Mapped[str | None] = mapped_column(
        ForeignKey("message_templates.id", ondelete="SET NULL")
    )
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis, index=True)
