"""The first lines of the command: the machinery of sockets goes in place before all else."""

import sys

if sys.argv[1:2] == ["serve"]:
    import game.green

    game.green.patch()


def main() -> None:
    """The command `sourcerie`."""
    from game.cli import main as command

    command()
