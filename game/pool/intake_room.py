"""What the pool knows of the people of one batch of a file, read in a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from game.pool.composed import FILLED
from game.pool.incoming import Incoming
from game.pool.keys import leads_by_key
from game.store.among import Among
from game.store.prepared import Prepared
from game.store.tables import FormerKey, Imported, Lead, Recommendation, ToldOrigin

WHERE = ("brief", "requisition_ref", "workshop", "round", "recommender")
LEADS = Prepared(
    select(
        *(Lead.id, Lead.name, Lead.origin, Lead.rehearsed, Lead.skills),
        *(getattr(Lead, name) for name in FILLED),
    ).where(Among(Lead.id, "leads"))
)
FORMER = Prepared(select(FormerKey.key, FormerKey.lead_id).where(Among(FormerKey.key, "keys")))
SAID = Prepared(
    select(
        *(Recommendation.lead_id, Recommendation.relationship, Recommendation.reasons),
        *(Recommendation.reason, Recommendation.at, ToldOrigin.recommendation_id),
        *(getattr(ToldOrigin, name) for name in WHERE),
    )
    .outerjoin(ToldOrigin, ToldOrigin.recommendation_id == Recommendation.id)
    .where(Among(Recommendation.lead_id, "leads"))
)


@dataclass(eq=False)
class Known:
    """A lead as an import needs it; `told` is the id that this import's file gave it, if it did."""

    id: str
    name: str
    origin: str
    rehearsed: bool
    values: dict[str, object]
    skills: list[str]
    told: str | None = None

    @property
    def is_of_this_import(self) -> bool:
        """Did this file bring it?"""
        return self.told is not None


@dataclass(frozen=True)
class Said:
    """What is known of a recommendation; `where` is None for one that came in no file."""

    what: tuple[str, tuple[str, ...], str]
    at: int
    where: tuple[str, ...] | None


@dataclass(eq=False)
class Room:
    """The leads whom these people may be, and by what each is recognised."""

    leads: dict[str, Known] = field(default_factory=dict)
    by_key: dict[str, str] = field(default_factory=dict)
    former: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, list[Said]] = field(default_factory=dict)


def room_of(
    connection: Connection,
    people: Sequence[Incoming],
    keys: Iterable[Sequence[str]],
    import_id: str,
) -> Room:
    """What the pool knows of these people, by their keys and by the ids that the file gives."""
    every = sorted({key for own in keys for key in own})
    room = Room(by_key=leads_by_key(connection, every) if every else {})
    for key, lead in FORMER.raw(connection, keys=every) if every else ():
        room.former.setdefault(key, []).append(lead)
    ids = {person.id for person in people if person.id} | set(room.by_key.values())
    ids |= {lead for leads in room.former.values() for lead in leads}
    _read(connection, room, sorted(ids), import_id)
    if any(person.told for person in people):
        _read_said(connection, room)
    return room


def _read(connection: Connection, room: Room, ids: list[str], import_id: str) -> None:
    mine = select(Imported.lead_id, Imported.told_id).where(
        Imported.import_id == import_id, Imported.lead_id.in_(ids)
    )
    told = {row[0]: row[1] for row in connection.execute(mine)}
    for row in LEADS.all(connection, leads=ids) if ids else ():
        values = {name: getattr(row, name) for name in FILLED}
        person = (row.id, row.name, row.origin, row.rehearsed, values, row.skills)
        room.leads[row.id] = Known(*person, told=told.get(row.id))


def _read_said(connection: Connection, room: Room) -> None:
    for row in SAID.all(connection, leads=sorted(room.leads)) if room.leads else ():
        where = tuple(getattr(row, name) for name in WHERE) if row.recommendation_id else None
        what = (row.relationship, tuple(row.reasons), row.reason)
        room.said.setdefault(row.lead_id, []).append(Said(what, row.at, where))
