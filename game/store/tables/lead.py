"""The table of leads."""

from datetime import date

from sqlalchemy import JSON, Date, Index, String, event, false, text
from sqlalchemy.orm import Mapped, mapped_column

from game.rules.sought import MOST, folded
from game.store.base import Base, Millis, new_id

SOUGHT = ("name", "role", "company", "skills", "mail", "phone")


class Lead(Base):
    """A named person who has not applied.

    `inform_by` is the last day on which they may be told; `notice_version` is the notice that they
    were told by at `informed_at`. `link_nonce` makes their private link good; `own_link` reads it.
    `kept_until` is the day that they chose to be kept until, and agreed to at `agreed_at`;
    `objected_at` is when they objected: nobody writes to them any more. `origin` is workshop,
    import or invite; `verdict` is the newest one, or empty. `rehearsed` says that only
    demonstrations and rehearsals know them: the pool does not. `hired_at` is when they were hired,
    `not_now_at` when they said that it is not the time, if so. `corrected_at` is when the desk last
    changed the lead: from then on, players' words do not. `folded` is what the search looks into:
    whoever writes a field it is made of without an object writes it too.
    """

    __tablename__ = "leads"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(120), default="")
    company: Mapped[str] = mapped_column(String(120), default="")
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    channel: Mapped[str] = mapped_column(String(40), default="")
    internal: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(String(8), default="workshop")
    verdict: Mapped[str] = mapped_column(String(8), default="")
    inform_by: Mapped[date] = mapped_column(Date)
    informed_at: Mapped[int | None] = mapped_column(Millis)
    notice_version: Mapped[int | None]
    link_nonce: Mapped[str | None] = mapped_column(String(16))
    kept_until: Mapped[date | None] = mapped_column(Date)
    agreed_at: Mapped[int | None] = mapped_column(Millis)
    corrected_at: Mapped[int | None] = mapped_column(Millis)
    created_at: Mapped[int] = mapped_column(Millis)
    hired_at: Mapped[int | None] = mapped_column(Millis)
    rehearsed: Mapped[bool] = mapped_column(default=False, server_default=false())
    objected_at: Mapped[int | None] = mapped_column(Millis)
    not_now_at: Mapped[int | None] = mapped_column(Millis)
    folded: Mapped[str] = mapped_column(String(MOST), server_default="")

    @property
    def outcome(self) -> str:
        """What became of them: hired, not_now, or empty."""
        return "hired" if self.hired_at else "not_now" if self.not_now_at else ""

    __table_args__ = (  # the desk's list, and all that it is narrowed by
        Index(
            "ix_leads_list",
            *("created_at", "id", "verdict", "channel", "internal", "inform_by", "informed_at"),
            "rehearsed",
            "folded",
        ),
        Index(
            "ix_leads_to_inform",
            *("inform_by", "id", "rehearsed"),
            sqlite_where=text("informed_at IS NULL"),
            postgresql_where=text("informed_at IS NULL"),
        ),
    )


@event.listens_for(Lead, "before_insert")
@event.listens_for(Lead, "before_update")
def _fold(_mapper: object, _connection: object, lead: Lead) -> None:
    lead.folded = folded({name: getattr(lead, name) for name in SOUGHT})
