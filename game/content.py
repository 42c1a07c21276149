"""Content packs: read from files that a person can edit, each mistake reported with its place."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import structlog
import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from game.rules.pack import (
    Agenda,
    Brief,
    Choice,
    Deck,
    ExpertQuiz,
    Family,
    Nicknames,
    Notices,
    Pack,
    Points,
    Prompt,
    Relationship,
)
from game.rules.round import kinds

LANGS = ("fr", "en")
FOLDERS: Mapping[str, type[BaseModel]] = {"agendas": Agenda, "briefs": Brief, "decks": Deck}
LISTS: Mapping[str, type[Any]] = {
    "prompts": Prompt,
    "channels": Family,
    "relationships": Relationship,
    "reasons": Choice,
    "rude": str,
}
SINGLE: Mapping[str, type[BaseModel]] = {
    "expert": ExpertQuiz,
    "notices": Notices,
    "nicknames": Nicknames,
    "points": Points,
}
AS = {"channels": "families"}
log = structlog.get_logger()


class Problem(NamedTuple):
    """A mistake in a pack: in which file, at which key, and why."""

    file: str
    key: str
    reason: str


class Reader:
    """Reads one language's folder; what is broken is left out and reported."""

    def __init__(self, root: Path, lang: str) -> None:
        self.root = root
        self.lang = lang
        self.problems: list[Problem] = []
        self.parts: dict[str, Any] = {"lang": lang}

    def read(self) -> Pack | None:
        """The pack, or None where too much is missing for one."""
        for name, model in FOLDERS.items():
            files = sorted((self.root / self.lang / name).glob("*.yaml"))
            found = [(f, self._item(model, self._yaml(f), f)) for f in files]
            self.parts[name] = [item for _, item in found if item is not None]
            if not files:
                self._say(self.root / self.lang / name, "", "no file is there")
        for name, kind in LISTS.items():
            self.parts[AS.get(name, name)] = self._list(kind, self._file(name))
        for name, model in SINGLE.items():
            self.parts[name] = self._item(model, self._yaml(self._file(name)), self._file(name))
        self._unique()
        self._references()
        if any(self.parts[name] is None for name in SINGLE):
            return None
        return Pack.model_construct(**{k: _frozen(v) for k, v in self.parts.items()})

    def _file(self, name: str) -> Path:
        return self.root / self.lang / f"{name}.yaml"

    def _say(self, file: Path, key: str, reason: str) -> None:
        self.problems.append(Problem(str(file.relative_to(self.root)), key, reason))

    def _yaml(self, file: Path) -> Any:
        try:
            return yaml.safe_load(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._say(file, "", "the file is missing")
        except UnicodeDecodeError:
            self._say(file, "", "the file is not UTF-8")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f"line {mark.line + 1}: " if mark else ""
            self._say(file, "", f"{line}{getattr(error, 'problem', None) or 'not YAML'}")
        return None

    def _item(self, model: type[Any], raw: Any, file: Path, at: str = "") -> Any:
        if raw is None:
            return None
        try:
            return TypeAdapter(model).validate_python(raw)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                key = ".".join(str(part) for part in fault["loc"])
                self._say(file, ".".join(p for p in (at, key) if p), fault["msg"])
        return None

    def _list(self, kind: type[Any], file: Path) -> list[Any]:
        raw = self._yaml(file)
        if raw is None:
            return []
        if not isinstance(raw, list):
            self._say(file, "", "a list is expected")
            return []
        items = [self._item(kind, item, file, str(n)) for n, item in enumerate(raw)]
        return [item for item in items if item is not None]

    def _unique(self) -> None:
        for name in (
            "agendas",
            "briefs",
            "decks",
            "prompts",
            "families",
            "relationships",
            "reasons",
        ):
            seen: set[str] = set()
            for item in self.parts[name]:
                if item.key in seen:
                    file = {v: k for k, v in AS.items()}.get(name, name)
                    self._say(self.root / self.lang / file, item.key, "this key is there twice")
                seen.add(item.key)

    def _references(self) -> None:
        briefs = {brief.key for brief in self.parts["briefs"]}
        channels = {c.key for f in self.parts["families"] for c in f.channels}
        for deck in self.parts["decks"]:
            self._deck(deck, briefs)
        for agenda in self.parts["agendas"]:
            self._agenda(agenda, briefs)
        for relationship in self.parts["relationships"]:
            if relationship.channel not in channels:
                reason = f"no channel is called {relationship.channel}"
                self._say(self._file("relationships"), relationship.key, reason)

    def _deck(self, deck: Deck, briefs: set[str]) -> None:
        file = self.root / self.lang / "decks" / f"{deck.key}.yaml"
        if deck.brief not in briefs:
            self._say(file, "brief", f"no brief is called {deck.brief}")
        criteria = {c.key for c in deck.criteria}
        seen: set[str] = set()
        for card in deck.cards:
            if card.criterion not in criteria:
                self._say(file, f"cards.{card.key}.criterion", "this deck has no such criterion")
            if card.key in seen:
                self._say(file, f"cards.{card.key}", "this key is there twice")
            seen.add(card.key)

    def _agenda(self, agenda: Agenda, briefs: set[str]) -> None:
        file = self.root / self.lang / "agendas" / f"{agenda.key}.yaml"
        for n, line in enumerate(agenda.rounds):
            if line.brief is not None and line.brief not in briefs:
                self._say(file, f"rounds.{n}.brief", f"no brief is called {line.brief}")
            kind = kinds().get(line.kind)
            if kind is None:
                self._say(file, f"rounds.{n}.kind", f"no kind of round is called {line.kind}")
            else:
                self._item(kind.options, line.options, file, f"rounds.{n}.options")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def check(root: Path) -> list[Problem]:
    """Every mistake of every language's pack, in one run."""
    readers = [Reader(root, lang) for lang in LANGS]
    for reader in readers:
        reader.read()
    return [problem for reader in readers for problem in reader.problems]


@cache
def load(root: Path) -> Mapping[str, Pack]:
    """The packs by language. What is broken is left out and said in the log; the rest stands."""
    packs: dict[str, Pack] = {}
    for lang in LANGS:
        reader = Reader(root, lang)
        pack = reader.read()
        for problem in reader.problems:
            log.warning(
                "content_problem", file=problem.file, at=problem.key, problem=problem.reason
            )
        if pack is not None:
            packs[lang] = pack
    if not packs:
        raise ValueError(f"no content pack can be read in {root}")
    return packs
