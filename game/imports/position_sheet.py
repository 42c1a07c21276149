"""A position with what it brings of its own, as a spreadsheet and back: each fault at its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from pydantic import ValidationError

from game.base.languages import LANGS
from game.base.speech import marked as _
from game.content.files import Shelf, Source
from game.exports.content_book import write_book
from game.imports import position_texts
from game.imports.content_sheets import NO_COLUMN, Fault, Given, Row, given
from game.imports.position_texts import sheets_of
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
    """Writes XLSX: the brief, and a sheet for each part of its own; empty ones are a pattern.

    Beside each text is its place in the second language.
    """
    write_book(_shelf(position), lang, into, only=sheets_of(other_than(position.lang)))


def other_than(lang: str) -> str:
    """The second language of a position that is written in this one."""
    return next(one for one in LANGS if one != lang)


def _shelf(position: Position) -> Shelf:
    shelf, other = Shelf(position.lang), other_than(position.lang)
    said = position.translations.get(other)
    texts = said if isinstance(said, Mapping) else {}
    brief = {name: getattr(position, name) for name in (*TEXTS, "must_haves")}
    brief |= position_texts.named(texts, other)
    shelf.sources.append(Source(BRIEFS, "", KEY, {"key": KEY, **brief}))
    own_texts = texts.get("own", {})
    for part in own_parts():
        raw, said = position.own.get(part.name), own_texts.get(part.name)
        if is_one(part):
            held = _lists_beside(raw, said, other)
            shelf.sources.append(Source(part.name, "", KEY, {**held, "key": KEY, "brief": KEY}))
        else:
            rows = position_texts.beside(raw, said, other)
            shelf.sources += [Source(part.name, "", "", row) for row in rows]
    return shelf


def _lists_beside(raw: object, said: object, other: str) -> dict[str, object]:
    """The lists of a part of one item; a list of choices stands in the item's own columns."""
    held = dict(raw) if isinstance(raw, Mapping) else {}
    texts = said if isinstance(said, Mapping) else {}
    for name, rows in list(held.items()):
        held[name] = position_texts.beside(rows, texts.get(name), other)
        if texts.get(name):
            held[f"{name}.{other}"] = texts[name]
    return held


def read(raw: bytes, held: Position) -> Read:
    """What a file says of a position; what it lacks stays as it is.

    A position that is not whole yet needs its own sheet.

    Raises Refusal('no_table') and Refusal('no_content').
    """
    other = other_than(held.lang)
    sheets = {(s.table.part, s.table.inside): s for s in given(raw, sheets_of(other))}
    found = Read(faults=[fault for one in sheets.values() for fault in one.faults])
    if any(fault.said == NO_COLUMN for fault in found.faults):
        return found
    before = held.translations.get(other)
    texts = dict(before) if isinstance(before, Mapping) else {}
    if (BRIEFS, "") in sheets:
        _brief(sheets[BRIEFS, ""], other, texts, found)
    elif not held.is_whole:
        found.faults.append(Fault(BRIEFS, "", ONE_ROW, {}))
    kept, said = dict(held.own), dict(texts.pop("own", {}))
    for part in own_parts():
        mine = {inside: sheet for (name, inside), sheet in sheets.items() if name == part.name}
        if mine:
            _part(part, mine, other, (kept, said), found)
    texts |= {"own": said} if said else {}
    both = {**held.translations, other: texts}
    found.values |= {"own": kept, "translations": {lang: one for lang, one in both.items() if one}}
    return found


def _only(sheet: Given, found: Read) -> Row | None:
    """The one row that a sheet has."""
    found.faults += [Fault(sheet.table.name, f"A{r.line}", ONE_ROW, {}) for r in sheet.rows[1:]]
    if not sheet.rows:
        found.faults.append(Fault(sheet.table.name, "", ONE_ROW, {}))
    return sheet.rows[0] if sheet.rows else None


