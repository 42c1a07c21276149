"""The table of jobs."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id

GOING = ("waiting", "running")  # the states of a job that is not over


class Job(Base):
    """Work that waits, is being done or was done, apart from the live rooms.

    `state` is waiting, running, done, failed or cancelled. `once` keeps a second job of the same
    name out, as long as the first is there. `due_at` is when it may begin; while it runs, when
    its worker counts as dead unless it has given a sign of life. `given` and `result` hold
    identifiers and counts, never a person's data. All times in milliseconds since the epoch.
    """

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(32))
    once: Mapped[str | None] = mapped_column(String(80), unique=True)
    given: Mapped[Json] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(9), default="waiting")
    due_at: Mapped[int] = mapped_column(Millis)
    tries: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(String(16))
    cancelling: Mapped[bool] = mapped_column(default=False)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    fault: Mapped[str] = mapped_column(String(80), default="")
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)
    ended_at: Mapped[int | None] = mapped_column(Millis)

    @property
    def is_going(self) -> bool:
        """Does it wait, or is it being done?"""
        return self.state in GOING

    __table_args__ = (Index("ix_jobs_state_due_at", "state", "due_at"),)
