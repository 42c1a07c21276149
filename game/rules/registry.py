"""The registry of the kinds of round there are.

A kind is a module of `game.rules.kinds` with a `KIND`: the registry finds it, so that adding a
kind means adding its file, and nothing else.
"""

import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import Field, create_model

from game.rules.facts import LeadRecommended
from game.rules.pack import Item, Points
from game.rules.part import Part
from game.rules.round import Before, Kind, Setting
from game.rules.worth import BEYOND, Worth


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds there are, by name."""
    import game.rules.kinds as package

    modules = (
        import_module(f"game.rules.kinds.{m.name}") for m in pkgutil.iter_modules(package.__path__)
    )
    found = (module.KIND for module in modules if hasattr(module, "KIND"))
    return {kind.name: kind for kind in found}


def made_up_before(setting: Setting) -> tuple[Before, ...]:
    """Leads that a made-up player named before, for previews of kinds that look back."""
    found: list[Before] = []
    for kind in kinds().values():
        if LeadRecommended in kind.facts:
            where = replace(setting, options=kind.options())
            raws = [raw for nth in range(3) for raw in kind.example(where, nth)]
            taken = [kind.accept(where, {}, raw) for raw in raws]
            found += [Before(kind.name, one.slot, one.stored) for one in taken]
    return tuple(found)


def parts() -> tuple[Part[Item], ...]:
    """The parts of content that kinds read, each once."""
    found = {part.name: part for kind in kinds().values() for part in kind.parts}
    return tuple(found.values())


def worths() -> Mapping[str, Worth]:
    """Every reason to earn points, by name."""
    declared = [worth for kind in kinds().values() for worth in kind.worth]
    return {worth.name: worth for worth in (*declared, *BEYOND)}


@cache
def points_model() -> type[Points]:
    """What things are worth, as a model with every kind's reasons; a pack's file fills it."""
    fields: dict[str, Any] = {
        worth.name: (int, Field(default=worth.usual, ge=0, le=1000)) for worth in worths().values()
    }
    return create_model("Points", __base__=Points, **fields)
