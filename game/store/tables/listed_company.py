"""The table of companies from a public register's file."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base


class ListedCompany(Base):
    """A legal person that employs people, from a file of Sirene that an administrator brought.

    `naf` is its main activity in `nomenclature` (NAFRev2, …), `band` Insee's code for how many it
    employs, `told` its name as companies are told by, `places` the departments of its open sites
    between commas (',22,35,') or empty where nobody brought that file, `day` the file's.
    """

    __tablename__ = "listed_companies"
    siren: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    told: Mapped[str] = mapped_column(String(120), index=True)
    naf: Mapped[str] = mapped_column(String(6), index=True)
    nomenclature: Mapped[str] = mapped_column(String(8))
    band: Mapped[str] = mapped_column(String(2))
    places: Mapped[str] = mapped_column(String(600), default="")
    day: Mapped[date] = mapped_column(Date)
    file_id: Mapped[str] = mapped_column(
        ForeignKey("reference_files.id", ondelete="CASCADE"), index=True
    )
