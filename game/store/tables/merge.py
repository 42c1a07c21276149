"""The table of merges."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class Merge(Base):
    """Two leads made one, with what it takes to part them again; it goes when the lead goes.

    `other` holds the columns of the lead that went, `filled` what the kept one had before in the
    columns that it filled in from it. `reasons` say why, as keys, where it was proposed or happened
    by itself. `recommendations`, `verdicts`, `keys`, `touchpoints` and `merges` (earlier
    ones, into the lead that went) are what came with it, and `moved` has the ids of what else did,
    by table, `tags` the words put on it. `apart` are the leads that the one that went is not,
    `made` those that the kept one is not since.
    """

    __tablename__ = "merges"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    kept_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    other: Mapped[Json] = mapped_column(JSON)
    filled: Mapped[Json] = mapped_column(JSON)
    recommendations: Mapped[list[str]] = mapped_column(JSON)
    verdicts: Mapped[list[str]] = mapped_column(JSON)
    keys: Mapped[list[str]] = mapped_column(JSON)
    merges: Mapped[list[str]] = mapped_column(JSON)
    touchpoints: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    moved: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    tags: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    apart: Mapped[list[str]] = mapped_column(JSON, default=list)
    made: Mapped[list[str]] = mapped_column(JSON, default=list)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)
