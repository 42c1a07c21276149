"""A phone in a round of every kind: opened, answered, closed and revealed; and what it left."""

from collections.abc import Iterator

from game import content
from game.base import paths
from game.base.json_object import Json
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.round import Kind, NotPlayable
from game.store.tables import RoundRow
from game.workshop import setting
from tests.browser.pictures.state import State
from tests.browser.pictures.whole import Whole
from tests.serving import Phone

NTH = 3  # of the made-up people whose answers are given
OTHERS = 6  # players beside this one: fewer votes stay secret


def options(kind: Kind, pack: Pack) -> dict[str, object]:
    """What the kind is inserted with: a vote is on what a room could have written."""
    labels = [channel.label for family in pack.families for channel in family.channels]
    return dict(kind.votes_on(labels[:6])) if kind.votes_on else {}


def options_of(world: Whole, round_id: str) -> dict[str, object]:
    """A round's options as it is played: a vote is on what the room wrote before it."""
    store = world.server.store()
    with store.session() as s:
        found = dict(s.get_one(RoundRow, round_id).options)
    store.close()
    return found


def answers(kind: Kind, pack: Pack, played: dict[str, object], nth: int) -> list[Json]:
    """What the nth of a room says in a round with these options."""
    try:
        found, where = setting.make(kind.name, played, pack)
    except NotPlayable:
        return []
    return list(found.example(where, nth))


def states(world: Whole) -> Iterator[State]:
    """Each kind in turn; then the places that all of it named."""
    pack, remote = content.load(paths.content())[world.lang], world.remote
    others = [Phone(world.server, world.workshop).play() for _ in range(OTHERS)]
    game, http = f"/{world.workshop['code']}", world.phone.http
    for name, kind in kinds().items():
        inserted = {"kind": name, "seconds": 900, "options": options(kind, pack)}
        assert remote.do("insert", **inserted)["ok"]
        assert remote.do("skip")["ok"]
        assert remote.do("next")["ok"]
        round_id = str(remote.screen()["round"])
        played = options_of(world, round_id)
        yield State("phone", f"playing {name}, opened", game, http=http)
        for nth, phone in enumerate((world.phone, *others), NTH):
            for raw in answers(kind, pack, played, nth):
                phone.submit(round_id, dict(raw))
        yield State("phone", f"playing {name}, answered", game, http=http)
        for phase in ("closed", "revealed"):
            assert remote.do("next")["ok"]
            yield State("phone", f"playing {name}, {phase}", game, http=http)
    yield State("pages", "directory of places, with data", "/desk/places", http=world.staff.http)