def _brief(sheet: Given, other: str, texts: dict[str, object], found: Read) -> None:
    row = _only(sheet, found)
    if row is None:
        return
    own, said = position_texts.parted(row.raw, other)
    brief = _checked(own, "", _cells(sheet, row), found)
    if brief:
        found.values |= {name: getattr(brief, name) for name in TEXTS}
        found.values["must_haves"] = list(brief.must_haves)
    if any(column.lang for column in sheet.table.columns if column.field in sheet.there):
        for name in position_texts.BRIEF:
            texts.pop(name, None)
        if said:
            _checked(said, f".{other}", _cells(sheet, row), found)
            texts |= said


def _checked(raw: Mapping[str, object], ending: str, cells: Cells, found: Read) -> Brief | None:
    """The brief of these texts, or None and what is wrong; `ending` is that of their columns."""
    try:
        return Brief.model_validate({**raw, "key": KEY})
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            told = own.told((), fault)
            way = (f"{told.loc[0]}{ending}", *told.loc[1:])
            found.faults.append(_fault(told._replace(loc=way), BRIEFS, cells))
        return None


def _part(
    part: OwnPart,
    mine: Mapping[str, Given],
    other: str,
    held: tuple[dict[str, object], dict[str, object]],
    found: Read,
) -> None:
    """Puts what the sheets of a part say in the place of what is held: its items, their texts."""
    cells: Cells = {}
    kept, said = held
    raw: object
    texts: object
    if is_one(part):
        raw, texts = _one(mine, (kept.get(part.name), said.get(part.name)), other, cells, found)
    else:
        raw, texts = position_texts.rows_parted(_many(mine[""], cells), other)
    speaks = any(f".{other}" in name for sheet in mine.values() for name in sheet.there)
    kept.pop(part.name, None)
    if speaks:
        said.pop(part.name, None)
    if not _says(raw):
        return
    kept[part.name] = raw
    if speaks and _says(texts):
        said[part.name] = texts
    wrong = [*own.faults(part, raw), *position_texts.faults(part, raw, texts, other)]
    found.faults += [_fault(fault, part.name, cells) for fault in wrong]


def _many(sheet: Given, cells: Cells) -> list[dict[str, object]]:
    for n, row in enumerate(sheet.rows):
        cells.update({(n, *loc): cell for loc, cell in _cells(sheet, row).items()})
    return [row.raw for row in sheet.rows]


def _says(raw: object) -> bool:
    """Is there anything in it?"""
    return any(raw.values()) if isinstance(raw, Mapping) else bool(raw)


def _one(
    mine: Mapping[str, Given],
    held: tuple[object, object],
    other: str,
    cells: Cells,
    found: Read,
) -> tuple[dict[str, object], dict[str, object]]:
    """The lists of a part of one item, and their texts; a sheet that is not there changes none."""
    raw, texts = (dict(one) if isinstance(one, Mapping) else {} for one in held)
    for inside, sheet in mine.items():
        if inside:
            made: Cells = {}
            raw[inside], texts[inside] = position_texts.rows_parted(_many(sheet, made), other)
            cells.update({(inside, *loc): cell for loc, cell in made.items()})
        elif row := _only(sheet, found):
            cells.update(_cells(sheet, row))
            own_row, said = position_texts.parted(row.raw, other)
            lists = [column.name for column in sheet.table.columns if column.is_list]
            raw |= {name: own_row.get(name, []) for name in lists}
            texts |= {name: said.get(name, []) for name in lists}
    return raw, texts


def _cells(sheet: Given, row: Row) -> Cells:
    return {loc: (sheet.table.name, cell) for loc, cell in row.cells.items()}


def _fault(fault: OwnFault, sheet: str, cells: Cells) -> Fault:
    """At the cell of the value, else of what it stands in, else of the sheet."""
    ways: Sequence[Loc] = [fault.loc[:n] for n in range(len(fault.loc), -1, -1)]
    place = next((cells[way] for way in ways if way in cells), (sheet, ""))
    return Fault(*place, SAID[fault.code], {"n": fault.wanted})
