"""The table of what is set for targets."""

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis


class TargetSetting(Base):
    """The options of a target of exports, and the key that opens it, sealed; empty without one."""

    __tablename__ = "target_settings"
    target: Mapped[str] = mapped_column(String(24), primary_key=True)
    options: Mapped[Json] = mapped_column(JSON, default=dict)
    sealed: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)
