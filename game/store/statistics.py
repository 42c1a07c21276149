"""What PostgreSQL knows of how much stands where, brought up to date when very much came at once.

Its own process counts anew within a minute or so; until then it plans as if the table were as it
was before, and the desk's list is sorted whole where an index holds it in order. What came last
waits beside the search's index until then, too, and each search reads all that waits there.
"""

from sqlalchemy import Connection

LARGE = 2_000  # rows: below, any plan is quick
POOL = "leads, lead_keys, recommendations"
TAKEN_IN = (
    "SELECT gin_clean_pending_list(indexrelid)"
    " FROM pg_index WHERE indexrelid = to_regclass('ix_leads_sought')"
)


def count_anew(connection: Connection, tables: str = POOL) -> None:
    """Counts these tables, or all of them where `tables` is empty; SQLite plans without."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(TAKEN_IN)
        connection.exec_driver_sql(f"ANALYZE {tables}")
