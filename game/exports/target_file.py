"""The file that a target takes: its columns, those who are ready; in parts where it is too long."""

import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import IO

from game.exports import csv_file, xlsx_file
from game.exports.columns import Column
from game.exports.person import persons
from game.exports.ready import ALWAYS, sort_out
from game.exports.target import Form, Options, Target, headings, row
from game.exports.words import Words
from game.pool import lead_list
from game.pool.lead_filter import Filter
from game.privacy import inform

AT_ONCE = 25  # leads
BYTES = 64 * 1024
WIDTH = 22  # characters of a column
Row = Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """What is written: a target with its options, as a csv or an xlsx, in a language.

    `parted` makes a zip of files that are short enough; else there is one file. Who left in a file
    `left_before` this moment is not in it.
    """

    target: Target
    options: Options
    kind: str
    lang: str
    untold: bool
    parted: bool = False
    left_before: int = ALWAYS

    @property
    def form(self) -> Form:
        """What the target takes."""
        if self.target.form is None:
            raise ValueError(f"{self.target.key} takes no file")
        return self.target.form


def rows(
    reading: lead_list.Reading,
    wanted: Filter,
    today: date,
    words: Words,
    sheet: Sheet,
    returned: Collection[str],
    at_once: int = AT_ONCE,
) -> Iterator[Row]:
    """A row for each lead of a filter who is ready, newest first.

    `returned` are those who objected as another lead. While a row is on its way, nothing of the
    database is held.
    """
    with reading() as session:
        allowed = inform.may(session, "export", today, returned)
    for leads in lead_list.batches(reading, wanted, today, at_once, allowed):
        with reading() as session:
            found = sort_out(
                *(session, sheet.target, sheet.options, leads, {}),
                untold=sheet.untold,
                left_before=sheet.left_before,
            )
            ready = [lead for lead in leads if found[lead.id].state == "ready"]
            made = [
                row(sheet.target, sheet.options, one)
                for one in persons(session, ready, words, sheet.lang)
            ]
        yield from made


def stream(sheet: Sheet, lines: Iterable[Row]) -> Iterator[bytes]:
    """The file, or the zip of files, a piece at a time.

    Raises RuntimeError where one file would be longer than the target takes.
    """
    if sheet.parted:
        return _zipped(sheet, lines)
    return _file(sheet, _no_more(lines, sheet.form.most))


def _no_more(lines: Iterable[Row], most: int) -> Iterator[Row]:
    for n, line in enumerate(lines, 1):
        if most and n > most:
            raise RuntimeError("more rows than the target takes")
        yield line


def _file(sheet: Sheet, lines: Iterable[Row]) -> Iterator[bytes]:
    titles = headings(sheet.target, sheet.options)
    if sheet.kind == "xlsx":
        columns = [Column(str(n), title, WIDTH) for n, title in enumerate(titles)]
        return xlsx_file.stream(columns, titles, lines)
    return csv_file.write(titles, lines, sheet.form.separator, mark=sheet.form.mark)


def _zipped(sheet: Sheet, lines: Iterable[Row]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for n, part in enumerate(_parts(lines, sheet.form.most), 1):
                with packed.open(f"{name_of(sheet)}_{n}.{sheet.kind}", "w") as into:
                    _write(_file(sheet, part), into)
        made.seek(0)
        while piece := made.read(BYTES):
            yield piece


def _write(pieces: Iterable[bytes], into: IO[bytes]) -> None:
    for piece in pieces:
        into.write(piece)


def _parts(lines: Iterable[Row], most: int) -> Iterator[Iterator[Row]]:
    """The rows in turns of so many; each is to be taken before the next."""
    rest = iter(lines)
    for first in rest:
        yield islice(chain((first,), rest), most or None)


def name_of(sheet: Sheet) -> str:
    """The name of the file, without its ending: letters, digits, _ and - alone."""
    return sheet.form.name or f"sourcerie_{sheet.target.key}"


def too_many(target: Target, count: int) -> bool:
    """Must so many rows be parted?"""
    return bool(target.form and target.form.most and count > target.form.most)
