"""The content packs, checked."""

import sys
from pathlib import Path

import click

from game.base import paths
from game.base.languages import LANGS, SOURCE
from game.cli.group import main, naming


@main.group()
def content() -> None:
    """The content packs."""


@content.command("check")
@click.argument("folder", type=click.Path(exists=True, path_type=Path), required=False)
def content_check(folder: Path | None) -> None:
    """Reports every mistake of every pack."""
    from game import content as packs

    problems = packs.check(folder or paths.content())
    for problem in problems:
        click.echo(f"{problem.file}: {problem.key or '-'}: {problem.reason}")
    click.echo(f"{len(problems)} problems" if problems else "All packs are fine.")
    sys.exit(1 if problems else 0)


FOLDER = click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The packs."
)
PACK = click.option("--pack", type=click.Choice(LANGS), default=SOURCE, help="The pack's language.")
LANG = click.option(
    "--lang", type=click.Choice(LANGS), help="The reader's language, else the terminal's."
)


@content.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--part", help="Which part a CSV holds, else the one that the file is named after.")
@PACK
@FOLDER
@LANG
def content_export(
    file: Path, part: str | None, pack: str, folder: Path | None, lang: str | None
) -> None:
    """Writes a language's tables to FILE: .xlsx with a sheet each, or a CSV of one of them."""
    from game.base.speech import of_terminal
    from game.content.files import read
    from game.content.tabular import tables
    from game.exports.content_book import write_book, write_sheet

    lang, shelf = lang or of_terminal(), read(folder or paths.content(), pack)
    by_name = {table.name: table for table in tables()}
    if file.suffix.lower() == ".xlsx":
        with naming(file), file.open("wb") as into:
            count = write_book(shelf, lang, into)
    else:
        table = by_name.get(part or file.stem)
        if table is None:
            raise click.ClickException(f"--part: {', '.join(by_name)}")
        with naming(file), file.open("wb") as into:
            count = write_sheet(shelf, table, lang, into)
    click.echo(f"{count} rows")


@content.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Says what is wrong, and changes nothing.")
@PACK
@FOLDER
@LANG
def content_import(
    file: Path, dry_run: bool, pack: str, folder: Path | None, lang: str | None
) -> None:
    """Puts the sheets of FILE (Excel, LibreOffice, CSV) in the place of a language's own.

    They are checked as by `content check`, cell by cell; if anything is wrong, nothing changes.
    """
    from game.base.refusal import Refusal
    from game.base.speech import of_terminal, speaker
    from game.imports.content_pack import take
    from game.imports.content_report import REFUSALS, lines, summary

    lang, root = lang or of_terminal(), folder or paths.content()
    try:
        with naming(root):
            taken = take(root, pack, file.read_bytes(), dry=dry_run)
    except Refusal as refusal:
        raise click.ClickException(speaker(lang)(REFUSALS[refusal.code])) from None
    for line in lines(taken, lang):
        click.echo(line, err=True)
    click.echo(summary(taken, lang, dry=dry_run))
    sys.exit(1 if taken.faults else 0)
