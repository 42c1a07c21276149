"""People from a file into the pool: who was taken, who was not and why, and what was not used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.base.text import printable
from game.imports.book import Cell
from game.imports.labels import Labels
from game.imports.line import Reader, Values
from game.imports.sheet import Line
from game.imports.table import Table, tables
from game.pool.incoming import Incoming
from game.pool.intake import NEW, Intake, Taken
from game.privacy.audit import audit
from game.rules.pack import Pack
from game.rules.person import squeeze
from game.store.asking import enqueue
from game.store.base import new_id
from game.store.statistics import LARGE, count_anew
from game.store.tables import PoolImport

PEOPLE_AT_ONCE = 50  # in a transaction: a room that plays waits for no more
LONGEST_REST = 0.1  # seconds
NAMED = 1_000  # lines of which the report says what was wrong; beyond, only how many


@dataclass
class Outcome:
    """What came of a file.

    `refused` and `mended` say, by line, the code of each field at fault: lines that were not
    taken, and people who were taken without these fields; of many only the first are named.
    `unused` names columns.
    """

    taken: int = 0
    known: int = 0
    refusals: int = 0
    mendings: int = 0
    refused: dict[str, Mapping[str, str]] = field(default_factory=dict)
    mended: dict[str, Mapping[str, str]] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)

    def refuse(self, at: str, why: Mapping[str, str]) -> None:
        """A line was not taken."""
        self.refusals += 1
        if len(self.refused) < NAMED:
            self.refused[at] = why

    def mend(self, at: str, why: Mapping[str, str]) -> None:
        """A line was taken without some of its fields."""
        self.mendings += 1
        if len(self.mended) < NAMED:
            self.mended[at] = why

    def report(self) -> dict[str, object]:
        """All of it, as it is kept: places and codes, nobody's data."""
        counts = {"taken": self.taken, "known": self.known, "refused": self.refusals}
        lines = {"refused_lines": self.refused, "mended_lines": self.mended}
        return {**counts, "mended": self.mendings, **lines, "unused": self.unused}


@dataclass(frozen=True)
class Read:
    """A line of a file: the person it is of, or why it is of none."""

    at: str
    person: Incoming | None
    faults: Mapping[str, str]


def import_pool(
    session: Session, file: Path, secret: str, packs: Mapping[str, Pack], country: str
) -> Outcome:
    """Takes the people of a file, a few a transaction, and rests in between: rooms may be playing.

    It can be brought in again: nobody comes twice. Raises Refusal('no_table') for what is no
    table, and Refusal('no_names') where no column holds names.
    """
    found = tables(file)
    import_id = new_id()
    session.add(PoolImport(id=import_id, name=printable(file.name)[:120], at=now_ms()))
    session.commit()
    intake = Intake(secret, import_id)
    outcome = Outcome()
    for people in in_batches(lines_of(found, Reader(Labels(packs), country), outcome)):
        began = monotonic()
        take(session.connection(), intake, people, outcome)
        session.commit()
        sleep(min(monotonic() - began, LONGEST_REST))
    counts = {"taken": outcome.taken, "known": outcome.known, "refused": outcome.refusals}
    session.get_one(PoolImport, import_id).report = outcome.report()
    audit(session, None, "pool_imported", {"import": import_id, **counts})
    if outcome.taken:
        enqueue(session, "doubles")  # whoever came is compared with whom the pool knows
    session.commit()
    if outcome.taken >= LARGE:
        count_anew(session.connection())
        session.commit()
    return outcome


def take(
    connection: Connection, intake: Intake, people: Sequence[Read], outcome: Outcome
) -> list[Taken]:
    """Takes some people in, and counts what came of them."""
    persons = [one.person for one in people if one.person]
    taken = intake.take(connection, persons)
    for one in taken:
        outcome.taken += one.state == NEW
        outcome.known += one.state != NEW and not one.again
    return taken


def in_batches(lines: Iterator[Read], size: int = PEOPLE_AT_ONCE) -> Iterator[list[Read]]:
    """The people of these lines, so many at a time; refused lines are counted already."""
    waiting: list[Read] = []
    for line in lines:
        if line.person:
            waiting.append(line)
        if len(waiting) >= size:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def lines_of(found: Sequence[Table], reader: Reader, outcome: Outcome) -> Iterator[Read]:
    """All lines of these tables below their headings, with what was wrong noted."""
    for number, table in enumerate(found, 1):
        fields = list(table.fields)
        held: set[int] = set()
        unused = [n for n, name in enumerate(fields) if not name]
        for line in table.lines:
            if not any(_said(cell) for cell in line.cells):
                continue
            held |= {n for n in unused if n < len(line.cells) and _said(line.cells[n])}
            at = f"{number}:{line.number}" if len(found) > 1 else str(line.number)
            yield _read(reader, line, fields, at, outcome)
        outcome.unused += [_title(table, n) for n in sorted(held)]


def _title(table: Table, n: int) -> str:
    """The title of a column, or its place where it has none that is sure to be one."""
    title = squeeze(str(table.headings[n])) if table.is_headed else ""
    return title or f"#{n + 1}"


def _read(reader: Reader, line: Line, fields: Sequence[str], at: str, outcome: Outcome) -> Read:
    try:
        person, faults = reader.read(values_of(line, fields))
    except Refusal as refusal:
        outcome.refuse(at, refusal.fields)
        return Read(at, None, refusal.fields)
    if faults:
        outcome.mend(at, faults)
    return Read(at, person, faults)


def values_of(line: Line, fields: Sequence[str]) -> Values:
    """What stands in the columns of each field. Raises Refusal where they cannot be told apart."""
    if any(_said(cell) for cell in line.cells[len(fields) :]):
        raise Refusal("bad_input", {"line": "too_many_cells"})
    if line.torn and len(line.cells) != len(fields):
        raise Refusal("bad_input", {"line": "torn_quotes"})
    values: dict[str, list[Cell]] = {}
    for name, cell in zip(fields, line.cells, strict=False):
        if name and _said(cell):
            values.setdefault(name, []).append(cell)
    return values


def _said(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip() and squeeze(cell))
