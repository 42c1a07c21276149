"""The table of saved views."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class SavedView(Base):
    """A recruiter's own way to look at the pool: facets and order, never the words of a search."""

    __tablename__ = "saved_views"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    filter: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    created_at: Mapped[int] = mapped_column(Millis)
