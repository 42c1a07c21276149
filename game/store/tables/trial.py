"""The table of blind trials."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class Trial(Base):
    """Cases of one's own, answered by rules and by a model, to choose between without knowing.

    Each of `cases` has what was asked, the draft of the model, the rules' texts, whether the model
    stands first, and what was picked: rules, model, same, or nothing yet.
    """

    __tablename__ = "trials"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    task: Mapped[str] = mapped_column(String(16))
    topic: Mapped[str] = mapped_column(String(160), default="")
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    cases: Mapped[list[Json]] = mapped_column(JSON, default=list)
    created_at: Mapped[int] = mapped_column(Millis)
