"""The table of company facts."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class CompanyFact(Base):
    """What the papers say of the company, under the name of its field."""

    __tablename__ = "company_facts"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[int] = mapped_column(Millis)
