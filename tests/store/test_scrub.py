"""What was erased is freed in PostgreSQL's files too, in every table that holds words of people."""

from sqlalchemy import text

from game.store.scrub import scrub, tables
from tests.databases import opened
from tests.waiting import wait_until

FREED = text("SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL")


def test_postgresql_is_told_to_free_what_was_erased(address: str) -> None:
    with opened(address) as store:
        scrub(store)

        def is_freed() -> bool:
            with store.reading.connect() as connection:
                return set(tables()) <= set(connection.scalars(FREED))

        wait_until(is_freed)
