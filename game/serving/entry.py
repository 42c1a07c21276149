"""The first lines of the command: the machinery of sockets goes in place before all else."""

import gc
import sys

gc.disable()  # nothing that a start brings is ever garbage: `serve` collects once it stands

if sys.argv[1:2] == ["serve"]:
    import game.serving.async_patch

    game.serving.async_patch.patch()


def main() -> None:
    """The command `sourcerie`."""
    from game.cli import main as command

    command()
