"""What players say more of their own leads, as recommendations of the very same persons."""

from collections.abc import Mapping
from dataclasses import fields

from sqlalchemy import Connection, select

from game.pool.origin import Origin
from game.privacy import own_words
from game.rules.facts import Fact, LeadEnriched, LeadRecommended
from game.store.among import Among
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import Recommendation

Slot = tuple[str, str, str]  # player, round, slot
Given = tuple[Origin, Fact]
WHO = ("name", "relationship", "channel", "known", "internal")
SAID = tuple(f.name for f in fields(LeadEnriched) if f.name not in ("of_round", "of_slot"))
NAMED = Prepared(
    select(
        *(Recommendation.player_id, Recommendation.round_id, Recommendation.slot),
        *(Recommendation.lead_id, *(getattr(Recommendation, name) for name in WHO)),
    ).where(Among(Recommendation.round_id, "rounds"), Among(Recommendation.player_id, "players"))
)


class Enriched:
    """Answers of one transaction with what says more turned into what recommends.

    `leads` are those that it is about, by slot: always a lead that the same player named. `sealed`
    are the slots about somebody who was erased: their words are for the player alone. What is
    about nobody any more stays as it is, and is kept by nobody.
    """

    def __init__(self, connection: Connection, secret: str, last: Mapping[Slot, Given]) -> None:
        self.leads: dict[Slot, str] = {}
        self.sealed: set[Slot] = set()
        self.last = dict(last)
        more = {
            slot: (origin, fact)
            for slot, (origin, fact) in last.items()
            if isinstance(fact, LeadEnriched)
        }
        if more:
            self._read(connection, secret, more)

    def _read(
        self, connection: Connection, secret: str, more: Mapping[Slot, tuple[Origin, LeadEnriched]]
    ) -> None:
        players = sorted({player for player, _round, _slot in more})
        rounds = sorted({fact.of_round for _origin, fact in more.values()})
        rows = NAMED.all(connection, players=players, rounds=rounds)
        named = {(row.player_id, row.round_id, row.slot): row for row in rows}
        for slot, (origin, fact) in more.items():
            row = named.get((slot[0], fact.of_round, fact.of_slot))
            if row is not None:
                self.leads[slot] = row.lead_id
                self.last[slot] = origin, _recommended(fact, _who(row))
                continue
            words = own_words.said(connection, secret, [slot[0]], [fact.of_round])
            if told := words.get((slot[0], fact.of_slot)):
                self.sealed.add(slot)
                who = {"name": told.get("name", ""), "relationship": told.get("relationship", "")}
                who |= {"channel": "", "known": True, "internal": False}
                self.last[slot] = origin, _recommended(fact, who)


def _who(row: Found) -> dict[str, object]:
    return {name: getattr(row, name) for name in WHO}


def _recommended(fact: LeadEnriched, who: Mapping[str, object]) -> LeadRecommended:
    values: dict[str, object] = {**{name: getattr(fact, name) for name in SAID}, **who}
    return LeadRecommended(**values)  # type: ignore[arg-type]
