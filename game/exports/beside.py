"""A large export, made in a process of its own: a room that plays does not wait for it.

`python -m game.exports.beside` reads what is asked from its standard input, as JSON, and writes the
file to its standard output. Nothing of it stands in the list of processes.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO

import orjson

from game.base.refusal import Refusal
from game.pool.search import Filter

NICE = 10  # the players have their turn first
AT_ONCE = 2  # exports; whoever comes then is told to come again
BYTES = 64 * 1024


@dataclass(frozen=True)
class Wanted:
    """Which file: `kind` is csv or xlsx, `lang` the reader's, `separator` the CSV's.

    `returned` are the leads who objected as another lead: the child knows no secret.
    """

    database_url: str
    filter: Filter
    today: date
    kind: str
    lang: str
    separator: str
    returned: tuple[str, ...] = ()


class Exports:
    """Those under way in this process's children."""

    def __init__(self) -> None:
        self.running = 0

    def stream(self, wanted: Wanted) -> Iterator[bytes]:
        """The file as it comes. Raises Refusal('busy') where too many are under way.

        Raises RuntimeError, with the file broken off, where the child did.
        """
        if self.running >= AT_ONCE:
            raise Refusal("busy")
        return self._pieces(wanted)

    def _pieces(self, wanted: Wanted) -> Iterator[bytes]:
        process = None
        self.running += 1
        try:
            command = [sys.executable, "-m", __name__]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(orjson.dumps(asdict(wanted)))
            process.stdin.close()
            while piece := process.stdout.read(BYTES):
                yield piece
            if process.wait() != 0:
                raise RuntimeError("the export broke off")
        finally:
            self.running -= 1
            if process is not None:
                _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Whoever asked may have left: nobody reads on."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.kill()
    process.wait()


def make(wanted: Wanted, into: IO[bytes]) -> None:
    """Writes the file."""
    from game import content
    from game.base import paths
    from game.exports import csv_file, rows, xlsx_file
    from game.exports.columns import COLUMNS, titles
    from game.exports.words import words
    from game.store.engine import Store

    packs = content.load(paths.content())
    store = Store(wanted.database_url)
    read = words(packs.get(wanted.lang) or next(iter(packs.values())), wanted.lang)
    lines = rows.every(store.session, wanted.filter, wanted.today, read, wanted.returned)
    if wanted.kind == "xlsx":
        pieces = xlsx_file.stream(COLUMNS, titles(wanted.lang), lines)
    else:
        pieces = csv_file.write(titles(wanted.lang), lines, wanted.separator)
    for piece in pieces:
        into.write(piece)
    into.flush()
    store.close()


def _asked(sent: bytes) -> Wanted:
    told = orjson.loads(sent)
    today = date.fromisoformat(told["today"])
    return Wanted(**{**told, "filter": Filter(**told["filter"]), "today": today})


if __name__ == "__main__":
    os.nice(NICE)
    make(_asked(sys.stdin.buffer.read()), sys.stdout.buffer)
