"""The table of files of public reference that were brought in."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class ReferenceFile(Base):
    """A file of ROME or Sirene, as an administrator downloaded it on `day`.

    `wanted` says what was to be kept of it, `report` what came of it: counts and names of tables.
    """

    __tablename__ = "reference_files"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    day: Mapped[date] = mapped_column(Date)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)
