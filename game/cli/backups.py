"""Everything into one file, and back."""

import sys
from pathlib import Path

import click
from sqlalchemy.orm import Session

from game.base.config import load
from game.cli.group import main, naming, opened_store


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Writes everything to FILE, while the game is played."""
    from game.base.secret import secret_key
    from game.store import backup as backups

    settings = load()
    with opened_store() as store:
        secret = "" if settings.secret_key else secret_key(settings)
        with naming(file):
            rows = backups.backup(store, file, secret)
    click.echo(f"{rows} rows in {file}; it holds personal data: keep it as safe as the database")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Delete what the database holds now.")
def restore(file: Path, replace: bool) -> None:
    """Brings FILE, made by backup, into the database."""
    from game.base.secret import keep_secret, secret_key
    from game.store import backup as backups

    own = secret_key(load())
    with opened_store() as store:
        try:
            rows, secret = backups.restore(
                store,
                file,
                replace=replace,
                secret=own,
                then=lambda connection: _as_they_wished(Session(connection), own),
            )
        except backups.BackupError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
    if secret:
        keep_secret(load(), secret)
    click.echo(f"{rows} rows restored; restart the game if it is being served")


def _as_they_wished(session: Session, secret: str) -> None:
    """Who was erased or objected since the backup stays so."""
    from game.privacy.erase import keep_out
    from game.privacy.objection import recall

    keep_out(session, secret)
    recall(session, secret)
