"""The table of remembered mappings."""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class ImportProfile(Base):
    """Which column was which field, the last time that a file had these headings.

    `signature` is a keyed hash of the headings, which are not kept themselves.
    """

    __tablename__ = "import_profiles"
    signature: Mapped[str] = mapped_column(String(32), primary_key=True)
    fields: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    at: Mapped[int] = mapped_column(Millis)
