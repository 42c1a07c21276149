"""Serving the game, working beside it, trying it, and what ails it."""

import os
import sys

import click
from sqlalchemy.orm import Session

from game.base import paths
from game.base.config import load
from game.base.languages import LANGS, SOURCE
from game.cli.group import main, opened_store
from game.serving import supervise
from game.store.engine import Store


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
    from game.base.secret import secret_key
    from game.jobs.worker import Worker
    from game.privacy import chain
    from game.store.migrate import wait_for_tables

    settings = load()
    logs.configure(settings)
    wait_for_tables(settings.database_url)
    store = Store(settings.database_url)
    chain.key_with(store, secret_key(settings))
    worker = Worker(store, content.load(paths.content()), settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


@main.command()
@click.option("--lang", type=click.Choice(LANGS), default=SOURCE)
def demo(lang: str) -> None:
    """Makes a demonstration workshop and prints its addresses."""
    from game import content
    from game.base.address import public_url
    from game.workshop.create import create_demo

    packs = content.load(paths.content())
    with opened_store() as store, Session(store.writing) as session:
        made = create_demo(session, packs[lang], also=packs.values())
        base = public_url(load())
        click.echo(f"Join:       {base}/{made.code}")
        click.echo(f"Projector:  {base}/projector/{made.projector_key}")
        click.echo(f"Remote:     {base}/remote/{made.id}")
        session.commit()


@main.command()
def doctor() -> None:
    """Checks settings, database, clock and reachability; says what to mend."""
    from game.serving.doctor import examine

    findings = examine(load())
    for finding in findings:
        click.echo(f"{finding.state:5} {finding.what}: {finding.said}")
    sys.exit(1 if any(f.state == "FAIL" for f in findings) else 0)
