"""Documents of a post: brought in, searched, taken out. They are about work, not about a person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.rules.stems import stems
from game.store import passage_index
from game.store.tables import Document, PassageRow

MOST = 40  # documents of a post
LIKELY = 200  # passages that the database finds, from which the nearest are chosen


@dataclass(frozen=True)
class Piece:
    """A passage to bring in: its page and place in the document."""

    text: str
    page: int
    place: int


@dataclass(frozen=True)
class Told:
    """A passage with its document's name and day."""

    text: str
    page: int
    source: str
    day: date


def of_topic(session: Session, topic: str) -> list[tuple[Document, int]]:
    """The documents of a post, by name, and how many passages each has."""
    count = select(func.count()).where(PassageRow.document_id == Document.id).scalar_subquery()
    rows = select(Document, count).where(Document.topic == topic).order_by(Document.name)
    return [(row[0], row[1]) for row in session.execute(rows)]


def bring(
    session: Session, topic: str, name: str, lang: str, day: date, pieces: Sequence[Piece], by: str
) -> None:
    """Brings a document in, in the place of one of the same name. Raises Refusal."""
    name, topic = " ".join(name.split())[:160], topic[:160]
    if not name:
        raise Refusal("bad_input", {"name": "missing"})
    if not pieces:
        raise Refusal("bad_input", {"text": "missing"})
    mine = (Document.topic == topic, Document.name == name)
    session.execute(delete(Document).where(*mine))
    if len(of_topic(session, topic)) >= MOST:
        raise Refusal("bad_input", {"name": "too_many_documents"})
    made = Document(topic=topic, name=name, lang=lang, day=day, user_id=by, created_at=now_ms())
    session.add(made)
    session.flush()
    session.add_all(
        PassageRow(document_id=made.id, stems=" ".join(stems(one.text, lang)), **vars(one))
        for one in pieces
    )
    audit(session, by, "document_brought", {"document": made.id, "count": len(pieces)})


def take_out(session: Session, document_id: str, by: str) -> str:
    """Takes a document out; returns its post, empty where it was gone."""
    row = session.get(Document, document_id)
    if row is None:
        return ""
    topic = row.topic
    session.execute(delete(PassageRow).where(PassageRow.document_id == document_id))
    session.delete(row)
    audit(session, by, "document_removed", {"document": document_id})
    return topic


def texts_of(session: Session, topic: str) -> list[str]:
    """All passages of a post's documents, in their order."""
    rows = select(PassageRow.text).join(Document, Document.id == PassageRow.document_id)
    mine = rows.where(Document.topic == topic).order_by(Document.name, PassageRow.place)
    return list(session.scalars(mine.limit(5_000)))


def likely(session: Session, topic: str, heads: Collection[str]) -> list[Told]:
    """The passages of a post's documents with a word that begins so, in the documents' order."""
    documents = {one.id: one for one, _count in of_topic(session, topic)}
    ids = passage_index.sought(session, sorted(heads), list(documents), LIKELY)
    rows = session.scalars(select(PassageRow).where(PassageRow.id.in_(ids))).all()
    ordered = sorted(rows, key=lambda row: (documents[row.document_id].name, row.place))
    told = ((row, documents[row.document_id]) for row in ordered)
    return [Told(row.text, row.page, of.name, of.day) for row, of in told]
