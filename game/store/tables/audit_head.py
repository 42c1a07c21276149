"""The table of the audit's end."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class AuditHead(Base):
    """The newest link of the chain of audit entries: one row, its `id` 1.

    Entries from number `keyed_from` on are keyed with the house's secret.
    """

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Millis)
    keyed_from: Mapped[int] = mapped_column(Millis, server_default="1")
    seal: Mapped[str] = mapped_column(String(64))
