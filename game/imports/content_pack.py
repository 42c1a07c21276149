"""A spreadsheet of content into a pack: taken whole where the pack's own check finds it sound."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from game import content
from game.content.files import FOLDERS, Problem, Shelf, Source, read
from game.content.shape import position
from game.content.tabular import listed, tables
from game.imports.content_sheets import NO_COLUMN, NOT_KNOWN, Fault, Given, Row, given
from game.rules.part import Loc

Place = tuple[str, str]  # (sheet, cell)


@dataclass
class Taken:
    """What came of it: what is wrong, what the other languages lack now, which files changed."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


@dataclass
class Made:
    """An item as it will be written, and where its values stand in the spreadsheet."""

    raw: dict[str, object]
    cells: dict[Loc, Place] = field(default_factory=dict)


def take(root: Path, lang: str, raw: bytes, *, dry: bool = False) -> Taken:
    """Puts a spreadsheet's sheets in the place of the same parts of a language's pack in `root`.

    What is not sound is told cell by cell, and then nothing is written; nor is it with `dry`.
    Raises Refusal('no_table') and Refusal('no_content') for a file that is no such spreadsheet,
    and OSError for a folder that cannot be written.
    """
    found = given(raw)
    taken = Taken([fault for one in found for fault in one.faults])
    if any(fault.said == NO_COLUMN for fault in taken.faults):
        return taken
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(root, Path(folder) / "content"))
        places = _written(copy, read(root, lang), found, taken)
        _checked(root, copy, lang, places, taken)
        if not taken.faults and not dry:
            for path in taken.changed:
                _put(copy / path, root / path)
    return taken


def _put(made: Path, there: Path) -> None:
    if not made.exists():
        there.unlink()
        return
    there.parent.mkdir(parents=True, exist_ok=True)
    beside = there.with_name(f".{there.name}.new")
    shutil.copyfile(made, beside)
    os.replace(beside, there)


def _checked(
    root: Path, copy: Path, lang: str, places: Mapping[Place, Place], taken: Taken
) -> None:
    """The check of a pack, before and after: what was wrong elsewhere already is not told again."""
    own, after = content.faults_of(read(copy, lang)), content.check(copy)
    before = set(content.check(root)) if after else set()
    files = {file for file, _key in places}
    for problem in dict.fromkeys(own):
        if problem.file in files or problem not in before:
            sheet, cell = _place(problem, places)
            taken.faults.append(Fault(sheet, cell, problem.reason))
    taken.notes = sorted(set(after) - set(own) - before)


def _place(problem: Problem, places: Mapping[Place, Place]) -> Place:
    """The cell of a value, else that of what it stands in, else its file."""
    key = problem.key
    while True:
        if (problem.file, key) in places:
            return places[problem.file, key]
        if not key:
            return f"{problem.file}: {problem.key}" if problem.key else problem.file, ""
        key = key.rpartition(".")[0]


def _written(copy: Path, shelf: Shelf, found: list[Given], taken: Taken) -> dict[Place, Place]:
    """Writes the parts into the copy; what leads from a place in the files to a cell."""
    places: dict[Place, Place] = {}
    for part in dict.fromkeys(one.table.part for one in found):
        sheets = {one.table.inside: one for one in found if one.table.part == part}
        made = _composed(shelf, part, sheets, taken)
        write = _in_folder if part in FOLDERS else _in_file
        for source, item in write(copy, shelf, part, made, taken):
            here = {position(source, loc): place for loc, place in item.cells.items()}
            places |= {(source.file, key): place for key, place in here.items()}
            if source.key and part in FOLDERS and ("key",) in item.cells:
                places[source.file, source.key] = item.cells["key",]
        ending = "" if part in FOLDERS else ".yaml"
        places[f"{shelf.lang}/{part}{ending}", ""] = part, ""
    return places


def _composed(shelf: Shelf, part: str, sheets: Mapping[str, Given], taken: Taken) -> list[Made]:
    """The items of a part, from its own sheet and those of its inner lists; else as they stand."""
    there = {source.key: source.written for source in shelf.of(part)}
    if "" in sheets:
        made = [_made(row, part) for row in sheets[""].rows]
    else:
        made = [Made(dict(raw)) for raw in there.values()]
    for table in (each for each in tables() if each.part == part and each.inside):
        if table.inside in sheets:
            _fill(made, sheets[table.inside], taken)
        else:
            for item in made:
                kept = list(listed(there.get(str(item.raw.get("key"))), table.inside))
                item.raw |= {table.inside: kept} if kept else {}
    return made


def _made(row: Row, sheet: str) -> Made:
    return Made(dict(row.raw), {loc: (sheet, cell) for loc, cell in row.cells.items()})


def _fill(made: Sequence[Made], sheet: Given, taken: Taken) -> None:
    table, by_key = sheet.table, {str(item.raw.get("key")): item for item in made}
    inner: dict[str, list[dict[str, object]]] = {key: [] for key in by_key}
    for row in sheet.rows:
        if row.inside not in by_key:
            values = {"name": row.inside, "part": table.part}
            taken.faults.append(Fault(table.name, row.cells["in",], NOT_KNOWN, values))
            continue
        into = inner[row.inside]
        cells = {(table.inside, len(into), *loc): (table.name, c) for loc, c in row.cells.items()}
        by_key[row.inside].cells |= cells
        into.append(row.raw)
    for key, item in by_key.items():
        item.raw[table.inside] = inner[key]


def _in_file(
    copy: Path, shelf: Shelf, part: str, made: Sequence[Made], taken: Taken
) -> list[tuple[Source, Made]]:
    file = f"{shelf.lang}/{part}.yaml"
    raws = [item.raw for item in made]
    if raws != [source.raw for source in shelf.of(part)]:
        _dump(copy / file, raws)
        taken.changed.append(file)
    keys = [str(item.raw.get("key") or f"item {n}") for n, item in enumerate(made, 1)]
    return [(Source(part, file, at, item.raw), item) for at, item in zip(keys, made, strict=True)]


def _in_folder(
    copy: Path, shelf: Shelf, part: str, made: Sequence[Made], taken: Taken
) -> list[tuple[Source, Made]]:
    files = {source.key: source for source in shelf.of(part)}
    found, kept = [], set[str]()
    for n, item in enumerate(made, 1):
        key = str(item.raw.get("key", ""))
        there = files.get(key)
        file = there.file if there else f"{shelf.lang}/{part}/{_stem(key, n)}.yaml"
        if there is None or there.raw != item.raw:
            _dump(copy / file, item.raw)
            taken.changed.append(file)
        kept.add(file)
        found.append((Source(part, file, "", item.raw), item))
    for gone in sorted({source.file for source in files.values()} - kept):
        (copy / gone).unlink()
        taken.changed.append(gone)
    return found


def _stem(key: str, nth: int) -> str:
    """A name for an item's file; a key that is none, which the check tells, leads nowhere."""
    is_plain = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if is_plain else f"row-{nth}"


def _dump(file: Path, raw: object) -> None:
    """Writes YAML below the remarks that the file began with."""
    head = ""
    if file.exists():
        for line in file.read_text(encoding="utf-8-sig").splitlines(keepends=True):
            if not line.startswith("#"):
                break
            head += line
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=110)
    file.write_text(head + text, encoding="utf-8")
