"""The queue of jobs: what is on it, and taking one off."""

import click

from game.cli.group import main, opened_store


@main.group()
def jobs() -> None:
    """What `work` does, did, or will do."""


@jobs.command("list")
def jobs_list() -> None:
    """Lists jobs, the newest first."""
    from game.jobs.queue import listed

    with opened_store() as store, store.reading.connect() as connection:
        for job in listed(connection):
            told = f"{job.done}/{job.total}" if job.total else str(job.done)
            click.echo(f"{job.id}  {job.kind:12} {job.state:9} {told:>9}  {job.fault}".rstrip())


@jobs.command("cancel")
@click.argument("job_id")
def jobs_cancel(job_id: str) -> None:
    """Takes a job off the queue, or asks it to stop."""
    from game.jobs.queue import cancel

    with opened_store() as store, store.writing.begin() as connection:
        if not cancel(connection, job_id):
            raise click.ClickException(f"{job_id}: no such job, or it has ended")


@jobs.command("report")
@click.option("--ids", is_flag=True, help="List the identifiers, too.")
def jobs_report(ids: bool) -> None:
    """Says what would be erased today, and what was erased lately; changes nothing."""
    from game import content
    from game.base import paths
    from game.base.config import load
    from game.jobs.dry import look
    from game.jobs.queue import erasures

    with opened_store() as store:
        found = look(store, content.load(paths.content()), load())
        with store.reading.connect() as connection:
            done = erasures(connection)
    for name, over in vars(found).items():
        click.echo(f"would erase  {name:10} {len(over)}")
        for id in over if ids else ():
            click.echo(f"             {id}")
    for job in done:
        told = "  ".join(f"{name} {count}" for name, count in (job.result or {}).items())
        click.echo(f"erased       {job.kind:10} {told}")
