"""Rehearsing a workshop with simulated players."""

import asyncio

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.config import load
from game.cli.group import main, opened_store
from game.store.engine import Store
from game.store.tables import Workshop
from game.workshop.rehearse import MOST


@main.command()
@click.argument("code")
@click.option("--players", type=click.IntRange(1, MOST), default=60, show_default=True)
@click.option("--url", default="", help="Where the game answers, else this machine's port.")
def rehearse(code: str, players: int, url: str) -> None:
    """Has simulated players play the workshop of CODE, until it ends.

    Of a real workshop a copy is made, marked as a rehearsal: nothing of it comes into the pool, and
    it goes with one click.
    """
    from game.base.address import public_url
    from game.serving.rehearsal_player import Tally
    from game.serving.rehearse import Rehearsal

    settings = load()
    with opened_store() as store:
        played = _room(store, code)
        base = public_url(settings)
        click.echo(f"Remote:     {base}/remote/{played.id}")
        click.echo(f"Projector:  {base}/projector/{played.projector_key}")
        said = [""]

        def say(tally: Tally) -> None:
            told = _told(tally)
            if told != said[0]:
                said[0] = told
                click.echo(told)

        tally = asyncio.run(Rehearsal(settings, store, played, url).run(players, say))
    click.echo(f"over: {_told(tally)}, {tally.refused} refused")


def _told(tally: object) -> str:
    return "{here} here, {noted} answers noted, {drops} lines lost".format(**vars(tally))


def _room(store: Store, code: str) -> Workshop:
    """The workshop to play in: that of the code, or its copy. Ends the command where none is."""
    from game.workshop import rehearse as rehearsing
    from game.workshop.header import spelled

    with Session(store.writing, expire_on_commit=False) as session:
        found = session.scalar(select(Workshop).where(Workshop.code == spelled(code)))
        if found is None:
            raise click.ClickException(f"{code}: no workshop has this code")
        if found.sort != "real":
            return found
        name = f"{found.name} – rehearsal"
        made = rehearsing.begin(session, found.id, user_id=found.created_by, name=name)
        session.commit()
        return made
