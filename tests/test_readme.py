"""The paths that README names in "The house" are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW = (ROOT, ROOT / "game", ROOT / "static", ROOT / "static" / "css")
README = (ROOT / "README.md").read_text()
HOUSE = README[README.index("## The house") : README.index("## Speed")]
MADE = ("static/built", "instance")  # by a set-up, or by a server


def named() -> list[str]:
    """What stands in backquotes with a slash or an ending of ours, and each line of the tree."""
    tree, prose = HOUSE.split("```")[1], HOUSE.split("```", 2)[2]
    quoted = re.findall(r"`([\w./<>*-]+)`", prose)
    paths = [one for one in quoted if re.search(r"\w/|\w\.(py|js|css|html|mjs|md)$", one)]
    *rows, last = [line.split() for line in tree.strip().splitlines()]
    told = [row[0] + one for row in rows for one in ("", *row[1:]) if not one or one[-1] == "/"]
    return sorted({*paths, *told, *last} - {*MADE})


@pytest.mark.parametrize("path", named())
def test_a_path_that_the_readme_names_exists(path: str) -> None:
    pattern = re.sub(r"<\w+>", "*", path).rstrip("/").removeprefix("../")
    assert any(next(folder.glob(pattern), None) for folder in BELOW), path


def test_no_file_has_more_than_three_hundred_lines() -> None:
    """As README says; what a migration did is not written anew."""
    files = [one for one in (ROOT / "game").rglob("*.py") if "migrations" not in one.parts]
    assert [one.name for one in files if one.read_text().count("\n") > 300] == []
