"""The content packs, checked."""

import sys
from pathlib import Path

import click

from game.base import paths
from game.cli.group import main


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
