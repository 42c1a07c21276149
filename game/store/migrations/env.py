"""Runs a migration over the connection that was handed in."""

from alembic import context

from game.store import tables  # noqa: F401  the metadata knows only tables that were imported
from game.store.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
