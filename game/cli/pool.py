"""The talent pool, to a file and from a file."""

import sys
from pathlib import Path

import click
from sqlalchemy.orm import Session

from game.base import paths
from game.base.config import load
from game.base.languages import LANGS
from game.cli.group import main, naming, opened_store


@main.group()
def pool() -> None:
    """The talent pool."""


LANG = click.option(
    "--lang", type=click.Choice(LANGS), help="The reader's language, else the terminal's."
)


def _lang(chosen: str | None) -> str:
    from game.base.speech import of_terminal

    return chosen or of_terminal()


@pool.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@LANG
def pool_export(file: Path, lang: str | None) -> None:
    """Writes the whole pool to FILE: .xlsx, or CSV."""
    from game import content
    from game.exports import pool_file

    lang = _lang(lang)
    pack = content.load(paths.content())[lang]
    with opened_store() as store, Session(store.writing) as session:
        with naming(file):
            count = pool_file.export_pool(session, file, pack, lang)
        session.commit()
    click.echo(f"{count} leads")


@pool.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@LANG
def pool_import(file: Path, lang: str | None) -> None:
    """Adds the people of FILE (CSV, Excel, LibreOffice) to the pool, and says what it could not."""
    from game import content
    from game.base.refusal import Refusal
    from game.base.secret import secret_key
    from game.imports import pool_file, report

    settings, lang, packs = load(), _lang(lang), content.load(paths.content())
    with opened_store() as store, Session(store.writing) as session:
        try:
            outcome = pool_file.import_pool(
                session, file, secret_key(settings), packs, settings.default_country
            )
        except Refusal as refusal:
            click.echo(report.refusal(refusal.code, lang), err=True)
            sys.exit(1)
    for fault in report.faults(outcome, lang):
        click.echo(fault, err=True)
    click.echo(report.summary(outcome, lang))
    sys.exit(1 if outcome.refused else 0)
