"""Every state that neither a preview nor a page's address leads to."""

from collections.abc import Iterator

from tests.browser.pictures import aids, contacts, guests, playing, rooms
from tests.browser.pictures.state import State
from tests.browser.pictures.whole import Whole
from tests.privacy.test_papers import FACTS

__all__ = ["State", "states"]


def states(world: Whole) -> Iterator[State]:
    """In an order that can be walked: the last erases somebody."""
    world.staff.post("/law/company", {**FACTS, "controller": "Chantiers Imaginaires"})
    world.staff.post("/law/notice/publish", {}, "/law/notice")
    for part in (rooms, playing, guests, aids, contacts):
        yield from part.states(world)
