"""What would come of a file: for each line, without taking anybody in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from game.imports.labels import Labels
from game.imports.line import Reader
from game.imports.pool_file import Outcome, Read, lines_of, take
from game.imports.table import Table, tables
from game.pool import comparing
from game.pool.intake import NEW, OUT, Intake, Taken
from game.rules.commonness import NONE, Counting
from game.rules.pack import Pack
from game.rules.short_names import ShortNames
from game.store.engine import Store

AT_ONCE = 500  # lines


@dataclass(frozen=True)
class Row:
    """What would happen with a line: it is new, same, likely or refused.

    `lead` is the id of whom it is the same as, or likely; empty for somebody of this very file, or
    for one whom the law keeps out, of whom nothing more is said. `why` has keys of reasons,
    `faults` the fields that are wrong. `name` is what the line calls the person.
    """

    at: str
    state: str
    lead: str = ""
    why: Sequence[str] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    def said(self) -> dict[str, object]:
        """As an object for other programs; what is empty is left out."""
        values = {"lead": self.lead, "why": list(self.why), "faults": dict(self.faults)}
        return {"line": self.at, "state": self.state, **{k: v for k, v in values.items() if v}}


BY = {"m": "same_mail", "p": "same_phone", "l": "same_link", "n": "same_name", "i": "same_name"}


class Rehearsal:
    """One rehearsed import; `outcome` counts what it says."""

    def __init__(self, store: Store, secret: str, short: ShortNames) -> None:
        self.store = store
        self.short = short
        self.commons = NONE
        self.intake = Intake(secret, short=short, dry=True)
        self.outcome = Outcome()

    def rows(
        self,
        file: Path,
        packs: Mapping[str, Pack],
        country: str,
        found: Sequence[Table] | None = None,
    ) -> Iterator[Row]:
        """What would come of each line, in order. Raises Refusal for a file that is no table.

        `found` are its tables, where somebody has said what their columns are.
        """
        found = found or tables(file)
        self._make_ready()
        waiting: list[Read] = []
        for line in lines_of(found, Reader(Labels(packs), country), self.outcome):
            waiting.append(line)
            if len(waiting) >= AT_ONCE:
                yield from self._judge(waiting)
                waiting = []
        yield from self._judge(waiting)

    def _make_ready(self) -> None:
        """Leads that were never compared are made ready: no lead is changed by it."""
        counting = Counting()
        with self.store.reading.connect() as reader:
            pages = list(comparing.pages(reader))
        for ids in pages:
            with self.store.writing.begin() as connection:
                changed = comparing.changed(connection, ids, counting)
                comparing.make_ready(connection, changed, self.short)
        self.commons = counting.commons()

    def _judge(self, lines: Sequence[Read]) -> Iterator[Row]:
        with self.store.reading.connect() as connection:
            people = [line for line in lines if line.person]
            taken = iter(take(connection, self.intake, people, self.outcome))
            rows = [self._row(line, next(taken) if line.person else None) for line in lines]
            likely = self._likely(connection, people)
        for row in rows:
            alike = likely.get(row.at) if row.state == NEW else None
            yield Row(row.at, "likely", alike[0], alike[1], row.faults, row.name) if alike else row

    def _row(self, line: Read, taken: Taken | None) -> Row:
        if taken is None:
            return Row(line.at, "refused", faults=line.faults)
        name = line.person.name if line.person else ""
        if taken.state == OUT:
            return Row(line.at, "same", name=name)
        if taken.state == NEW:
            return Row(line.at, NEW, faults=line.faults, name=name)
        lead = "" if taken.lead_id in self.intake.ghosts else taken.lead_id
        why = (BY[taken.key],) if taken.key in BY else ()
        return Row(line.at, taken.state, lead, why, line.faults, name)

    def _likely(
        self, connection: Connection, lines: Sequence[Read]
    ) -> dict[str, tuple[str, tuple[str, ...]]]:
        """By line: the lead that may be the same person, and why."""
        persons = {line.at: line.person for line in lines if line.person}
        return comparing.likely(connection, persons, self.short, self.commons)
