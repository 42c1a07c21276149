"""Which column of a file is which field, as somebody says who looks at it."""

import hmac
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from pydantic import TypeAdapter

from game.base.refusal import Refusal
from game.exports.columns import COLUMNS
from game.imports.cards import HEADINGS
from game.imports.headings import NAMES
from game.imports.table import Table, tables
from game.rules.person import fold, squeeze

FIELDS = tuple(column.key for column in COLUMNS)
# of somebody on a freelance platform: what says who they are, what they do and how to reach them;
# neither rates nor ratings, nor where they live, nor what somebody there judged or noted of them
FREELANCE = (*sorted(NAMES), "role", "company", "skills", "mail", "phone", "link")
FREELANCE_CHANNEL = "freelance-platform"
FIRST = 3  # values of each column
LONGEST = 60  # characters of one
UNPACKED = 400_000_000  # bytes of a workbook: what more it holds would not fit into memory
Fields = list[list[str]]  # by table, by column


@dataclass(frozen=True)
class Look:
    """What is shown of a table: titles, first values of each column, guessed fields."""

    titles: list[str]
    values: list[list[str]]
    fields: list[str]
    total: int
    is_headed: bool


LOOKS = TypeAdapter(list[Look])


def look(file: Path) -> list[Look]:
    """What is shown of a file. Raises Refusal for what is no table, or one that is too large."""
    _weigh(file)
    return [_look(table) for table in tables(file, anyhow=True)]


def said(looks: Sequence[Look]) -> list[dict[str, object]]:
    """As an object to write down."""
    return [asdict(one) for one in looks]


def looks_of(written: object) -> list[Look]:
    """What `said` wrote down, read; nothing where nothing was written."""
    return LOOKS.validate_python(written or [])


def _weigh(file: Path) -> None:
    if not is_zipfile(file):
        return
    try:
        with ZipFile(file) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except (BadZipFile, OSError):
        raise Refusal("no_table") from None
    if size > UNPACKED:
        raise Refusal("bad_input", {"file": "file_too_large"})


def _look(table: Table) -> Look:
    width = len(table.headings)
    values: list[list[str]] = [[] for _ in range(width)]
    for line in islice(table.lines, 200):
        for found, cell in zip(values, line.cells, strict=False):
            text = squeeze(str(cell))[:LONGEST]
            if text and len(found) < FIRST:
                found.append(text)
    titles = [squeeze(str(each))[:LONGEST] for each in table.headings]
    return Look(titles, values, list(table.fields), table.total, table.is_headed)


def is_of_cards(looks: Sequence[Look]) -> bool:
    """Are these vCards, whose fields are told by themselves?"""
    return [one.titles for one in looks] == [list(HEADINGS)]


def signature(looks: Sequence[Look], secret: str) -> str:
    """Recognises the headings of a file, whatever its lines; they cannot be read from it."""
    text = "\f".join("\n".join(fold(title) for title in one.titles) for one in looks)
    return hmac.digest(secret.encode(), f"headings\n{text}".encode(), "sha256").hex()[:32]


def check(fields: Fields) -> None:
    """Raises Refusal where no column holds names, or a field is none of ours."""
    given = {name for each in fields for name in each if name}
    if not given <= set(FIELDS):
        raise Refusal("bad_input", {"fields": "invalid"})
    if not given & NAMES:
        raise Refusal("bad_input", {"fields": "no_name_column"})


def of_freelances(fields: Fields) -> Fields:
    """The columns of a platform's list that may be read; the others are left out."""
    return [[name if name in FREELANCE else "" for name in each] for each in fields]


def mapped(file: Path, fields: Fields) -> list[Table]:
    """The tables of a file with these fields; a table without a name in it holds nobody."""
    found = tables(file, anyhow=True)
    if [len(each) for each in fields] != [len(table.fields) for table in found]:
        raise Refusal("no_table")
    pairs = zip(found, fields, strict=True)
    return [replace(table, fields=each) for table, each in pairs if NAMES & set(each)]
