"""The table of touchpoints."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Touchpoint(Base):
    """One contact with a lead, planned or done.

    Planned as long as neither `done_at` nor `cancelled_at` is set; `due_on` is the day it is
    planned for. `direction` is 'out' where we speak, 'in' where the person does. `answer` is what
    came of it: answered, silent, bounced, or empty. `user_id` is who sees to it; `rule_id` the
    rule that planned it, `brief_id` what it is about.
    """

    __tablename__ = "touchpoints"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    medium: Mapped[str] = mapped_column(String(8))
    direction: Mapped[str] = mapped_column(String(3), default="out")
    due_on: Mapped[date | None] = mapped_column(Date)
    done_at: Mapped[int | None] = mapped_column(Millis)
    cancelled_at: Mapped[int | None] = mapped_column(Millis)
    answer: Mapped[str] = mapped_column(String(8), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    template_id: Mapped[str | None] = mapped_column(
        ForeignKey("message_templates.id", ondelete="SET NULL")
    )
    rule_id: Mapped[str | None] = mapped_column(ForeignKey("touch_rules.id", ondelete="SET NULL"))
    brief_id: Mapped[str | None] = mapped_column(ForeignKey("briefs.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_touchpoints_due", "done_at", "cancelled_at", "due_on"),)
