"""The files of one language, read as they stand: every item with the path it comes from."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.resolver import Resolver

from game.base.json_object import Json
from game.rules.part import Many, One
from game.rules.registry import parts

MANY = [part for part in parts() if isinstance(part, Many)]
FOLDERS = ("agendas", "briefs", "papers", *(part.name for part in MANY if part.folder))
LISTS = {  # by the name of the file
    "channels": "families",
    "relationships": "relationships",
    "reasons": "reasons",
    "letters": "letters",
    "questions": "questions",
    "phrases": "phrases",
    "themes": "themes",
    "rude": "rude",
    "lexicon": "lexicon",
    **{part.name: part.name for part in MANY if not part.folder},
}
SINGLES = ("notices", "nicknames", "points")
OPTIONAL = frozenset(part.name for part in parts() if not part.needed)
ONES = tuple(part.name for part in parts() if isinstance(part, One))


class Problem(NamedTuple):
    """A mistake in a pack: in which file, at which key, and why."""

    file: str
    key: str
    reason: str


@dataclass(frozen=True, eq=False)
class Source:
    """One item as it was written: the part of the pack it belongs to, and its place."""

    part: str
    file: str
    at: str
    raw: object

    @property
    def written(self) -> Json:
        """The item's fields; none where it is something else."""
        return self.raw if isinstance(self.raw, dict) else {}

    @property
    def key(self) -> str:
        """The item's own key, or nothing where it has none that is text."""
        key = self.written.get("key")
        return key if isinstance(key, str) else ""


@dataclass
class Shelf:
    """What one language's folder holds; `closed` names what is there but cannot be read."""

    lang: str
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    closed: set[tuple[str, str]] = field(default_factory=set)  # (part, file name without ending)

    def of(self, part: str) -> list[Source]:
        """The items of one part, in the order of the files."""
        return [source for source in self.sources if source.part == part]

    def say(self, file: str, key: str, reason: str) -> None:
        self.problems.append(Problem(file, key, reason))


class Loader(Composer, CParser, SafeConstructor, Resolver):
    """Safe YAML that also notes which keys a mapping holds twice: the last would silently win.

    It is PyYAML's safe loader, over the reader written in C, which takes a sixth of the time.
    """

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)
        self.twice: list[tuple[int, str]] = []

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; a reference (`*name`), which could point into itself, is refused."""
        if self.check_event(yaml.AliasEvent):
            mark = getattr(self.peek_event(), "start_mark", None)
            raise yaml.MarkedYAMLError(problem="references are not read", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key in (k for k, _ in node.value if isinstance(k, yaml.ScalarNode)):
            if key.value in seen:
                self.twice.append((key.start_mark.line + 1, str(key.value)))
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read(root: Path, lang: str) -> Shelf:
    """All that stands in `root/lang`, with what cannot be read among the problems."""
    shelf = Shelf(lang)
    if not (root / lang).is_dir():
        shelf.say(lang, "", "the folder is missing")
        return shelf
    for part in FOLDERS:
        for file in sorted((root / lang / part).glob("*.yaml")):
            _take(shelf, root, file, part)
    for name in (*LISTS, *SINGLES, *ONES):
        _take(shelf, root, root / lang / f"{name}.yaml", LISTS.get(name, name))
    _strangers(shelf, root)
    return shelf


def _take(shelf: Shelf, root: Path, file: Path, part: str) -> None:
    path = file.relative_to(root).as_posix()
    if not file.exists() and part in OPTIONAL:
        return
    raw, fault = _yaml(shelf, file, path)
    if not fault and file.stem in LISTS and part in LISTS.values() and not isinstance(raw, list):
        fault = "a list is expected: each item begins with a dash"
    if fault:
        shelf.say(path, "", fault)
        shelf.closed.add((part, file.stem))
    elif part in LISTS.values() and isinstance(raw, list):
        shelf.sources += [_listed(part, path, n, item) for n, item in enumerate(raw, 1)]
    else:
        shelf.sources.append(Source(part, path, "", raw))


def _listed(part: str, path: str, number: int, raw: object) -> Source:
    source = Source(part, path, f"item {number}", raw)
    return Source(part, path, source.key, raw) if source.key else source


def _yaml(shelf: Shelf, file: Path, path: str) -> tuple[object, str]:
    """What the file says, and why it cannot be read (nothing where it can)."""
    try:
        loader = Loader(file.read_text(encoding="utf-8-sig"))
        raw = loader.get_single_data()
    except FileNotFoundError:
        return None, "the file is missing"
    except UnicodeDecodeError:
        return None, "the file is not UTF-8"
    except OSError:
        return None, "the file cannot be opened"
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, _fault(error)
    for line, key in loader.twice:
        shelf.say(path, key, f"line {line}: this key is there twice")
    return raw, "the file is empty" if raw is None else ""


def _fault(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f"line {mark.line + 1}: " if mark else ""
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return f"{line}not YAML: {said}"


def _strangers(shelf: Shelf, root: Path) -> None:
    """Files that nothing reads: most often a name with a slip in it."""
    known = {f"{name}.yaml" for name in (*LISTS, *SINGLES, *ONES)}
    for file in sorted((root / shelf.lang).rglob("*")):
        inside = file.relative_to(root / shelf.lang).parts
        wanted = file.suffix == ".yaml" and inside[0] in FOLDERS and len(inside) == 2
        if file.is_file() and not wanted and inside[-1][0] != "." and "/".join(inside) not in known:
            shelf.say(file.relative_to(root).as_posix(), "", "nothing reads a file of this name")
