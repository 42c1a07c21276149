"""The talent pool, to a file and from a file."""

import sys
from pathlib import Path

import click
import orjson
from sqlalchemy.orm import Session

from game.base import paths
from game.base.config import load
from game.base.languages import LANGS
from game.cli.group import main, naming, opened_store
from game.imports.pool_file import Outcome
from game.store.engine import Store


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
    from game.base.secret import secret_key
    from game.exports import pool_file

    lang, secret = _lang(lang), secret_key(load())
    pack = content.load(paths.content())[lang]
    with opened_store() as store, Session(store.writing) as session:
        with naming(file):
            count = pool_file.export_pool(session, secret, file, pack, lang)
        session.commit()
    click.echo(f"{count} leads")


@pool.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@LANG
@click.option("--dry-run", is_flag=True, help="Says what would happen, line by line.")
@click.option("--json", "as_json", is_flag=True, help="One object a line, for other programs.")
def pool_import(file: Path, lang: str | None, dry_run: bool, as_json: bool) -> None:
    """Adds the people of FILE (CSV, Excel, LibreOffice, vCard) to the pool; says what it could not.

    With --dry-run nobody is added.
    """
    from game import content
    from game.base.refusal import Refusal
    from game.base.secret import secret_key
    from game.imports import pool_file, report

    settings, lang, packs = load(), _lang(lang), content.load(paths.content())
    country = settings.default_country
    with opened_store() as store:
        try:
            if dry_run:
                outcome = _rehearsed(store, file, lang, as_json)
            else:
                with Session(store.writing) as session:
                    secret = secret_key(settings)
                    outcome = pool_file.import_pool(session, file, secret, packs, country)
        except Refusal as refusal:
            click.echo(report.refusal(refusal.code, lang), err=True)
            sys.exit(1)
    if as_json and not dry_run:
        click.echo(orjson.dumps(outcome.report()))
    for fault in report.faults(outcome, lang):
        click.echo(fault, err=True)
    click.echo(report.summary(outcome, lang), err=as_json)
    sys.exit(1 if outcome.refusals else 0)


def _rehearsed(store: Store, file: Path, lang: str, as_json: bool) -> Outcome:
    """Says for each line what would happen."""
    from game import content
    from game.base.secret import secret_key
    from game.content import short_names
    from game.imports import report
    from game.imports.rehearsal import Rehearsal

    settings, root = load(), paths.content()
    rehearsal = Rehearsal(store, secret_key(settings), short_names.load(root))
    for row in rehearsal.rows(file, content.load(root), settings.default_country):
        click.echo(orjson.dumps(row.said()) if as_json else report.expected(row, lang))
    return rehearsal.outcome


@pool.command("imports")
def pool_imports() -> None:
    """Lists imports, the newest first."""
    from sqlalchemy import select

    from game.store.tables import PoolImport

    with opened_store() as store, store.session() as session:
        for made in session.scalars(select(PoolImport).order_by(PoolImport.at.desc()).limit(50)):
            state = "undone" if made.undone_at else "taken"
            click.echo(f"{made.id}  {state:6} {made.report.get('taken', 0):>7}  {made.name}")


@pool.command("undo")
@click.argument("import_id")
@LANG
def pool_undo(import_id: str, lang: str | None) -> None:
    """Takes an import back: whom it brought goes, unless somebody has worked on them since."""
    from game.base.refusal import Refusal
    from game.base.speech import speaker
    from game.imports.report import TAKEN_BACK
    from game.pool.taken_back import take_back
    from game.store.scrub import scrub

    with opened_store() as store:
        try:
            with Session(store.writing) as session:
                gone, left = take_back(session, import_id, None)
        except Refusal:
            raise click.ClickException(f"{import_id}: no such import") from None
        scrub(store)
    click.echo(speaker(_lang(lang))(TAKEN_BACK) % {"gone": gone, "left": left})
