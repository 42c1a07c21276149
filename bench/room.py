"""Rooms to play in, made straight in the database, and the answers that phones give in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy.orm import Session

from game import content
from game.base import paths
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.round import Kind, Setting
from game.store.base import new_id
from game.store.engine import Store
from game.store.tables import RoundRow
from game.workshop import setting
from game.workshop.create import create


@cache
def pack() -> Pack:
    """The French content."""
    return content.load(paths.content())["fr"]


@cache
def _playing(kind: str, options: tuple[tuple[str, object], ...]) -> tuple[Kind, Setting]:
    return setting.make(kind, dict(options), pack())


def _answers(kind: str, options: Mapping[str, object], n: int) -> Sequence[Mapping[str, object]]:
    found, where = _playing(kind, tuple(options.items()))
    return found.example(where, n)


def _kind(slots: str) -> str:
    """The kind of round whose answers stand in slots of this name."""
    firsts = ((name, answer) for name in kinds() for answer in _answers(name, {}, 0)[:1])
    return next(name for name, answer in firsts if str(answer["slot"]).startswith(slots))


SPOT, VOTE, LEAD = _kind("card:"), _kind("vote"), _kind("lead:")
OWN_PEOPLE = 5  # whom one phone names before its neighbours' turn comes
ONE = "one card"  # a round that is a single question
OPTIONS: Mapping[str, Mapping[str, object]] = {SPOT: {}, ONE: {"cards": 1}, VOTE: {}, LEAD: {}}


@dataclass
class Room:
    """A workshop in its lobby: its rounds in order, and the one that is open."""

    id: str = "w"
    code: str = "ABCDE"
    key: str = ""
    rounds: list[str] = field(default_factory=list)
    kinds: tuple[str, ...] = ()
    open: str = ""

    @property
    def kind(self) -> str:
        """The kind of the round that is open."""
        return self.kinds[self.rounds.index(self.open)] if self.open else SPOT


def make_rooms(store: Store, count: int = 1, kinds: tuple[str, ...] = (SPOT,) * 30) -> list[Room]:
    """So many workshops with one round of each of these kinds, an hour long each."""
    with Session(store.writing) as session:
        made = [_room(session, n, kinds) for n in range(count)]
        session.commit()
    return made


def _room(session: Session, n: int, kinds: tuple[str, ...]) -> Room:
    workshop = create(
        session,
        user_id=None,
        name=f"Banc {n}",
        lang="fr",
        held_on=None,
        agenda_key=None,
        pack=pack(),
    )
    workshop.stage = "lobby"
    room = Room(workshop.id, workshop.code, workshop.projector_key, kinds=kinds)
    for place, kind in enumerate(kinds):
        room.rounds.append(new_id())
        session.add(_round(room, place, kind))
    return room


def _round(room: Room, place: int, kind: str) -> RoundRow:
    return RoundRow(
        id=room.rounds[-1],
        workshop_id=room.id,
        place=place,
        kind=SPOT if kind == ONE else kind,
        title=kind,
        seconds=3600,
        options=dict(OPTIONS.get(kind, {})),
    )


def answer(kind: str, n: int, seat: int = 0) -> dict[str, object]:
    """The nth answer to a round of this kind, as the phone on this seat sends it.

    Each knows people of its own, and some whom its neighbours name too.
    """
    n += OWN_PEOPLE * seat if kind == LEAD else 0
    given = _answers(SPOT if kind == ONE else kind, OPTIONS[kind], n)
    return dict(given[0] if kind == VOTE else given[n % len(given)])
