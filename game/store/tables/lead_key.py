"""The table of lead keys."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base


class LeadKey(Base):
    """What recognises a lead: a normalised mail, phone, link, or name with company."""

    __tablename__ = "lead_keys"
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
