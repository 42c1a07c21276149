"""The table of drafts."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id


class Draft(Base):
    """What a model, or vectors, were asked for, and what came of it.

    `asked` holds keys and identifiers, `answer` the texts, in which names are places still; both
    go after a week, and with the person. What it cost stays for the year's sums. `made_by` is
    'rules' or the model's name, empty before; `why` is a code of why it is the rules'; `links` is
    how many links that were not ours were taken out of what the model said; `cpu_millis` the time
    of processor that it took, None where that was not measured.
    """

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    task: Mapped[str] = mapped_column(String(16))
    lead_id: Mapped[str | None] = mapped_column(
        ForeignKey("leads.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    asked: Mapped[Json] = mapped_column(JSON, default=dict)
    answer: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    made_by: Mapped[str] = mapped_column(String(80), default="")
    why: Mapped[str] = mapped_column(String(20), default="")
    tokens_in: Mapped[int] = mapped_column(default=0)
    tokens_out: Mapped[int] = mapped_column(default=0)
    millis: Mapped[int] = mapped_column(default=0)
    cpu_millis: Mapped[int | None] = mapped_column()
    links: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int] = mapped_column(Millis)
    made_at: Mapped[int | None] = mapped_column(Millis)

    __table_args__ = (Index("ix_drafts_created_at", "created_at"),)
