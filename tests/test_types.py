"""Types are said: JSON is narrowed where it is read, `Any` is what a library leaves us."""

import re
from pathlib import Path

GAME = Path(__file__).parent.parent / "game"
MOST = 120  # lines that name it, imports counted


def test_any_is_rare() -> None:
    named = [
        f"{file.relative_to(GAME)}: {line.strip()}"
        for file in GAME.rglob("*.py")
        for line in file.read_text().splitlines()
        if re.search(r"\bAny\b", line)
    ]
    assert len(named) <= MOST, "\n".join(named)
