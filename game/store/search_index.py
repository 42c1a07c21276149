"""The index that a search of leads looks into first: every three letters of their folded text.

It holds nothing that is not in `leads`, and belongs to no migration: each start lays what is
missing of it. SQLite has its full-text search (https://www.sqlite.org/fts5.html, "The Trigram
Tokenizer"), kept by triggers; it keeps neither texts nor places in them, so what is erased can't
be read out of it. PostgreSQL has the extension pg_trgm; where it is not to be had, or this user
may not create it, a search reads the list instead.
"""

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

NAMES = ("lead_numbers", "lead_sought", "ix_leads_sought")  # what begins like these is the index's
_TABLES = (  # a number of its own: those that SQLite gives by itself change when it tidies up
    "CREATE TABLE lead_numbers (number INTEGER PRIMARY KEY, lead_id VARCHAR(16) NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE lead_sought USING fts5"
    "(folded, tokenize='trigram', detail=none, columnsize=0, content='')",
)
_ADDED = """
INSERT INTO lead_numbers(lead_id) VALUES (new.id);
INSERT INTO lead_sought(rowid, folded)
  VALUES ((SELECT number FROM lead_numbers WHERE lead_id = new.id), new.folded);
"""
_CHANGED = """
INSERT INTO lead_sought(lead_sought, rowid, folded)
  VALUES ('delete', (SELECT number FROM lead_numbers WHERE lead_id = new.id), old.folded);
INSERT INTO lead_sought(rowid, folded)
  VALUES ((SELECT number FROM lead_numbers WHERE lead_id = new.id), new.folded);
"""
_GONE = """
INSERT INTO lead_sought(lead_sought, rowid, folded)
  VALUES ('delete', (SELECT number FROM lead_numbers WHERE lead_id = old.id), old.folded);
DELETE FROM lead_numbers WHERE lead_id = old.id;
"""
_TRIGGERS = (
    f"CREATE TRIGGER lead_sought_added AFTER INSERT ON leads BEGIN {_ADDED} END",
    "CREATE TRIGGER lead_sought_changed AFTER UPDATE OF folded ON leads"
    f" WHEN old.folded <> new.folded BEGIN {_CHANGED} END",
    f"CREATE TRIGGER lead_sought_gone AFTER DELETE ON leads BEGIN {_GONE} END",
)
_FILL = (
    "INSERT INTO lead_numbers(number, lead_id) SELECT rowid, id FROM leads",
    "INSERT INTO lead_sought(rowid, folded) SELECT rowid, folded FROM leads",
)
_THERE = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'lead_sought_%'"
_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS ix_leads_sought ON leads USING gin (folded gin_trgm_ops)",
    # beside it: of ten thousand who have a word, only those of a verdict or channel are read
    "CREATE INDEX IF NOT EXISTS ix_leads_sought_by ON leads (verdict, channel)",
)
log = structlog.get_logger()


def lay(connection: Connection) -> None:
    """Lays the index where it is missing, in the transaction that brings the tables up to date."""
    (_lay_sqlite if connection.dialect.name == "sqlite" else _lay_postgres)(connection)


def _lay_sqlite(connection: Connection) -> None:
    if connection.scalar(text(_THERE)) == len(_TRIGGERS):
        return
    gone = [f"DROP TABLE IF EXISTS {name}" for name in ("lead_numbers", "lead_sought")]
    for old in ("added", "changed", "gone"):
        gone.append(f"DROP TRIGGER IF EXISTS lead_sought_{old}")
    for statement in (*gone, *_TABLES, *_TRIGGERS, *_FILL):
        connection.exec_driver_sql(statement)


def _lay_postgres(connection: Connection) -> None:
    try:
        with connection.begin_nested():
            for statement in _POSTGRES:
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        log.warning("search_without_index", fault=type(error.orig).__name__)


def is_part(name: str | None) -> bool:
    """Is a table or an index of this name part of the index, and of no migration?"""
    return str(name).startswith(NAMES)
