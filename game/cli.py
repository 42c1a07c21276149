"""The command `sourcerie`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from game.base import environment_faults, paths
from game.base.config import load
from game.base.languages import LANGS, SOURCE
from game.serving import supervise
from game.store.engine import Store


class Plain(click.Group):
    """Commands that what is wrong around them ends with one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            said = environment_faults.line(error)
            if said is None:
                raise
            click.echo(said, err=True)
            ctx.exit(2)


@contextmanager
def _store() -> Iterator[Store]:
    from game.store.migrate import upgrade

    settings = load()
    upgrade(settings.database_url)
    store = Store(settings.database_url)
    try:
        yield store
    finally:
        store.close()


@click.group(cls=Plain)
def main() -> None:
    """Sourcerie: a game for sourcing workshops."""


@main.command()
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that share the port.")
def serve(workers: int | None) -> None:
    """Serves the game."""
    from game.serving.serve import serve_alone, serve_together

    settings = load()
    count = workers or settings.workers
    supervise.check(settings, count)
    if count == 1 or supervise.WORKER in os.environ:
        serve_alone(settings)
    else:
        serve_together(settings, count)


@main.command()
def work() -> None:
    """Does what the game asks for apart from the live rooms; runs beside `serve`."""
    import signal

    from game import content
    from game.base import logs
    from game.jobs.worker import Worker
    from game.store.migrate import wait_for_tables

    settings = load()
    logs.configure(settings)
    wait_for_tables(settings.database_url)
    worker = Worker(Store(settings.database_url), content.load(paths.content()))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


@main.group()
def jobs() -> None:
    """What `work` does, did, or will do."""


@jobs.command("list")
def jobs_list() -> None:
    """Lists jobs, the newest first."""
    from game.jobs.queue import listed

    with _store() as store, store.reading.connect() as connection:
        for job in listed(connection):
            told = f"{job.done}/{job.total}" if job.total else str(job.done)
            click.echo(f"{job.id}  {job.kind:12} {job.state:9} {told:>9}  {job.fault}".rstrip())


@jobs.command("cancel")
@click.argument("job_id")
def jobs_cancel(job_id: str) -> None:
    """Takes a job off the queue, or asks it to stop."""
    from game.jobs.queue import cancel

    with _store() as store, store.writing.begin() as connection:
        if not cancel(connection, job_id):
            raise click.ClickException(f"{job_id}: no such job, or it has ended")


@main.command()
@click.option("--lang", type=click.Choice(LANGS), default=SOURCE)
def demo(lang: str) -> None:
    """Makes a demonstration workshop and prints its addresses."""
    from game import content
    from game.base.address import public_url
    from game.workshop.create import create_demo

    pack = content.load(paths.content())[lang]
    with _store() as store, Session(store.writing) as session:
        made = create_demo(session, pack)
        base = public_url(load())
        click.echo(f"Join:       {base}/{made.code}")
        click.echo(f"Projector:  {base}/projector/{made.projector_key}")
        click.echo(f"Remote:     {base}/remote/{made.id}")
        session.commit()


@main.group()
def user() -> None:
    """The people who run things."""


@user.command("add")
@click.argument("mail")
@click.option(
    "--role",
    type=click.Choice(["facilitator", "recruiter", "admin", "dpo"]),
    default="facilitator",
)
@click.option("--name", default="")
def user_add(mail: str, role: str, name: str) -> None:
    """Adds a user and prints a sign-in link, good once, for a day."""
    from game.accounts import user as accounts
    from game.base.address import public_url
    from game.base.secret import secret_key

    settings = load()
    with _store() as store, Session(store.writing) as session:
        try:
            made = accounts.add_user(session, mail, role, name=name)
        except accounts.AccountError as error:
            raise click.ClickException(f"{mail}: {error}") from None
        token = accounts.link_token(secret_key(settings), made)
        session.commit()
    click.echo(f"{public_url(settings)}/sign-in/link/{token}")


@user.command("link")
@click.argument("mail")
def user_link(mail: str) -> None:
    """Prints a new sign-in link for a user, good once, for a day; the older ones end."""
    from game.accounts import user as accounts
    from game.base.address import public_url
    from game.base.secret import secret_key

    settings = load()
    with _store() as store, Session(store.writing) as session:
        found = accounts.named(session, mail)
        if found is None or found.disabled_at:
            raise click.ClickException(f"{mail}: nobody who may sign in")
        token = accounts.new_link(session, secret_key(settings), found, None)
        session.commit()
    click.echo(f"{public_url(settings)}/sign-in/link/{token}")


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


@main.group()
def pool() -> None:
    """The talent pool."""


@contextmanager
def _at(file: Path) -> Iterator[None]:
    """A file that cannot be read or written is named as what it is, and not as a setting."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None


def _lang(chosen: str | None) -> str:
    from game.base.speech import of_terminal

    return chosen or of_terminal()


LANG = click.option(
    "--lang", type=click.Choice(LANGS), help="The reader's language, else the terminal's."
)


@pool.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@LANG
def pool_export(file: Path, lang: str | None) -> None:
    """Writes the whole pool to FILE: .xlsx, or CSV."""
    from game import content
    from game.exports import pool_file

    lang = _lang(lang)
    pack = content.load(paths.content())[lang]
    with _store() as store, Session(store.writing) as session:
        with _at(file):
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
    with _store() as store, Session(store.writing) as session:
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


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Writes everything to FILE, while the game is played."""
    from game.base.secret import secret_key
    from game.store import backup as backups

    settings = load()
    with _store() as store:
        secret = "" if settings.secret_key else secret_key(settings)
        with _at(file):
            rows = backups.backup(store, file, secret)
    click.echo(f"{rows} rows in {file}; it holds personal data: keep it as safe as the database")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Delete what the database holds now.")
def restore(file: Path, replace: bool) -> None:
    """Brings FILE, made by backup, into the database."""
    from game.base.secret import keep_secret, secret_key
    from game.privacy.erase import keep_out
    from game.store import backup as backups

    own = secret_key(load())
    with _store() as store:
        try:
            rows, secret = backups.restore(
                store,
                file,
                replace=replace,
                secret=own,
                then=lambda connection: keep_out(Session(connection), own),
            )
        except backups.BackupError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
    if secret:
        keep_secret(load(), secret)
    click.echo(f"{rows} rows restored; restart the game if it is being served")


@main.command()
def doctor() -> None:
    """Checks settings, database, clock and reachability; says what to mend."""
    from game.serving.doctor import examine

    findings = examine(load())
    for finding in findings:
        click.echo(f"{finding.state:5} {finding.what}: {finding.said}")
    sys.exit(1 if any(f.state == "FAIL" for f in findings) else 0)
