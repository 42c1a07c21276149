"""The table of who is in another system already."""

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Remote(Base):
    """A lead in another system; `remote_id` is its id there, empty where that was not told.

    `filed` says that they left in a file meant for it: nobody told whether they arrived. A lead
    made of two has what both had.
    """

    __tablename__ = "remotes"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    target: Mapped[str] = mapped_column(String(24))
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"))
    remote_id: Mapped[str] = mapped_column(String(120), default="")
    filed: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_remotes_lead_id", "lead_id", "target"),)
