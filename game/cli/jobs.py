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
