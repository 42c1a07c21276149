"""The directory of all rounds: places however they are spelled, who may be asked, what came."""

from typing import Any

import pytest
from sqlalchemy import delete, select

from game.base.clock import now_ms
from game.base.days import day_of
from game.pool import directory, harvest, occasion
from game.pool.origin import Origin
from game.rules.facts import PlaceSpotted
from game.store.tables import Arrival, GuestCard, Player
from tests.table import SECRET, Table


@pytest.fixture
def table(store: Any) -> Table:
    return Table(store)


def spot(table: Table, player: int, slot: str, **said: Any) -> None:
    fact = PlaceSpotted(f"place:{slot}", channel="online-community", **said)
    where = Origin(table.players[player], table.room.rounds[0], table.room.id, None, now_ms())
    with table.store.writing.begin() as connection:
        harvest.keep(connection, SECRET, [(where, fact)])


def test_places_are_one_however_spelled_with_who_may_be_asked_and_what_came(table: Table) -> None:
    spot(table, 0, "aaaa", name="Forum Soudure", note="le lundi")
    spot(table, 1, "bbbb", name="forum soudure", knows=True, own_name="Camille Berthou")
    spot(table, 1, "cccc", name="Fablab", knows=False)

    def post(s: Any) -> None:
        typed = {"name": "Annonce de mai", "sort": "community", "place": "FORUM  soudure"}
        made = occasion.make(s, {**typed, "held_on": day_of(now_ms()).isoformat()}, "fr", None)
        card = s.scalar(select(GuestCard.id).where(GuestCard.occasion_id == made.id))
        s.add(Arrival(id="x" * 12, occasion_id=made.id, card_id=card, at=1))

    table.write(post)
    with table.store.session() as s:
        first, second = directory.places(s)
        assert (first.count, first.note, first.knows) == (2, "le lundi", ("Camille B.",))
        assert [(one.name, came) for one, came in first.occasions] == [("Annonce de mai", 1)]
        assert (second.name, second.knows, second.occasions) == ("Fablab", (), [])
    table.write(lambda s: s.execute(delete(Player).where(Player.id == table.players[1])))
    with table.store.session() as s:
        assert directory.places(s)[0].knows == ()  # a name ends with its player's data
