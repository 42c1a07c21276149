"""The command that all others belong to, and what they share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from game.base import environment_faults
from game.base.config import load
from game.base.days import live_in
from game.store.engine import Store


class Plain(click.Group):
    """Commands that what is wrong around them ends with one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Exception as error:
            said = environment_faults.line(error)
            if said is None:
                raise
            click.echo(said, err=True)
            ctx.exit(2)


@click.group(cls=Plain)
def main() -> None:
    """Sourcerie: a game for sourcing workshops."""


@contextmanager
def opened_store() -> Iterator[Store]:
    """The database of the settings, its tables brought up to date."""
    from game.base.secret import secret_key
    from game.privacy import chain
    from game.store.migrate import upgrade

    settings = load()
    live_in(settings.time_zone)
    upgrade(settings.database_url)
    store = Store(settings.database_url)
    chain.key_with(store, secret_key(settings))
    try:
        yield store
    finally:
        store.close()


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """A file that cannot be read or written is named as what it is, and not as a setting."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None
