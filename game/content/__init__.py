"""Content packs: read from files that a person can edit, each mistake reported with its place."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import structlog

from game.base.languages import LANGS
from game.content.enough import different, scarce
from game.content.files import Problem, Shelf, read
from game.content.links import twice
from game.content.packing import Packing
from game.rules.pack import Pack
from game.rules.round_title import ready_titles

__all__ = ["LANGS", "Problem", "check", "faults_of", "load"]
log = structlog.get_logger()


def check(root: Path) -> list[Problem]:
    """Every mistake of every language's pack, in one run; `root` holds one folder a language."""
    shelves = [read(root, lang) for lang in LANGS]
    found = [problem for shelf in shelves for problem in faults_of(shelf)]
    for other in shelves[1:]:
        found += different(shelves[0], other)
    return list(dict.fromkeys(found))


def faults_of(shelf: Shelf) -> list[Problem]:
    """Every mistake of one language's pack, by itself."""
    packing = Packing(shelf)
    return [*shelf.problems, *packing.problems, *twice(shelf), *scarce(shelf)]


@cache
def load(root: Path) -> Mapping[str, Pack]:
    """The packs by language. What is broken is left out and said in the log; the rest stands.

    Raises ValueError where no language has a pack that can be used.
    """
    packs = {lang: pack for lang in LANGS if (pack := _pack(read(root, lang))) is not None}
    if not packs:
        raise ValueError(f"no content pack can be read in {root}")
    said = ready_titles(packs)
    return {
        lang: pack.model_copy(update={"round_titles": said[lang]}) for lang, pack in packs.items()
    }


def _pack(shelf: Shelf) -> Pack | None:
    packing = Packing(shelf)
    for problem in dict.fromkeys([*shelf.problems, *packing.problems, *twice(shelf)]):
        _warn("content_problem", problem)
    pack, left_out = packing.pack()
    for problem in left_out:
        _warn("content_left_out", problem)
    return pack


def _warn(event: str, problem: Problem) -> None:
    log.warning(event, file=problem.file, at=problem.key, problem=problem.reason)
