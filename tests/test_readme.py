"""The paths and pages that README and `docs` name are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW = (ROOT, ROOT / "game", ROOT / "static", ROOT / "static" / "css", ROOT / "docs")
README = (ROOT / "README.md").read_text()
HOUSE = README[README.index("## The house") :]
DOCS = sorted((ROOT / "docs").glob("*.md"))
FILE = re.compile(r"`([a-z.][\w./<>*-]*\.(?:py|js|css|html|mjs|md|yaml)|(?:[a-z_]+/)+)`")
LINK = re.compile(r"\]\(([\w./-]+)\)")
MADE = ("static/built", "instance")  # by a set-up, or by a server


def named() -> list[str]:
    """What stands in backquotes with a slash or an ending of ours, and each line of the tree."""
    tree, prose = HOUSE.split("```")[1], HOUSE.split("```", 2)[2]
    quoted = re.findall(r"`([\w./<>*-]+)`", prose)
    paths = [one for one in quoted if re.search(r"\w/|\w\.(py|js|css|html|mjs|md)$", one)]
    *rows, last = [line.split() for line in tree.strip().splitlines()]
    told = [row[0] + one for row in rows for one in ("", *row[1:]) if not one or one[-1] == "/"]
    pages = [path for page in DOCS for path in FILE.findall(page.read_text())]
    return sorted({*paths, *told, *last, *pages} - {*MADE})


@pytest.mark.parametrize("path", named())
def test_a_path_that_is_named_exists(path: str) -> None:
    pattern = re.sub(r"<\w+>", "*", path).rstrip("/").removeprefix("../")
    assert any(next(folder.glob(pattern), None) for folder in BELOW), path


@pytest.mark.parametrize("page", [ROOT / "README.md", *DOCS], ids=lambda page: page.name)
def test_a_page_that_is_linked_exists(page: Path) -> None:
    gone = [to for to in LINK.findall(page.read_text()) if not (page.parent / to).exists()]
    assert not gone


def test_each_page_is_linked_from_the_readme() -> None:
    assert {f"docs/{page.name}" for page in DOCS} <= set(LINK.findall(README))


def test_no_file_has_more_than_three_hundred_lines() -> None:
    """As README says; what a migration did is not written anew."""
    files = [one for one in (ROOT / "game").rglob("*.py") if "migrations" not in one.parts]
    assert [one.name for one in files if one.read_text().count("\n") > 300] == []
