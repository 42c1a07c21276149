"""A file of whatever size is read with the memory of a few lines."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from game.imports.sheet import WIDEST
from game.imports.table import LOOKED_AT, tables


def written(kind: str, count: int) -> Iterator[str]:
    """A file of so many people, large by what nobody reads: notes, or lines between the cards."""
    yield "" if kind == "vcf" else "Nom;Mail;Note\n"
    for n in range(count):
        name, mail = f"Personne {n}", f"p{n}@exemple.fr"
        card = f"BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nEMAIL:{mail}\nEND:VCARD\n"
        line = f"{name};{mail};{'x' * 300}\n"
        yield card + f"{'x' * 999}\n" * 50 if kind == "vcf" else line


@pytest.mark.parametrize(("kind", "few"), [("csv", LOOKED_AT), ("vcf", 60)])
def test_memory_does_not_grow_with_the_file(kind: str, few: int, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        file = tmp_path / f"x.{kind}"
        with file.open("w") as there:
            there.writelines(written(kind, count))
        tracemalloc.start()
        (table,) = tables(file)
        assert sum(1 for _ in table.lines) == count
        assert 0.9 * count < table.total < 1.1 * count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(few)  # what is loaded once
    assert peak(3 * few) < peak(few) + 500_000


@pytest.mark.parametrize("made", ["bare", "quoted", "torn", "book"])
def test_a_line_is_held_no_wider_than_is_said(made: str, tmp_path: Path) -> None:
    cells, file = ["x"] * 20_000, tmp_path / "x.csv"
    text = {"bare": ";".join(cells), "quoted": '"x";' * 20_000, "torn": '"' + ";".join(cells)}
    if made in text:
        file.write_text(f"Nom;Mail\n{text[made]}\n")
    else:
        opened = openpyxl.Workbook()
        for row in (["Nom", "Mail"], cells[:2_000]):
            opened.active.append(row)
        opened.save(file)
    (table,) = tables(file)
    assert [len(line.cells) for line in table.lines] == [WIDEST + 1]
