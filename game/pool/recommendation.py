"""Keeping recommendations: which lead each is of, many at once in a few statements.

A lead is never rewritten into somebody else: where a player's words come to mean another person,
the recommendation moves to that person's lead, and the one it leaves stays as it was judged.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection, delete, insert, select

from game.base.days import day_of, month_after
from game.base.json_object import Json
from game.pool import held_text, introduced, keys
from game.pool.composed import compose, enrich, recompose
from game.pool.enriched import Enriched
from game.pool.origin import Origin
from game.pool.rehearsal import rehearsals_among, rehearsed_among
from game.privacy import own_words
from game.privacy.suppression import suppressed_among
from game.rules.facts import Fact, LeadRecommended
from game.rules.person import Known, match_keys
from game.store.among import Among
from game.store.base import new_id
from game.store.prepared import Prepared
from game.store.tables import Lead, Recommendation
from game.webhooks.announce import announce

Given = tuple[Origin, Fact]
Slot = tuple[str, str, str]  # player, round, slot
COLUMNS = ("name", "channel", "internal", "role", "company", "mail", "phone", "link", "skills")
NEW_LEAD = Prepared(
    insert(Lead),
    (*COLUMNS, "folded", "id", "origin", "verdict", "created_at", "inform_by", "rehearsed"),
)
RECOMMENDED = Prepared(insert(Recommendation))
BEFORE = Prepared(
    select(
        *(Recommendation.id, Recommendation.round_id, Recommendation.player_id),
        *(Recommendation.slot, Recommendation.lead_id, Recommendation.at),
        *(Recommendation.new_to_pool, Recommendation.name, Recommendation.company),
        *(Recommendation.mail, Recommendation.phone, Recommendation.link),
    ).where(Among(Recommendation.round_id, "rounds"), Among(Recommendation.player_id, "players"))
)
GONE = Prepared(delete(Recommendation).where(Among(Recommendation.id, "ids")))


def keep(connection: Connection, secret: str, given: Sequence[Given]) -> None:
    """Keeps what was said, in order of arrival; only the last word in a slot is left of many.

    A person who was erased stays out, and the recommender cannot tell.
    """
    last: dict[Slot, Given] = {}
    for origin, fact in given:
        slot = origin.player_id, origin.round_id, fact.slot
        last.pop(slot, None)  # what is said again is said now, after what others said meanwhile
        last[slot] = origin, fact
    if last:
        Batch(connection, secret, last).keep()


class Said(Known, Protocol):
    """A row of BEFORE."""

    id: str
    lead_id: str
    new_to_pool: bool
    at: int


class Batch:
    """The recommendations of one transaction."""

    def __init__(self, connection: Connection, secret: str, last: Mapping[Slot, Given]) -> None:
        self.connection = connection
        self.secret = secret
        enriched = Enriched(connection, secret, last)
        self.last, self.own, self.sealed = enriched.last, enriched.leads, enriched.sealed
        self.before = self._before()
        self.keys = {
            slot: match_keys(fact)
            for slot, (_, fact) in self.last.items()
            if isinstance(fact, LeadRecommended)
        }
        every = {key for own in self.keys.values() for key in own}
        self.erased = suppressed_among(connection, secret, every)
        self.lead_of = keys.leads_by_key(connection, every)
        self.rehearsals = rehearsals_among(connection, {o.workshop_id for o, _ in last.values()})
        known = {*self.lead_of.values(), *self.own.values()}
        self.rehearsed = rehearsed_among(connection, known)
        self.leads: list[dict[str, object]] = []
        self.rows: list[dict[str, object]] = []
        self.left: set[str] = set()  # leads of which less is said, or something older
        self.more: dict[str, list[Slot]] = {}  # where more is said of leads that are there
        self.fresh: dict[str, list[str]] = {}  # the keys of new leads

    def _before(self) -> dict[Slot, Said]:
        players = sorted({player for player, _, _ in self.last})
        rounds = sorted({round_id for _, round_id, _ in self.last})
        rows = BEFORE.all(self.connection, rounds=rounds, players=players)
        found = {(row.player_id, row.round_id, row.slot): row for row in rows}
        return {slot: row for slot, row in found.items() if slot in self.last}

    def keep(self) -> None:
        for slot, (origin, fact) in self.last.items():
            if isinstance(fact, LeadRecommended) and not self._is_erased(slot):
                self._recommend(slot, origin, fact)
        self._introduce()
        self._leave()
        self._seal()
        if self.leads:
            NEW_LEAD.run_each(self.connection, self.leads)
            keys.give(self.connection, self.fresh)
        if self.rows:
            RECOMMENDED.run_each(self.connection, self.rows)
        recompose(self.connection, self.left)
        self._enrich()
        announce(self.connection, "lead_recommended", self._new())

    def _new(self) -> Iterator[Json]:
        """What was said of another person than before in its slot, in a workshop for real."""
        for row in self.rows:
            slot = (str(row["player_id"]), str(row["round_id"]), str(row["slot"]))
            before = self.before.get(slot)
            is_new = before is None or before.lead_id != row["lead_id"]
            if is_new and row["workshop_id"] not in self.rehearsals:
                yield {
                    **{"lead": row["lead_id"], "recommendation": row["id"]},
                    **{"workshop": row["workshop_id"], "round": row["round_id"]},
                    **{"brief": row["brief_id"], "new_to_pool": row["new_to_pool"]},
                }

    def _enrich(self) -> None:
        more = {lead: slots for lead, slots in self.more.items() if lead not in self.left}
        if more:
            said = {lead: [self._said(slot) for slot in slots] for lead, slots in more.items()}
            found = {
                lead: {key for slot in slots for key in self.keys[slot]}
                for lead, slots in more.items()
            }
            enrich(self.connection, said, found)

    def _introduce(self) -> None:
        """Who offers an introduction is known by name from then on, to the desk alone."""
        for (player, _, _), (_, fact) in self.last.items():
            if isinstance(fact, LeadRecommended) and (fact.own_name or fact.own_mail):
                introduced.note(self.connection, player, fact.own_name, fact.own_mail)

    def _said(self, slot: Slot) -> LeadRecommended:
        """What was said in a slot that holds a lead, as others may read it."""
        fact = self.last[slot][1]
        assert isinstance(fact, LeadRecommended)
        return held_text.shown(fact)

    def _is_erased(self, slot: Slot) -> bool:
        return slot in self.sealed or bool(self.erased & set(self.keys.get(slot, ())))

    def _seal(self) -> None:
        """What is said of the erased is for its author alone, as if it had been kept."""
        own_words.drop(self.connection, self.last)
        words = {
            slot: own_words.words_of(fact)
            for slot, (_, fact) in self.last.items()
            if self._is_erased(slot)
        }
        if words:
            own_words.keep(self.connection, self.secret, words)

    def _leave(self) -> None:
        """What stood in these slots before goes; the desk's leads keep its keys in mind."""
        if self.before:
            GONE.run(self.connection, ids=[row.id for row in self.before.values()])
        had: dict[str, set[str]] = {}
        for row in self.before.values():
            had.setdefault(row.lead_id, set()).update(match_keys(row))
        keys.remember(self.connection, had)
        self.left |= set(had)

    def _recommend(self, slot: Slot, origin: Origin, fact: LeadRecommended) -> None:
        before = self.before.get(slot)
        lead_id, is_new = self._lead(slot, origin, fact)
        was_new = before is not None and before.new_to_pool and before.lead_id == lead_id
        self.rows.append(
            {
                **vars(held_text.shown(fact)),
                **origin._asdict(),
                "id": new_id(),
                "lead_id": lead_id,
                "skills": list(held_text.shown(fact).skills),
                "held": held_text.kept_back(fact),
                "reasons": list(fact.reasons),
                "new_to_pool": is_new or was_new,
                "at": before.at if before else origin.at,
            }
        )

    def _lead(self, slot: Slot, origin: Origin, fact: LeadRecommended) -> tuple[str, bool]:
        """The player's own lead where they say more of it; else the lead that these keys recognise,
        the surest key first; else a new one."""
        own = self.keys[slot]
        by_keys = (self.lead_of[key] for key in own if key in self.lead_of)
        lead_id = self.own.get(slot) or next(by_keys, None)
        if lead_id:
            return lead_id, self._say_more(slot, origin, lead_id)
        lead_id = new_id()
        first = {"id": lead_id, "origin": "workshop", "verdict": "", "created_at": origin.at}
        first["rehearsed"] = origin.workshop_id in self.rehearsals
        if first["rehearsed"]:
            self.rehearsed.add(lead_id)
        due = month_after(day_of(origin.at))
        self.leads.append({**compose([held_text.shown(fact)]), **first, "inform_by": due})
        self.fresh[lead_id] = list(own)
        self.lead_of |= dict.fromkeys(own, lead_id)
        return lead_id, True

    def _say_more(self, slot: Slot, origin: Origin, lead_id: str) -> bool:
        """Notes that more is said of a lead that is there; is it new to all that is real?

        What keeps the time of an older word may come first now, and what is real beside what is
        rehearsed counts otherwise: then all that was said is read again.
        """
        was, now = lead_id in self.rehearsed, origin.workshop_id in self.rehearsals
        if slot in self.before or was != now:
            self.left.add(lead_id)
        self.more.setdefault(lead_id, []).append(slot)
        return was and not now
