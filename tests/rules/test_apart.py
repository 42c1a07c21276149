"""A kind of round is one file and one folder: no file outside its own names it."""

import re
from pathlib import Path

import pytest

from game.rules.registry import kinds

ROOT = Path(__file__).parent.parent.parent
WHERE = ("game/**/*.py", "templates/**/*.html", "bench/**/*.py")
FRONT = ("static/js/*.js", "static/css/*.css", "static/rounds/*")
# what the pool calls a lead's own details, whichever kind rewards them
COLUMNS = {"role", "company", "reach", "skills", "reason", "aware", "recommended", "new_to_pool"}


def files() -> list[Path]:
    return [file for pattern in (*WHERE, *FRONT) for file in sorted(ROOT.glob(pattern))]


def is_own(file: Path, name: str) -> bool:
    own = {f"game/rules/kinds/{name}.py", f"static/rounds/{name}.js", f"static/rounds/{name}.css"}
    path = file.relative_to(ROOT).as_posix()
    return path in own or path.startswith(f"templates/rounds/{name}/")


def own_words(name: str) -> list[str]:
    """What may stand in no other file: the kind's name where it is one, and what it alone has."""
    kind = kinds()[name]
    found = [rf"""["'`]{name}["'`]""", rf"\brounds?[/.-]{name}\b", rf"\bkinds[./]{name}\b"]
    found += [rf"\bimport {name}\b", rf"\bkinds import .*\b{name}\b", rf"\bkind: {name}\b"]
    for part in kind.parts:
        if sum(part in other.parts for other in kinds().values()) == 1:
            found += [rf"""["'`]{part.name}["'`]""", rf"\bpack\.{part.name}\b"]
    text = (ROOT / f"game/rules/kinds/{name}.py").read_text(encoding="utf-8")
    alone = [w.name for w in kind.worth if w.name not in COLUMNS and f'"{w.name}"' in text]
    found += [rf"\b{worth}\b" for worth in alone if "_" in worth]
    return found


@pytest.mark.parametrize("name", sorted(kinds()))
def test_no_other_file_names_a_kind(name: str) -> None:
    words = re.compile("|".join(own_words(name)))
    naming = [
        f"{file.relative_to(ROOT)}:{n}: {line.strip()[:80]}"
        for file in files()
        if not is_own(file, name)
        for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]
    assert not naming, "\n".join(naming)


@pytest.mark.parametrize("name", sorted(kinds()))
def test_the_search_would_find_a_kind(name: str) -> None:
    """Its own file names it: a search that finds nothing there would find nothing anywhere."""
    words = re.compile("|".join(own_words(name)))
    assert words.search((ROOT / f"game/rules/kinds/{name}.py").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "file", sorted((ROOT / "static/rounds").glob("*.js")), ids=lambda f: f.stem
)
def test_a_script_listens_only_while_its_round_is_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "addEventListener" not in text, "listen on the ground that `enter` is given"
    assert not re.search(r"import \{[^}]*\bhear\b", text)


@pytest.mark.parametrize(
    "file", sorted((ROOT / "static/rounds").glob("*.css")), ids=lambda f: f.stem
)
def test_a_sheet_keeps_to_its_surface(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
    rules = [rule.strip() for rule in re.findall(r"([^{}]+)\{", text)]
    selectors = [
        s.strip() for rule in rules for s in ([rule] if rule.startswith("@") else rule.split(","))
    ]
    surfaces = (".phone", ".projector", ".remote", ".desk", "@media", "@keyframes", "from", "to")
    assert selectors
    assert all(s.startswith(surfaces) for s in selectors)
    assert "!important" not in text
