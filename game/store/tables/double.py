"""The tables by which doubles are found, and what was decided of them."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Compared(Base):
    """What a lead was when it was last made ready to be compared, as a mark of its fields.

    `waiting` says that it has not been compared since, and `rules` by which rules it was made
    ready: newer ones may find what those did not.
    """

    __tablename__ = "compared"
    lead_id: Mapped[str] = mapped_column(
        ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(16))
    waiting: Mapped[bool] = mapped_column(index=True)
    rules: Mapped[int] = mapped_column(default=0, server_default="0", index=True)


class LeadBlock(Base):
    """Where a lead meets those that may be the same person; two of one person share a block."""

    __tablename__ = "lead_blocks"
    block: Mapped[int] = mapped_column(Millis, primary_key=True, autoincrement=False)
    lead_id: Mapped[str] = mapped_column(
        ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class Double(Base):
    """Two leads that may be one person: `state` is open, later, or apart, which is remembered.

    `one_id` is the smaller id of the two. `reasons` are keys. `user_id` is who decided.
    """

    __tablename__ = "doubles"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    one_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"))
    other_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(5), default="open")
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (
        Index("ix_doubles_pair", "one_id", "other_id", unique=True),
        Index("ix_doubles_state", "state", "at", "id"),
    )
