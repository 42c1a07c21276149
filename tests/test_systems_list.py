"""The list of the notes' systems names pages, tests and pictures that are there."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from game.rules.registry import kinds
from tests.privacy.pages import application

TESTS = Path(__file__).parent
LIST = TESTS.parent / "docs" / "systems.md"
ROWS = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")]
    for line in LIST.read_text().splitlines()
    if line.startswith("| ") and "`" in line
]
PICTURED = "".join(
    path.read_text()
    for pattern in ("screens.py", "pictures.py", "pictures/*.py")
    for path in (TESTS / "browser").glob(pattern)
)
MENUS = "".join(
    (TESTS.parent / "templates" / name).read_text() for name in ("sections.html", "staff.html")
)
LINK = re.compile(r"""(?:go\(|"[A-Z_]+", |url_for\()["']([a-z_]+\.[a-z_]+)["']""")
PHASES = ("briefing", "open", "closed", "revealed")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, of which only the map is read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with application(tmp_path_factory.mktemp("map")) as made:
            yield made


def plain(rule: str) -> str:
    """An address as the list writes it: what stands there, without how it is read."""
    return re.sub(r"<[^<>]*?([a-z_]+)>", r"<\1>", rule)


def test_every_page_is_there(app: Flask) -> None:
    known = {plain(rule.rule) for rule in app.url_map.iter_rules()}
    assert {row[1] for row in ROWS} - known == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_test_is_there(row: list[str]) -> None:
    path, _, name = row[2].partition("::")
    text = (TESTS / path).read_text()
    assert not name or f"def {name}(" in text


def test_every_picture_is_there(app: Flask) -> None:
    menu = set(LINK.findall(MENUS))
    linked = {plain(one.rule) for one in app.url_map.iter_rules() if one.endpoint in menu}
    assert [row[3] for row in ROWS if not is_pictured(row[3], linked)] == []


def is_pictured(name: str, linked: set[str]) -> bool:
    """Is there such a kind and phase, such a page in menus or in the world, or such a state?"""
    kind, _, phase = name.partition("/")
    if kind in kinds():
        return phase in PHASES
    if not name.startswith("/"):
        return f'"{name}"' in PICTURED
    said = re.escape(name).replace(r"/<code>", r"/\{code\}")
    said = said.replace(r"/workshops/<workshop_id>", "")  # the world adds what follows to its own
    return name in linked or re.search(rf'"{said}"', PICTURED) is not None
