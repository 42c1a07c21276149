"""A position with what it brings of its own, as a spreadsheet and back: each fault at its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from pydantic import ValidationError

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.content.files import Shelf, Source
from game.exports.content_book import write_book
from game.imports.content_sheets import NO_COLUMN, Fault, Given, Row, given
from game.rules import own
from game.rules.own import KEY, OwnFault, OwnPart, is_one, own_parts
from game.rules.pack import Brief
from game.rules.part import Loc
from game.store.tables import Position
from game.workshop.position import TEXTS

SAID = {
    "missing": _("il manque quelque chose ici"),
    "too_long": _("c'est trop long"),
    "too_few": _("il en faut au moins %(n)s"),
    "too_many": _("pas plus de %(n)s"),
    "invalid": _("ce n'est pas juste ici"),
}
ONE_ROW = _("une seule ligne est attendue sur cette feuille")
BRIEFS = "briefs"
Cells = dict[Loc, tuple[str, str]]  # (sheet, cell)


@dataclass
class Read:
    """What a spreadsheet says of a position: the values to be kept, or what is wrong with them."""

    values: dict[str, object] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def write(position: Position, lang: str, into: IO[bytes]) -> None:
    """Writes XLSX: the brief, and a sheet for each part of its own; empty ones are a pattern."""
    names = [part.name for part in own_parts()]
    write_book(_shelf(position), lang, into, only=(BRIEFS, *names))


def _shelf(position: Position) -> Shelf:
    shelf = Shelf(position.lang)
    brief = {"key": KEY, **{name: getattr(position, name) for name in (*TEXTS, "must_haves")}}
    shelf.sources.append(Source(BRIEFS, "", KEY, brief))
    for part in own_parts():
        raw = position.own.get(part.name)
        if is_one(part):
            held = raw if isinstance(raw, Mapping) else {}
            shelf.sources.append(Source(part.name, "", KEY, {**held, "key": KEY, "brief": KEY}))
        else:
            rows = raw if isinstance(raw, list) else []
            shelf.sources += [Source(part.name, "", "", row) for row in rows]
    return shelf


def read(raw: bytes, held: Json, *, is_whole: bool) -> Read:
    """What a file says of a position whose own content is `held`; what it lacks stays as it is.

    A position that is not whole yet needs its own sheet.

    Raises Refusal('no_table') and Refusal('no_content').
    """
    parts = {BRIEFS, *(part.name for part in own_parts())}
    sheets = {(s.table.part, s.table.inside): s for s in given(raw) if s.table.part in parts}
    if not sheets:
        raise Refusal("no_content")
    found = Read(faults=[fault for one in sheets.values() for fault in one.faults])
    if any(fault.said == NO_COLUMN for fault in found.faults):
        return found
    if (BRIEFS, "") in sheets:
        _brief(sheets[BRIEFS, ""], found)
    elif not is_whole:
        found.faults.append(Fault(BRIEFS, "", ONE_ROW, {}))
    kept = dict(held)
    for part in own_parts():
        _part(part, sheets, kept, found)
    found.values["own"] = kept
    return found


def _only(sheet: Given, found: Read) -> Row | None:
    """The one row that a sheet has."""
    found.faults += [Fault(sheet.table.name, f"A{r.line}", ONE_ROW, {}) for r in sheet.rows[1:]]
    if not sheet.rows:
        found.faults.append(Fault(sheet.table.name, "", ONE_ROW, {}))
    return sheet.rows[0] if sheet.rows else None


def _brief(sheet: Given, found: Read) -> None:
    row = _only(sheet, found)
    if row is None:
        return
    try:
        brief = Brief.model_validate({**row.raw, "key": KEY})
    except ValidationError as error:
        cells = _cells(sheet, row)
        faults = error.errors(include_url=False, include_input=False)
        found.faults += [_fault(own.told((), fault), BRIEFS, cells) for fault in faults]
        return
    found.values |= {name: getattr(brief, name) for name in TEXTS}
    found.values["must_haves"] = list(brief.must_haves)


def _part(
    part: OwnPart,
    sheets: Mapping[tuple[str, str], Given],
    kept: dict[str, object],
    found: Read,
) -> None:
    mine = {inside: sheet for (name, inside), sheet in sheets.items() if name == part.name}
    if not mine:
        return
    cells: Cells = {}
    raw = _one(mine, kept.get(part.name), cells, found) if is_one(part) else _many(mine[""], cells)
    kept.pop(part.name, None)
    if raw and (not isinstance(raw, dict) or any(raw.values())):
        kept[part.name] = raw
        found.faults += [_fault(fault, part.name, cells) for fault in own.faults(part, raw)]


def _many(sheet: Given, cells: Cells) -> list[dict[str, object]]:
    for n, row in enumerate(sheet.rows):
        cells.update({(n, *loc): cell for loc, cell in _cells(sheet, row).items()})
    return [row.raw for row in sheet.rows]


def _one(mine: Mapping[str, Given], held: object, cells: Cells, found: Read) -> dict[str, object]:
    raw = dict(held) if isinstance(held, Mapping) else {}
    for inside, sheet in mine.items():
        if inside:
            made: Cells = {}
            raw[inside] = _many(sheet, made)
            cells.update({(inside, *loc): cell for loc, cell in made.items()})
        elif row := _only(sheet, found):
            cells.update(_cells(sheet, row))
            lists = [column.name for column in sheet.table.columns if column.is_list]
            raw |= {name: row.raw.get(name, []) for name in lists}
    return raw


def _cells(sheet: Given, row: Row) -> Cells:
    return {loc: (sheet.table.name, cell) for loc, cell in row.cells.items()}


def _fault(fault: OwnFault, sheet: str, cells: Cells) -> Fault:
    """At the cell of the value, else of what it stands in, else of the sheet."""
    ways: Sequence[Loc] = [fault.loc[:n] for n in range(len(fault.loc), -1, -1)]
    place = next((cells[way] for way in ways if way in cells), (sheet, ""))
    return Fault(*place, SAID[fault.code], {"n": fault.wanted})
