"""Files of public reference – ROME, Sirene – from where an administrator downloaded them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from game.base.days import today
from game.cli.group import main, naming, opened_store
from game.store.engine import Store


@main.group()
def reference() -> None:
    """Public reference files: ROME's occupations, Sirene's employers."""


class _Alone:
    """A reading that nobody watches but the terminal."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told = -1

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        with self.store.writing.begin() as connection:
            yield connection

    def step(self, _connection: Connection, done: int, total: int = 0) -> None:
        share = 100 * done // total if total else 0
        if share // 10 > self.told // 10:
            click.echo(f"{share} %", err=True)
        self.told = share


@reference.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--naf", default="", help="Activities to keep of Sirene: 62.01Z, 63 …")
@click.option("--department", default="", help="Departments to keep, once sites are read: 35, 22 …")
@click.option("--staff", type=click.Choice(["1", "10", "50", "250"]), default="10")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The file's day, else today.")
def reference_import(
    file: Path, naf: str, department: str, staff: str, day: datetime | None
) -> None:
    """Reads FILE (a CSV, or the zip it comes in): ROME, StockUniteLegale, StockEtablissement.

    Of Sirene only legal persons that employ people are kept, of the activities that are asked for.
    """
    from game.base.refusal import Refusal
    from game.imports import reference as files
    from game.imports.sirene import LEAST, Wanted
    from game.pool import reference as kept
    from game.rules.departments import departments_of
    from game.rules.naf import codes_of
    from game.store.tables import ReferenceFile

    codes, on = codes_of(naf), day.date() if day else today()
    departments = departments_of(department)
    if codes is None:
        raise click.ClickException(f"{naf}: no codes of the NAF")
    if departments is None:
        raise click.ClickException(f"{department}: no numbers of departments")
    wanted, taken = Wanted(codes, departments, LEAST[staff]), files.Taken()
    with opened_store() as store, naming(file):
        try:
            if files.is_of_companies(files.look(file)) and not codes:
                raise click.ClickException("--naf is needed: which activities are to be kept?")
            with Session(store.writing) as session:
                id = kept.begin(session, file.name, on, files.said(wanted), None)
                session.commit()
            files.take(_Alone(store), file, id, on, wanted, taken)
            ended = "done"
        except Refusal as refusal:
            ended = next(iter(refusal.fields.values()), refusal.code)
            if not taken.kept:
                raise click.ClickException(f"{file}: {ended}") from refusal
        with Session(store.writing) as session:
            session.get_one(ReferenceFile, id).report = taken.report(ended)
            session.commit()
    for name, count in (*taken.kept.items(), *taken.passed.items()):
        click.echo(f"{count:>10}  {name}")
    sys.exit(0 if ended == "done" else 1)


@reference.command("list")
def reference_list() -> None:
    """Lists the files that were read, the newest first."""
    from game.pool import reference as kept

    with opened_store() as store, store.session() as session:
        for one in kept.files(session):
            count = sum(one.report.get("kept", {}).values())
            click.echo(f"{one.id}  {one.day.isoformat()}  {count:>8}  {one.name}")


@reference.command("drop")
@click.argument("file_id")
def reference_drop(file_id: str) -> None:
    """Takes out a file, and all that was kept of it."""
    from game.pool import reference as kept
    from game.store.tables import ReferenceFile

    with opened_store() as store, Session(store.writing) as session:
        if session.get(ReferenceFile, file_id) is None:
            raise click.ClickException(f"{file_id}: no such file")
        kept.drop(session, file_id, None)
        session.commit()
