"""People from a file into the pool: who was taken, who was not and why, and what was not used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.imports.headings import best_reading, fields_of
from game.imports.labels import Labels
from game.imports.line import Reader, Values
from game.imports.sheet import Cell, Line, Sheet, sheets
from game.pool.incoming import Incoming
from game.pool.intake import Intake
from game.privacy.audit import audit
from game.rules.pack import Pack
from game.rules.person import squeeze

PEOPLE_AT_ONCE = 50  # in a transaction
LONGEST_REST = 0.1  # seconds


@dataclass
class Outcome:
    """What came of a file.

    `refused` and `mended` say, by line, the code of each field at fault: lines that were not
    taken, and people who were taken without these fields. `unused` names columns.
    """

    taken: int = 0
    known: int = 0
    refused: dict[str, Mapping[str, str]] = field(default_factory=dict)
    mended: dict[str, Mapping[str, str]] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def import_pool(
    session: Session, file: Path, secret: str, packs: Mapping[str, Pack], country: str
) -> Outcome:
    """Takes the people of a file, a few a transaction, and rests in between: rooms may be playing.

    It can be brought in again: nobody comes twice. Raises Refusal('no_table') for what is no
    table, and Refusal('no_names') where no column holds names.
    """
    found = [best_reading(readings) for readings in sheets(file.read_bytes())]
    named = [sheet for sheet in found if sheet]
    if not named:
        raise Refusal("no_names")
    work = _Import(session, Intake(session, secret), Reader(Labels(packs), country))
    for number, (sheet, row) in enumerate(named, 1):
        work.take(sheet, row, f"{number}:" if len(named) > 1 else "")
    outcome = work.outcome
    counts = {"taken": outcome.taken, "known": outcome.known, "refused": len(outcome.refused)}
    audit(session, None, "pool_imported", counts)
    session.commit()
    return outcome


class _Import:
    """One file on its way in."""

    def __init__(self, session: Session, intake: Intake, reader: Reader) -> None:
        self.session = session
        self.intake = intake
        self.reader = reader
        self.outcome = Outcome()
        self.seen: set[str] = set()  # ids that our own files give: a line a recommendation
        self.waiting: list[Incoming] = []

    def take(self, sheet: Sheet, row: int, where: str) -> None:
        """Takes all lines below the headings, which stand at this place."""
        headings, lines = sheet[row].cells, sheet[row + 1 :]
        fields = fields_of(headings)
        self.outcome.unused += _unused(headings, fields, lines)
        for line in lines:
            if any(_said(cell) for cell in line.cells):
                self._read(line, fields, f"{where}{line.number}")
            if len(self.waiting) >= PEOPLE_AT_ONCE:
                self._keep()
        self._keep()

    def _read(self, line: Line, fields: Sequence[str], at: str) -> None:
        try:
            person, faults = self.reader.read(_values(line, fields))
        except Refusal as refusal:
            self.outcome.refused[at] = refusal.fields
            return
        if faults:
            self.outcome.mended[at] = faults
        self.waiting.append(person)

    def _keep(self) -> None:
        """Writes who was read, then leaves the database to others for as long as that took."""
        began = monotonic()
        for person in self.waiting:
            if self.intake.take(person):
                self.outcome.taken += 1
            elif person.id not in self.seen:
                self.outcome.known += 1
            self.seen |= {person.id} - {""}
        self.session.commit()
        self.waiting = []
        sleep(min(monotonic() - began, LONGEST_REST))


def _values(line: Line, fields: Sequence[str]) -> Values:
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
    return not isinstance(cell, str) or bool(squeeze(cell))


def _unused(headings: Sequence[Cell], fields: Sequence[str], lines: Sequence[Line]) -> list[str]:
    """The titles of columns that hold something and that we have no field for; else their place."""
    unused = [n for n, name in enumerate(fields) if not name]
    held = {n for line in lines for n in unused if n < len(line.cells) and _said(line.cells[n])}
    return [squeeze(str(headings[n])) or f"#{n + 1}" for n in unused if n in held]
