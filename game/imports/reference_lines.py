"""Tables of files that public bodies publish, line by line: a CSV, or a zip of some.

Such a file may have tens of millions of lines: it is streamed, no line may be longer than LONGEST,
and nothing but the columns that are wanted is kept of one.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import IO
from zipfile import ZipFile, is_zipfile

from game.base.broken_zip import BROKEN
from game.base.refusal import Refusal

LONGEST = 1 << 16  # bytes of a line
MOST = 200  # tables of a zip


@dataclass(frozen=True)
class Found:
    """A table that is known by its headings: which sort it is, and how many bytes it has."""

    sort: str
    name: str
    size: int


def tables(file: Path, sorts: Mapping[str, Sequence[str]]) -> list[Found]:
    """The tables of a file whose headings have all columns of a sort. Raises Refusal for none."""
    try:
        found = list(_known(file, sorts))
    except BROKEN as error:
        raise unreadable() from error
    if not found:
        raise Refusal("bad_input", {"file": "reference_unknown"})
    return found


def unreadable() -> Refusal:
    """What a file is refused with that is not what it says it is."""
    return Refusal("bad_input", {"file": "reference_unreadable"})


def _known(file: Path, sorts: Mapping[str, Sequence[str]]) -> Iterator[Found]:
    for name, size in _names(file):
        with _opened(file, name) as raw:
            headings = next(_rows(raw), [])
        for sort, columns in sorts.items():
            if set(columns) <= set(headings):
                yield Found(sort, name, size)
                break


def _names(file: Path) -> list[tuple[str, int]]:
    if not is_zipfile(file):
        return [("", file.stat().st_size)]
    with ZipFile(file) as pack:
        every = [one for one in pack.infolist() if one.filename.lower().endswith(".csv")]
    return [(one.filename, one.file_size) for one in every[:MOST]]


@contextmanager
def _opened(file: Path, name: str) -> Iterator[IO[bytes]]:
    if not name:
        with file.open("rb") as plain:
            yield plain
    else:
        with ZipFile(file) as pack, pack.open(name) as packed:
            yield packed


def lines(file: Path, found: Found, columns: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """(bytes read so far, the values of these columns) of each line. Raises Refusal."""
    with _opened(file, found.name) as raw:
        every = _rows(raw)
        headings = next(every, [])
        places = [headings.index(name) for name in columns]
        last, wanted = max(places), itemgetter(*places)
        try:
            for row in every:
                if len(row) > last:
                    yield raw.tell(), wanted(row)
        except BROKEN as error:
            raise unreadable() from error


def _rows(raw: IO[bytes]) -> Iterator[list[str]]:
    """The rows of a CSV in UTF-8, whatever parts its columns. Raises Refusal."""
    first = _text(raw.readline(LONGEST)).removeprefix("\ufeff")
    part = max(",;|\t", key=first.count)

    def every() -> Iterator[str]:
        yield first
        while line := raw.readline(LONGEST):
            yield _text(line)

    try:
        yield from csv.reader(every(), delimiter=part)
    except csv.Error as error:
        raise unreadable() from error


def _text(line: bytes) -> str:
    if len(line) == LONGEST:
        raise unreadable()
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise unreadable() from error
