"""A large export, made in a process of its own: a room that plays does not wait for it.

`python -m game.exports.beside` reads what is asked from its standard input, as JSON, and writes the
file to its standard output. Nothing of it stands in the list of processes.
"""

import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import IO, TYPE_CHECKING

import orjson

from game.base.days import live_in, zone
from game.base.refusal import Refusal
from game.pool.lead_filter import Filter
from game.pool.lead_list import Reading

if TYPE_CHECKING:
    from game.exports.target_file import Sheet
    from game.exports.words import Words
    from game.privacy.inform import Purpose
    from game.store.tables.export_mapping import Column

NICE = 19  # the players have their turn first
LEADS = (
    200  # read at a time: nobody waits for this process, and few at a time cost the database more
)
AT_ONCE = 2  # exports; whoever comes then is told to come again
BYTES = 64 * 1024


@dataclass(frozen=True)
class Handed:
    """To which target, if to one: its key, options, and the columns that a recruiter gave it."""

    target: str
    options: dict[str, str]
    untold: bool
    parted: bool
    columns: list["Column"]
    left_before: int


@dataclass(frozen=True)
class Wanted:
    """Which file: `kind` is csv or xlsx, `lang` the reader's, `separator` the CSV's.

    `returned` are the leads who objected as another lead: the child knows no secret. With `to`,
    the file is a target's, and `separator` that of a recruiter's own mapping. `purpose` is handover
    where a list is said to go out of the house.
    """

    database_url: str
    filter: Filter
    today: date
    kind: str
    lang: str
    separator: str
    returned: tuple[str, ...] = ()
    to: Handed | None = None
    zone: str = field(default_factory=lambda: str(zone()))
    purpose: "Purpose" = "export"
    counted: bool = False  # say how many leads of the pool the file has, in a line before it


class Exports:
    """Those under way in this process's children."""

    def __init__(self) -> None:
        self.running = 0

    def stream(self, wanted: Wanted) -> Generator[bytes]:
        """The file as it comes. Raises Refusal('busy') where too many are under way.

        Raises RuntimeError, with the file broken off, where the child did.
        """
        if self.running >= AT_ONCE:
            raise Refusal("busy")
        return self._pieces(wanted)

    def counted(self, wanted: Wanted) -> tuple[int, Generator[bytes]]:
        """How many leads of the pool the file has, and the file; counted by the child as well.

        Raises as `stream` does, and RuntimeError where the child broke off before it had counted.
        """
        pieces = self.stream(replace(wanted, counted=True))
        head = b""
        while b"\n" not in head:
            piece = next(pieces, b"")
            if not piece:
                raise RuntimeError("the export broke off")
            head += piece
        count, _, rest = head.partition(b"\n")
        return int(count), _after(rest, pieces)

    def _pieces(self, wanted: Wanted) -> Generator[bytes]:
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


def _after(first: bytes, pieces: Generator[bytes]) -> Generator[bytes]:
    """What came, and what is to come; whoever leaves ends it."""
    try:
        yield first
        yield from pieces
    finally:
        pieces.close()


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
    from game.exports.words import words
    from game.store.engine import Store

    packs = content.load(paths.content())
    store = Store(wanted.database_url)
    read = words(packs.get(wanted.lang) or next(iter(packs.values())), wanted.lang)
    pieces = (
        _pool(store.session, wanted, read)
        if wanted.to is None
        else _to_target(store.session, wanted, wanted.to, read)
    )
    for piece in pieces:
        into.write(piece)
    into.flush()
    store.close()


def _pool(reading: Reading, wanted: Wanted, words: "Words") -> Iterator[bytes]:
    from game.exports import csv_file, rows, xlsx_file
    from game.exports.columns import COLUMNS, titles

    if wanted.counted:
        with reading() as session:
            told = wanted.filter, wanted.today, wanted.returned
            yield b"%d\n" % rows.count(session, *told, purpose=wanted.purpose)
    asked = (reading, wanted.filter, wanted.today, words, wanted.returned, LEADS, wanted.purpose)
    lines = rows.every(*asked)
    if wanted.kind == "xlsx":
        yield from xlsx_file.stream(COLUMNS, titles(wanted.lang), lines)
    else:
        yield from csv_file.write(titles(wanted.lang), lines, wanted.separator)


def _to_target(reading: Reading, wanted: Wanted, to: Handed, words: "Words") -> Iterator[bytes]:
    from game.exports import target_file

    sheet = sheet_of(wanted, to)
    asked = (reading, wanted.filter, wanted.today, words, sheet, wanted.returned, LEADS)
    lines = target_file.rows(*asked)
    return target_file.stream(sheet, lines)


def sheet_of(wanted: Wanted, to: Handed) -> "Sheet":
    """What is written of a target's file. Raises KeyError for a target that is none."""
    from game.exports.mapping import told_as_target
    from game.exports.target_file import Sheet
    from game.exports.targets import targets

    if to.columns:
        target = told_as_target("", "", to.columns, wanted.separator)
    else:
        target = targets()[to.target]
    return Sheet(target, to.options, wanted.kind, wanted.lang, to.untold, to.parted, to.left_before)


def _asked(sent: bytes) -> Wanted:
    told = orjson.loads(sent)
    live_in(told["zone"])
    today = date.fromisoformat(told["today"])
    to = Handed(**told["to"]) if told["to"] else None
    return Wanted(**{**told, "filter": Filter(**told["filter"]), "today": today, "to": to})


if __name__ == "__main__":
    os.nice(NICE)
    make(_asked(sys.stdin.buffer.read()), sys.stdout.buffer)
