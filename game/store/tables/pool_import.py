"""The tables of imports from the desk: the file, what became of it, and mappings to use again."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class PoolImport(Base):
    """A file that was brought to the desk.

    `columns` has the field of each column, or nothing where it is left out. `report` has counts,
    places in the file, codes and titles of columns: never a person's data. Its parts, the file
    itself, go when it has been taken or given up. `undone_at` is when it was taken back.
    """

    __tablename__ = "pool_imports"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(9), default="mapping")
    headings: Mapped[list[str]] = mapped_column(JSON, default=list)
    columns: Mapped[list[str]] = mapped_column(JSON, default=list)
    job_id: Mapped[str | None] = mapped_column(String(16))
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis)
    undone_at: Mapped[int | None] = mapped_column(Millis)


class ImportPart(Base):
    """A piece of the file of an import."""

    __tablename__ = "import_parts"
    import_id: Mapped[str] = mapped_column(
        ForeignKey("pool_imports.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Imported(Base):
    """A lead that came with an import; `told_id` is the id that the file gave it, or empty."""

    __tablename__ = "imported"
    import_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    lead_id: Mapped[str] = mapped_column(
        ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    told_id: Mapped[str] = mapped_column(String(16), default="")


class ImportProfile(Base):
    """A mapping to use again for files with these headings."""

    __tablename__ = "import_profiles"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    headings: Mapped[str] = mapped_column(String(64))
    columns: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_import_profiles_headings", "headings", "name", unique=True),)
