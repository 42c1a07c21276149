"""The tables of occupations and of what they are called."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base


class Occupation(Base):
    """An occupation of the ROME, by its code (M1805)."""

    __tablename__ = "occupations"
    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[str] = mapped_column(
        ForeignKey("reference_files.id", ondelete="CASCADE"), index=True
    )


class OccupationTitle(Base):
    """One of the titles (« appellations ») of an occupation, by the ROME's number for it.

    `folded` is the title between spaces, as searches compare it.
    """

    __tablename__ = "occupation_titles"
    ogr: Mapped[str] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(5), index=True)
    title: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(220))
    file_id: Mapped[str] = mapped_column(
        ForeignKey("reference_files.id", ondelete="CASCADE"), index=True
    )
