"""The table of second factors."""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis


class SecondFactor(Base):
    """The key that an app on somebody's phone makes codes of, sealed with the house's secret.

    It counts from `confirmed_at` on. `last_step` is the time step, of thirty seconds, of the last
    code that was taken: none of it, or before, is taken again.
    """

    __tablename__ = "second_factors"
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[str] = mapped_column(String(255))
    made_at: Mapped[int] = mapped_column(Millis)
    confirmed_at: Mapped[int | None] = mapped_column(Millis)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
