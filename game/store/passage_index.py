"""The full text of passages, as each database searches it: FTS5, or a GIN index of PostgreSQL.

Words are looked for by how they begin. Like the index of leads it belongs to no migration: each
start lays what is missing of it.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.orm import Session

NAMES = ("passage_sought", "ix_passages_sought")  # what begins like these is the index's
_TABLE = "CREATE VIRTUAL TABLE passage_sought USING fts5(passage_id UNINDEXED, stems)"
_TRIGGERS = (
    "CREATE TRIGGER passage_sought_added AFTER INSERT ON passages BEGIN"
    " INSERT INTO passage_sought(passage_id, stems) VALUES (new.id, new.stems); END",
    "CREATE TRIGGER passage_sought_gone AFTER DELETE ON passages BEGIN"
    " DELETE FROM passage_sought WHERE passage_id = old.id; END",
)
_FILL = "INSERT INTO passage_sought(passage_id, stems) SELECT id, stems FROM passages"
_THERE = (
    "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'passage_sought_%'"
)
_POSTGRES = (
    "CREATE INDEX IF NOT EXISTS ix_passages_sought ON passages"
    " USING gin (to_tsvector('simple', stems))"
)
_SQLITE_ASKED = (
    "SELECT passage_id FROM passage_sought JOIN passages ON passages.id = passage_id"
    " WHERE passage_sought MATCH :asked AND document_id IN :documents"
    " ORDER BY passage_sought.rank, passage_id LIMIT :most"
)
_POSTGRES_ASKED = (
    "SELECT id FROM passages, to_tsquery('simple', :asked) asked"
    " WHERE to_tsvector('simple', stems) @@ asked AND document_id IN :documents"
    " ORDER BY ts_rank(to_tsvector('simple', stems), asked) DESC, id LIMIT :most"
)


def lay(connection: Connection) -> None:
    """Lays the index where it is missing, in the transaction that brings the tables up to date."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(_POSTGRES)
    elif connection.scalar(text(_THERE)) != len(_TRIGGERS):
        gone = ["DROP TABLE IF EXISTS passage_sought"]
        gone += [f"DROP TRIGGER IF EXISTS passage_sought_{old}" for old in ("added", "gone")]
        for statement in (*gone, _TABLE, *_TRIGGERS, _FILL):
            connection.exec_driver_sql(statement)


def is_part(name: str | None) -> bool:
    """Is a table or an index of this name part of the index, and of no migration?"""
    return str(name).startswith(NAMES)


def sought(
    session: Session, heads: Sequence[str], documents: Sequence[str], most: int
) -> list[str]:
    """The passages of documents that have a word which begins so, at most so many; their ids.

    `heads` are of letters and digits alone: nothing in them means anything to a database.
    """
    heads = [head for head in heads if head.isalnum()]
    if not heads or not documents:
        return []
    lite = session.connection().dialect.name == "sqlite"
    asked = " OR ".join(f'"{h}"*' for h in heads) if lite else " | ".join(f"{h}:*" for h in heads)
    statement = text(_SQLITE_ASKED if lite else _POSTGRES_ASKED)
    given = {"asked": asked, "documents": list(documents), "most": most}
    ready = statement.bindparams(bindparam("documents", expanding=True))
    return list(session.scalars(ready, given))
