"""The targets there are, one file each.

A target is a module here with a `TARGET`: adding one means adding its file, and nothing else.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from game.exports.target import Target


@cache
def targets() -> Mapping[str, Target]:
    """The targets there are, by key, in the order of their titles."""
    modules = (import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    found: list[Target] = [module.TARGET for module in modules]
    return {one.key: one for one in sorted(found, key=lambda one: one.title.casefold())}
