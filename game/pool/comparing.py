"""Finding doubles: leads are put into blocks, and those of one block are compared.

What a lead says is marked, so that only who is new or has changed is compared again, and everybody
once the rules have grown. A whole pool is read a page at a time; each page of blocks holds all that
is compared with each other.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from game.pool.doubles import Pair, pair_of
from game.pool.incoming import Incoming
from game.rules import person
from game.rules.blocks import blocks
from game.rules.commonness import Commons, Counting
from game.rules.likeness import RULES, Likeness, Traits, likeness, traits
from game.rules.person import match_keys
from game.rules.short_names import ShortNames
from game.store.among import Among
from game.store.prepared import Prepared
from game.store.tables import Compared, Lead, LeadBlock, LeadKey, Recommendation

LEADS, BLOCKS = 500, 100  # at once
CROWD = 2_000  # leads in a block beyond which it tells nobody
FIELDS = (Lead.id, Lead.name, Lead.company, Lead.mail, Lead.phone, Lead.link)
PEOPLE = Prepared(
    select(*FIELDS).where(Among(Lead.id, "leads"), Lead.rehearsed.is_(False)).order_by(Lead.id)
)
MARKS = Prepared(
    select(Compared.lead_id, Compared.mark).where(
        Among(Compared.lead_id, "leads"), Compared.rules == RULES
    )
)
KEYS = Prepared(select(LeadKey.lead_id, LeadKey.key).where(Among(LeadKey.lead_id, "leads")))
SAID = Prepared(
    select(
        *(Recommendation.lead_id, Recommendation.name, Recommendation.company),
        *(Recommendation.mail, Recommendation.phone, Recommendation.link),
    ).where(Among(Recommendation.lead_id, "leads"))
)


@dataclass(frozen=True)
class Known:
    """A lead ready to be compared."""

    traits: Traits
    mark: str


def known(connection: Connection, leads: Iterable[str]) -> dict[str, Known]:
    """These leads with all ways to reach them that anybody gave; rehearsed ones are left out."""
    ids = sorted(set(leads))
    ways: dict[str, set[str]] = {}
    for lead, key in KEYS.raw(connection, leads=ids):
        ways.setdefault(lead, set()).add(key)
    for said in SAID.all(connection, leads=ids):
        ways.setdefault(said.lead_id, set()).update(match_keys(said))
    return {row.id: _known(row, ways.get(row.id, ())) for row in PEOPLE.all(connection, leads=ids)}


def _known(row: person.Known, ways: Iterable[str]) -> Known:
    made = traits(row, ways)
    said = repr((made.words, made.company, sorted(made.ways)))
    return Known(made, hashlib.blake2b(said.encode(), digest_size=8).hexdigest())


def block_ids(person: Traits, short: ShortNames) -> set[int]:
    """The blocks of a person as numbers: a word takes more room than it tells."""
    return {_number(block) for block in blocks(person, short)}


def _number(block: str) -> int:
    digest = hashlib.blake2b(block.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def pages(connection: Connection) -> Iterator[list[str]]:
    """The ids of all leads, a page at a time."""
    after = ""
    while True:
        page = select(Lead.id).where(Lead.id > after).order_by(Lead.id).limit(LEADS)
        ids = list(connection.scalars(page))
        if ids:
            yield ids
        if len(ids) < LEADS:
            return
        after = ids[-1]


def changed(connection: Connection, ids: Sequence[str], counting: Counting) -> dict[str, Known]:
    """Of these leads, those that are not what they were when they were last made ready by today's
    rules. All of them are counted.
    """
    marks = dict(tuple(row) for row in MARKS.raw(connection, leads=list(ids)))
    people = known(connection, ids)
    for one in people.values():
        counting.add(one.traits.words, one.traits.company)
    return {id: one for id, one in people.items() if marks.get(id) != one.mark}


def make_ready(connection: Connection, leads: Mapping[str, Known], short: ShortNames) -> None:
    """Puts these leads into their blocks; they wait to be compared."""
    if not leads:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(delete(LeadBlock).where(LeadBlock.lead_id.in_(list(leads))))
    connection.execute(delete(Compared).where(Compared.lead_id.in_(list(leads))))
    found = {id: block_ids(one.traits, short) for id, one in leads.items()}
    rows = sorted((block, id) for id, own in found.items() for block in own)
    if rows:
        connection.execute(
            dialect.insert(LeadBlock).on_conflict_do_nothing(),
            [{"block": block, "lead_id": id} for block, id in rows],
        )
    marks = [
        {"lead_id": id, "mark": one.mark, "waiting": True, "rules": RULES}
        for id, one in leads.items()
    ]
    connection.execute(insert(Compared), marks)


def waiting_blocks(connection: Connection) -> list[int]:
    """The blocks in which somebody waits to be compared, in order."""
    waits = select(LeadBlock.block).join(Compared, Compared.lead_id == LeadBlock.lead_id)
    rows = waits.where(Compared.waiting.is_(True)).distinct().order_by(LeadBlock.block)
    return list(connection.scalars(rows))


def compare(
    connection: Connection, wanted: Sequence[int], short: ShortNames, commons: Commons
) -> dict[Pair, Likeness]:
    """The pairs of these blocks that may be one person, one of whom waits to be compared."""
    rooms: dict[int, list[str]] = {}
    members = select(LeadBlock.block, LeadBlock.lead_id).where(LeadBlock.block.in_(wanted))
    for block, lead in connection.execute(members):
        rooms.setdefault(block, []).append(lead)
    everybody = {lead for room in rooms.values() if len(room) > 1 for lead in room}
    people = known(connection, everybody)
    waits = _waiting(connection, everybody)
    found: dict[Pair, Likeness] = {}
    for room in rooms.values():
        here = [lead for lead in room if lead in people]
        if len(here) <= CROWD:
            found |= _alike(here, people, waits, (short, commons))
    return found


def _alike(
    here: Sequence[str],
    people: Mapping[str, Known],
    waits: set[str],
    names: tuple[ShortNames, Commons],
) -> dict[Pair, Likeness]:
    return {
        pair_of(a, b): like
        for a, b in combinations(here, 2)
        if (a in waits or b in waits)
        and (like := likeness(people[a].traits, people[b].traits, *names))
    }


WAITING = Prepared(
    select(Compared.lead_id).where(Among(Compared.lead_id, "leads"), Compared.waiting.is_(True))
)


def _waiting(connection: Connection, leads: Iterable[str]) -> set[str]:
    return {row[0] for row in WAITING.raw(connection, leads=sorted(leads))}


def some_compared(connection: Connection, after: str) -> str:
    """Some of those who wait do so no more: the next ones after an id.

    Returns the last one's id, empty once nobody is left. They are walked through by their ids: who
    waits is found by the index alone only where few do.
    """
    waits = select(Compared.lead_id).where(Compared.lead_id > after, Compared.waiting.is_(True))
    ids = list(connection.scalars(waits.order_by(Compared.lead_id).limit(LEADS)))
    connection.execute(update(Compared).where(Compared.lead_id.in_(ids)).values(waiting=False))
    return ids[-1] if ids else ""


def likely(
    connection: Connection,
    persons: Mapping[str, Incoming],
    short: ShortNames,
    commons: Commons,
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """For people who are not in the pool: a lead that may be the same, and why; by their names."""
    mine = {at: traits(one, one.keys()) for at, one in persons.items()}
    wanted = {at: block_ids(one, short) for at, one in mine.items()}
    members = select(LeadBlock.block, LeadBlock.lead_id)
    rooms: dict[int, list[str]] = {}
    every = sorted({block for own in wanted.values() for block in own})
    for n in range(0, len(every), LEADS):
        for block, lead in connection.execute(
            members.where(LeadBlock.block.in_(every[n : n + LEADS]))
        ):
            rooms.setdefault(block, []).append(lead)
    people = known(connection, {lead for room in rooms.values() for lead in room})
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for at, own in wanted.items():
        for lead in sorted(
            {lead for block in own for lead in rooms.get(block, ()) if lead in people}
        ):
            like = likeness(mine[at], people[lead].traits, short, commons)
            if like:
                found[at] = lead, like.reasons
                break
    return found
