"""The table of notices to contacts."""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis


class Notice(Base):
    """One version of the notice; `texts` by language, as people are given them.

    A published version never changes. The one without `published_at` is being written.
    """

    __tablename__ = "notices"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    texts: Mapped[Json] = mapped_column(JSON)
    published_at: Mapped[int | None] = mapped_column(Millis)
    user_id: Mapped[str | None] = mapped_column(String(16))
