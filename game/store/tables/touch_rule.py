"""The table of rules that plan touchpoints."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class TouchRule(Base):
    """'Shortlisted and not hired: a call every four months.'

    It concerns leads of this `verdict` whom nobody hired; every so many `months` without a word it
    plans a touchpoint for `user_id`.
    """

    __tablename__ = "touch_rules"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    verdict: Mapped[str] = mapped_column(String(8))
    months: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    medium: Mapped[str] = mapped_column(String(8))
    active: Mapped[bool] = mapped_column(default=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)
