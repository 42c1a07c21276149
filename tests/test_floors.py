"""Imports go downward only, and only the entry point and `live` know of eventlet."""

import ast
from pathlib import Path

import pytest

GAME = Path(__file__).parent.parent / "game"
FLOORS = (
    ("base",),
    ("rules",),
    ("content", "mail"),
    ("store",),
    ("webhooks",),
    ("points",),
    ("privacy",),
    ("pool",),
    ("workshop",),
    ("exports",),
    ("imports",),
    ("helpers",),
    ("jobs",),
    ("accounts", "context", "screens"),
    ("live",),
    ("web",),
    ("app",),
    ("serving", "cli"),
)
FLOOR = {name: n for n, floor in enumerate(FLOORS) for name in floor}
FILES = sorted(f for f in GAME.rglob("*.py") if "migrations" not in f.parts and f.parent != GAME)
TOP = sorted(f for f in GAME.glob("*.py") if f.name != "__init__.py")


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def room(file: Path) -> str:
    return file.relative_to(GAME).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", [*FILES, *TOP], ids=lambda f: str(f.relative_to(GAME)))
def test_imports_go_downward(file: Path) -> None:
    here = FLOOR[room(file)]
    for name in imports(file):
        parts = name.split(".")
        if parts[0] == "game" and len(parts) > 1 and parts[1] in FLOOR:
            assert FLOOR[parts[1]] <= here, f"{file.name} imports {name}, which is above it"


@pytest.mark.parametrize("file", [*FILES, *TOP], ids=lambda f: str(f.relative_to(GAME)))
def test_only_the_entry_point_knows_eventlet(file: Path) -> None:
    if room(file) not in ("serving", "live"):
        assert not any(name.split(".")[0] == "eventlet" for name in imports(file))


@pytest.mark.parametrize("file", sorted((GAME / "rules").rglob("*.py")), ids=lambda f: f.name)
def test_rules_are_pure(file: Path) -> None:
    banned = {"flask", "sqlalchemy", "socketio", "time", "datetime", "eventlet", "structlog"}
    assert not {name.split(".")[0] for name in imports(file)} & banned


@pytest.mark.parametrize("file", sorted((GAME / "helpers").rglob("*.py")), ids=lambda f: f.name)
def test_helpers_know_rules_and_settings_only(file: Path) -> None:
    """What a helper knows is handed to it: none can look up a person, and no verdict asks one."""
    parts = [name.split(".") for name in imports(file)]
    known = {name[1] for name in parts if name[0] == "game" and len(name) > 1}
    assert known <= {"base", "rules", "helpers"}


@pytest.mark.parametrize("room", ["pool", "points", "privacy", "workshop", "exports", "rules"])
def test_search_and_verdicts_never_ask_a_helper(room: str) -> None:
    files = sorted((GAME / room).rglob("*.py"))
    assert files
    assert not [f for f in files if any("helpers" in n.split(".") for n in imports(f))]


def test_every_room_has_a_floor() -> None:
    assert {room(f) for f in [*FILES, *TOP]} - {"__init__"} <= set(FLOOR)
