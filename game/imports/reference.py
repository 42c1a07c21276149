"""Files of ROME and Sirene, read into what is kept of them: a few rows a transaction.

What the pool keeps of a person is never touched. A file that is read twice changes nothing the
second time; of a newer one, what it does not have any more goes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Protocol

from sqlalchemy import Connection

from game.base.refusal import Refusal
from game.imports import rome, sirene
from game.imports.pool_file import LONGEST_REST
from game.imports.reference_lines import Found, lines, tables
from game.pool import reference
from game.store.tables import ListedCompany, Occupation, OccupationTitle

TITLES, OCCUPATIONS, UNITS, SITES = "appellations", "occupations", "units", "sites"
SORTS: Mapping[str, Sequence[str]] = {
    TITLES: rome.TITLES,
    OCCUPATIONS: rome.OCCUPATIONS,
    UNITS: sirene.UNITS,
    SITES: sirene.SITES,
}
ORDER = (OCCUPATIONS, TITLES, UNITS, SITES)  # sites are of units that are there
STEP = 5_000  # lines after which it is asked whether a sign of life is due
BEAT = 1.0  # seconds between two of them
BATCH = 2_000  # rows of a transaction
MOST = 200_000  # companies that are kept
LONGEST = 200  # characters of a title


class Taking(Protocol):
    """Where rows are written, and how far it is."""

    def transaction(self) -> AbstractContextManager[Connection]: ...

    def step(self, connection: Connection, done: int, total: int = 0) -> None: ...


@dataclass
class Taken:
    """What came of a file: rows kept by sort, and lines that were not, by why."""

    kept: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)

    def report(self, ended: str) -> dict[str, Any]:
        """As it is stored: counts alone."""
        return {"kept": dict(self.kept), "passed": dict(self.passed), "ended": ended}


def look(file: Path) -> list[Found]:
    """The tables of a file that are known, in the order in which they are read. Raises Refusal."""
    return sorted(tables(file, SORTS), key=lambda one: (ORDER.index(one.sort), one.name))


def is_of_companies(found: Sequence[Found]) -> bool:
    """Does it say which companies there are? Then somebody has to say of which activities."""
    return any(one.sort == UNITS for one in found)


def wanted_of(told: Mapping[str, Any]) -> sirene.Wanted:
    """What is wanted, as it was stored."""
    return sirene.Wanted(
        tuple(told.get("activities", ())),
        tuple(told.get("departments", ())),
        str(told.get("least", sirene.LEAST["10"])),
    )


def said(wanted: sirene.Wanted) -> dict[str, Any]:
    """What is wanted, to be stored."""
    return asdict(wanted)


def take(
    run: Taking, file: Path, file_id: str, day: date, wanted: sirene.Wanted, taken: Taken
) -> None:
    """Reads a file to its end; `taken` says how far it came. Raises Refusal."""
    found = look(file)
    reader = _Reader(run, file, file_id, day, wanted, taken, sum(one.size for one in found))
    for one in found:
        reader.read(one)


@dataclass
class _Reader:
    run: Taking
    file: Path
    file_id: str
    day: date
    wanted: sirene.Wanted
    taken: Taken
    total: int
    before: int = 0  # bytes of the tables that were read
    told: float = 0.0  # when it was last said how far it is

    def read(self, found: Found) -> None:
        """One table, to its end; only then what it lacks is taken out."""
        if found.sort == SITES:
            self._sites(found)
        else:
            self._table(found)
        self.before += found.size

    def _table(self, found: Found) -> None:
        table, made = {
            UNITS: (ListedCompany, self._unit),
            TITLES: (OccupationTitle, self._title),
            OCCUPATIONS: (Occupation, self._occupation),
        }[found.sort]
        rows: list[dict[str, Any]] = []
        for at, row in self._lines(found):
            if kept := made(row):
                rows.append({**kept, "file_id": self.file_id})
            if len(rows) >= BATCH:
                self._keep(found.sort, table, rows, at)
        self._keep(found.sort, table, rows, found.size)
        if self.taken.kept[found.sort]:
            begins = self.wanted.activities if found.sort == UNITS else ()
            with self.run.transaction() as connection:
                reference.drop_older(connection, table, self.file_id, begins)

    def _lines(self, found: Found) -> Iterator[tuple[int, Sequence[str]]]:
        for n, (at, row) in enumerate(lines(self.file, found, SORTS[found.sort]), 1):
            if n % STEP == 0 and monotonic() - self.told > BEAT:
                self.told = monotonic()
                with self.run.transaction() as connection:
                    self.run.step(connection, self.before + at, self.total)
            yield at, row

    def _keep(self, sort: str, table: Any, rows: list[dict[str, Any]], at: int) -> None:
        began = monotonic()
        with self.run.transaction() as connection:
            reference.keep(connection, table, rows)
            self.run.step(connection, self.before + at, self.total)
        sleep(min(monotonic() - began, LONGEST_REST))  # a live room writes to the same database
        self.taken.kept[sort] += len(rows)
        rows.clear()
        if sort == UNITS and self.taken.kept[sort] > MOST:
            raise Refusal("bad_input", {"naf": "reference_too_many"})

    def _unit(self, row: Sequence[str]) -> dict[str, Any] | None:
        unit = sirene.unit_of(row, self.wanted)
        if isinstance(unit, str):
            self.taken.passed[unit] += 1
            return None
        return {**asdict(unit), "told": reference.told_by(unit.name), "places": "", "day": self.day}

    def _title(self, row: Sequence[str]) -> dict[str, Any] | None:
        ogr, code, title = (" ".join(one.split())[:LONGEST] for one in row)
        if not ogr or len(code) != 5 or not title:
            return None
        return {"ogr": ogr[:10], "code": code, "title": title, "folded": rome.folded(title)}

    def _occupation(self, row: Sequence[str]) -> dict[str, Any] | None:
        code, label = (" ".join(one.split())[:LONGEST] for one in row)
        return {"code": code, "label": label} if len(code) == 5 and label else None

    def _sites(self, found: Found) -> None:
        with self.run.transaction() as connection:
            known = reference.sirens(connection)
        places: dict[str, set[str]] = {}
        for _at, row in self._lines(found):
            site = sirene.site_of(row) if row[0] in known else None
            if site:
                places.setdefault(site[0], set()).add(site[1])
        self._place(places)

    def _place(self, places: dict[str, set[str]]) -> None:
        every = list(places)
        for start in range(0, len(every), BATCH):
            some = {siren: places[siren] for siren in every[start : start + BATCH]}
            with self.run.transaction() as connection:
                reference.place(connection, some)
                self.run.step(connection, self.before, self.total)
        self.taken.kept[SITES] = len(every)
        if self.wanted.departments:
            with self.run.transaction() as connection:
                gone = reference.drop_outside(connection, self.wanted.departments)
            self.taken.passed["outside"] += gone
