"""The tables of the pool: leads, what was said of them, places, nominations, verdicts."""

from datetime import date

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Lead(Base):
    """A named person who has not applied.

    `inform_by` is the day by which they must be told; `origin` is workshop or import; `verdict`
    is the newest one, or empty.
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
    created_at: Mapped[int] = mapped_column(Millis, index=True)


class LeadKey(Base):
    """What recognises a lead: a normalised mail, phone, link, or name with company."""

    __tablename__ = "lead_keys"
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)


class Recommendation(Base):
    """What one player said of one lead for one brief, as typed; withdrawing deletes it.

    It outlives its workshop, its round and its player: the lead is the company's by then.
    """

    __tablename__ = "recommendations"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    player_id: Mapped[str | None] = mapped_column(ForeignKey("players.id", ondelete="SET NULL"))
    round_id: Mapped[str | None] = mapped_column(ForeignKey("rounds.id", ondelete="SET NULL"))
    workshop_id: Mapped[str | None] = mapped_column(
        ForeignKey("workshops.id", ondelete="SET NULL"), index=True
    )
    slot: Mapped[str] = mapped_column(String(48))
    brief_id: Mapped[str | None] = mapped_column(ForeignKey("briefs.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(80))
    relationship: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(40))
    known: Mapped[bool]
    internal: Mapped[bool]
    aware: Mapped[bool]
    reach: Mapped[str] = mapped_column(String(10))
    mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    role: Mapped[str] = mapped_column(String(120), default="")
    company: Mapped[str] = mapped_column(String(120), default="")
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(String(140), default="")
    new_to_pool: Mapped[bool] = mapped_column(default=False)
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (
        Index("ix_recommendations_slot", "round_id", "player_id", "slot", unique=True),
    )


class Place(Base):
    """A place where people of the brief are found: a line of the channel directory."""

    __tablename__ = "places"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    player_id: Mapped[str | None] = mapped_column(ForeignKey("players.id", ondelete="SET NULL"))
    round_id: Mapped[str | None] = mapped_column(ForeignKey("rounds.id", ondelete="SET NULL"))
    workshop_id: Mapped[str | None] = mapped_column(
        ForeignKey("workshops.id", ondelete="SET NULL"), index=True
    )
    slot: Mapped[str] = mapped_column(String(48))
    brief_id: Mapped[str | None] = mapped_column(ForeignKey("briefs.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(120))
    channel: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(140), default="")
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_places_slot", "round_id", "player_id", "slot", unique=True),)


class Nomination(Base):
    """'My expert of …', seen by nobody until accepted through its `key`.

    `status` is asked, accepted or anonymous; a declined nomination is deleted, without trace.
    """

    __tablename__ = "nominations"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(16), unique=True, default=new_id)
    player_id: Mapped[str] = mapped_column(ForeignKey("players.id", ondelete="CASCADE"))
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"))
    workshop_id: Mapped[str] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
    slot: Mapped[str] = mapped_column(String(48))
    nominee: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(80))
    why: Mapped[str] = mapped_column(String(140), default="")
    status: Mapped[str] = mapped_column(String(10), default="asked")
    at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_nominations_slot", "round_id", "player_id", "slot", unique=True),)


class Verdict(Base):
    """A recruiter's judgement of a lead; the newest counts."""

    __tablename__ = "verdicts"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    lead_id: Mapped[str] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    verdict: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[int] = mapped_column(Millis)


class Suppression(Base):
    """A keyed hash of what recognises somebody who was erased, so that they stay out."""

    __tablename__ = "suppressions"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[int] = mapped_column(Millis)
