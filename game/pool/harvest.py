"""What answers mean beyond the game: each fact goes to who keeps it."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection

from game.pool import introduced, recommendation
from game.pool.origin import Origin
from game.pool.slot import SlotKeeper
from game.rules import facts
from game.store.tables import Nomination, Place

Keep = Callable[[Connection, str, Sequence[tuple[Origin, facts.Fact]]], None]
KEEPERS: tuple[tuple[Keep, tuple[type, ...]], ...] = (
    (recommendation.keep, (facts.LeadRecommended, facts.LeadWithdrawn, facts.LeadEnriched)),
    (SlotKeeper(Place, facts.PlaceSpotted), (facts.PlaceSpotted, facts.PlaceWithdrawn)),
    (
        SlotKeeper(Nomination, facts.ExpertNominated),
        (facts.ExpertNominated, facts.NominationWithdrawn),
    ),
)


def keep(connection: Connection, secret: str, given: Iterable[tuple[Origin, facts.Fact]]) -> None:
    """Keeps what many answers meant, in order of arrival, in one transaction with them."""
    given = list(given)
    for origin, fact in given:
        if isinstance(fact, facts.PlaceSpotted) and fact.own_name:
            introduced.note(connection, origin.player_id, fact.own_name)
    for keeper, kept in KEEPERS:
        own = [(origin, fact) for origin, fact in given if isinstance(fact, kept)]
        if own:
            keeper(connection, secret, own)
