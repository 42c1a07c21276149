"""JSON as it is stored or sent: an object whose values nobody has looked at yet."""

from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = Mapping[str, object]


def members(held: object) -> Json:
    """What is held, where that is an object; else an empty one."""
    return held if isinstance(held, dict) else {}


def objects(held: object) -> list[Json]:
    """The objects of a list; none where there is no list."""
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def number(held: Json, name: str) -> int:
    """A whole number of an object; 0 where there is none."""
    value = held.get(name)
    return value if isinstance(value, int) else 0


def texts(held: object) -> list[str]:
    """The texts of a list; none where there is no list."""
    return [one for one in held if isinstance(one, str)] if isinstance(held, list) else []


def at(held: object, *path: str) -> object:
    """What stands in objects within objects, by the names that lead there; None for nothing."""
    for name in path:
        held = members(held).get(name)
    return held
