"""The tables of documents that say what a post is, and of their passages."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class Document(Base):
    """A document that somebody brought in, for the post of a title; `day` is the one it bears."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    topic: Mapped[str] = mapped_column(String(160))
    name: Mapped[str] = mapped_column(String(160))
    lang: Mapped[str] = mapped_column(String(2))
    day: Mapped[date]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)

    __table_args__ = (Index("ix_documents_topic", "topic", "name", unique=True),)


class PassageRow(Base):
    """A piece of a document as it stands there; `stems` are its words as they are compared."""

    __tablename__ = "passages"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[int]
    page: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    stems: Mapped[str] = mapped_column(Text)
