"""Who keeps the words of each fact, to tell them to their author again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from game.privacy import own_words
from game.rules import facts
from game.store.tables import Nomination, Place, Recommendation


@dataclass(frozen=True, eq=False)
class Teller:
    """A table in which the facts of one noun are kept by player and slot, and its words.

    `told` is a condition on what its author is told; None tells all. `sealed` words of somebody
    who was erased are told beside it.
    """

    table: type[Recommendation | Place | Nomination]
    words: tuple[str, ...]
    told: ColumnElement[bool] | None = None
    sealed: bool = False


HELD = "held"  # texts that wait for a review: their author reads them all the same
RECOMMENDATIONS = Teller(Recommendation, (*own_words.WORDS, HELD), sealed=True)
PLACES = Teller(Place, ("name", "channel", "note", "knows"))
# an answered nomination reads the same whether it was accepted or declined: not at all
NOMINATIONS = Teller(Nomination, ("nominee", "subject", "why"), Nomination.status == "asked")
TELLERS = {
    facts.LeadRecommended: RECOMMENDATIONS,
    facts.LeadEnriched: RECOMMENDATIONS,
    facts.PlaceSpotted: PLACES,
    facts.ExpertNominated: NOMINATIONS,
}


def said(
    reader: Connection,
    secret: str,
    kept: Iterable[type],
    players: Sequence[str],
    rounds: Sequence[str],
) -> dict[tuple[str, str], dict[str, object]]:
    """The words that these players said in these rounds, by player and slot.

    `kept` are the facts that may be among them; each noun is read once.
    """
    found: dict[tuple[str, str], dict[str, object]] = {}
    for teller in dict.fromkeys(TELLERS[fact] for fact in kept if fact in TELLERS):
        table = teller.table
        columns = [getattr(table, name) for name in ("player_id", "slot", *teller.words)]
        rows = select(*columns).where(table.round_id.in_(rounds), table.player_id.in_(players))
        if teller.told is not None:
            rows = rows.where(teller.told)
        for row in reader.execute(rows):
            words = {name: getattr(row, name) for name in teller.words if name != HELD}
            words |= getattr(row, HELD, None) or {}
            found.setdefault((row.player_id, row.slot), {}).update(words)
        if teller.sealed:
            for at, sealed in own_words.said(reader, secret, players, rounds).items():
                words = {name: value for name, value in sealed.items() if name in teller.words}
                found.setdefault(at, {}).update(words)
    return found
