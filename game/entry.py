"""The first lines of the command: the machinery of sockets goes in place before all else."""

import gc
import sys

gc.disable()  # nothing that a start brings is ever garbage: `serve` collects once it stands

if sys.argv[1:2] == ["serve"]:
    import game.green

    game.green.patch()


def main() -> None:
    """The command `sourcerie`; what is wrong around it ends it with one line."""
    from game.cli import main as command
    from game.faults import line

    try:
        command()
    except Exception as error:
        said = line(error)
        if said is None:
            raise
        print(said, file=sys.stderr)
        sys.exit(2)
