"""The table of sounds of interviews: who agreed to one, and what became of it; never the sound."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Sound(Base):
    """That a person agreed to be recorded in an interview, and what became of the sound.

    `user_id` noted at `agreed_at` that they agree. `second` is when in the talk the sound begins.
    `state` is agreed, waiting, hearing, done or gone; `fault` a code of why it is gone. `heard`
    counts its seconds, `millis` how long hearing them took. The sound itself is a file that is
    deleted when hearing begins (`base/sounds.py`).
    """

    __tablename__ = "sounds"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("grid_interviews.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    agreed_at: Mapped[int] = mapped_column(Millis)
    second: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(8), default="agreed")
    fault: Mapped[str] = mapped_column(String(12), default="")
    heard: Mapped[int] = mapped_column(default=0)
    millis: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[int | None] = mapped_column(Millis)
