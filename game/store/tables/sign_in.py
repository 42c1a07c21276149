"""The table of sign-ins."""

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class SignIn(Base):
    """One browser in which somebody is signed in now; signing out deletes it.

    `device` is what its owner recognises it by, like 'Firefox, Windows': no address, no version.
    `by_link` says that a sign-in link opened it, and no password was set in it yet. One that
    `owes_code` waits for its second step, and lets nobody in.
    `workshop_id` binds it to the remote of one workshop: nothing else can be done with it.
    """

    __tablename__ = "sign_ins"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(String(40), default="")
    by_link: Mapped[bool] = mapped_column(default=False)
    owes_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    started_at: Mapped[int] = mapped_column(Millis)
    workshop_id: Mapped[str | None] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
