"""The table of mappings that recruiters make for their exports."""

from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Column(TypedDict):
    """One column: what it is called, which field or fixed text it holds, and whether it must."""

    heading: str
    holds: str
    fixed: str
    needed: bool


class ExportMapping(Base):
    """Which columns a file has: `columns`, in their order.

    `separator` is comma or semicolon; a `shared` one is for all recruiters.
    """

    __tablename__ = "export_mappings"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    columns: Mapped[list[Column]] = mapped_column(JSON, default=list)
    separator: Mapped[str] = mapped_column(String(9), default="semicolon")
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[int] = mapped_column(Millis)
