"""The tables of imports: what became of each, and whom it brought."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class PoolImport(Base):
    """A file that people were taken from.

    `report` has counts, places in the file, codes and titles of columns: never a person's data.
    `undone_at` is when it was taken back, `job_id` the job that takes it in or back.
    """

    __tablename__ = "pool_imports"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    report: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)
    undone_at: Mapped[int | None] = mapped_column(Millis)


class Imported(Base):
    """A lead that came with an import; `told_id` is the id that the file gave it, or empty."""

    __tablename__ = "imported"
    import_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    lead_id: Mapped[str] = mapped_column(
        ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    told_id: Mapped[str] = mapped_column(String(16), default="")
