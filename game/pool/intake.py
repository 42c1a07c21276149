"""Taking people into the pool from a file: nobody twice, and nobody who was erased.

People come a batch at a time: what the pool knows of them is read in a few statements, each is
judged in the order of the file, and what is new is written in a few statements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from game.base.clock import now_ms
from game.base.days import day_of, month_after
from game.pool.composed import FILLED
from game.pool.incoming import Incoming, Told
from game.pool.intake_batch import Batch, write
from game.pool.intake_room import WHERE, Known, Room, Said, room_of
from game.privacy.suppression import id_key, suppressed_among
from game.rules.person import fold
from game.rules.same_name import Fit, compare, words_of
from game.rules.short_names import ShortNames, short_names
from game.store.base import new_id

NEW, SAME, OUT = "new", "same", "out"


@dataclass(frozen=True)
class Taken:
    """What came of one person: new, same as the lead of this id by this key, or kept out.

    `again` says that it is one more recommendation of somebody whom this file told before.
    """

    state: str
    lead_id: str = ""
    key: str = ""
    again: bool = False


UNSAID: Mapping[str, object] = {
    **dict.fromkeys(("player_id", "round_id", "workshop_id", "brief_id")),
    **dict.fromkeys(("mail", "phone", "link", "role", "company", "speaks"), ""),
    **{"skills": [], "new_to_pool": False},
}


class Intake:
    """One import. People whom the pool knows already stay as they are.

    A rehearsed one (`dry`) writes nothing: it remembers by what the file's own people are known.
    """

    def __init__(
        self,
        secret: str,
        import_id: str = "",
        *,
        short: ShortNames | None = None,
        dry: bool = False,
    ) -> None:
        self.secret = secret
        self.import_id = import_id
        self.short = short or short_names(())
        self.dry = dry
        self.now = now_ms()
        self.last = ""
        self.ghosts: dict[str, Known] = {}
        self.ghost_keys: dict[str, str] = {}

    def take(self, connection: Connection, people: Sequence[Incoming]) -> list[Taken]:
        """What comes of each of these, in their order; later ones of a person add to it."""
        keys = [_keys(person) for person in people]
        barred = self._barred(connection, people, keys)
        room = room_of(connection, people, keys, self.import_id)
        if self.dry:
            self._haunt(room, keys)
        batch = Batch()
        taken = [
            Taken(OUT) if barred & _own(person, own) else self._take(room, batch, person, own)
            for person, own in zip(people, keys, strict=True)
        ]
        if self.dry:
            self._remember(batch, room)
        else:
            write(connection, batch)
        return taken

    def _barred(
        self, connection: Connection, people: Sequence[Incoming], keys: Sequence[Sequence[str]]
    ) -> set[str]:
        every = {key for p, own in zip(people, keys, strict=True) for key in _own(p, own)}
        return suppressed_among(connection, self.secret, every)

    def _haunt(self, room: Room, keys: Sequence[Sequence[str]]) -> None:
        for key in {key for own in keys for key in own} & self.ghost_keys.keys():
            lead = self.ghost_keys[key]
            if room.by_key.setdefault(key, lead) == lead:
                room.leads[lead] = self.ghosts[lead]

    def _remember(self, batch: Batch, room: Room) -> None:
        for id in batch.leads:
            self.ghosts[id] = room.leads[id]
        for lead, own in batch.keys.items():
            for key in own:
                self.ghost_keys.setdefault(key, lead)

    def _take(self, room: Room, batch: Batch, person: Incoming, keys: Sequence[str]) -> Taken:
        lead, key = self._known(room, person, keys)
        is_new = lead is None or lead.rehearsed
        if lead is None:
            lead = self._add(room, batch, person)
        elif lead.rehearsed:
            lead.rehearsed, lead.origin = False, "import"
            batch.real.append(lead.id)
        elif lead.is_of_this_import:
            _fill(lead, person)
            batch.filled[lead.id] = lead
        ours = lead.is_of_this_import or (lead.id == person.id and lead.origin == "import")
        if ours:
            self._give(room, batch, lead, keys)
            self._say(room, batch, lead, person)
        again = bool(person.id) and person.id == self.last  # our files keep a person's together
        self.last = person.id
        return Taken(NEW if is_new else SAME, lead.id, key, again)

    def _known(self, room: Room, person: Incoming, keys: Sequence[str]) -> tuple[Known | None, str]:
        """The lead that the file's id or these keys recognise, and by which of them.

        Two whom a file of ours tells apart by their ids stay two, whatever they share; so do two
        who share a telephone, and whose names say that they are two.
        """
        own = room.leads.get(person.id) if person.id else None
        if own is not None and fold(own.name) == fold(person.name):
            return own, "id"
        for key in keys:
            lead = room.leads.get(room.by_key.get(key, ""))
            if lead and not self._are_two(lead, person, key):
                return lead, key[:1]
        for key in keys:
            for lead_id in room.former.get(key, ()):
                lead = room.leads.get(lead_id)
                if lead and fold(lead.name) == fold(person.name):
                    return lead, key[:1]
        return None, ""

    def _are_two(self, lead: Known, person: Incoming, key: str) -> bool:
        if lead.told and person.id and lead.told != person.id:
            return True
        if not key.startswith("p:"):
            return False
        one, other = (words_of(fold(name)) for name in (lead.name, person.name))
        return compare(one, other, self.short).fit <= Fit.HALF

    def _add(self, room: Room, batch: Batch, person: Incoming) -> Known:
        taken = not person.id or person.id in room.leads
        id = new_id() if taken else person.id
        values = {name: getattr(person, name) for name in FILLED}
        skills = list(person.skills)
        lead = Known(id, person.name, "import", False, values, skills, told=person.id)
        room.leads[id] = lead
        first = min(person.created_at or self.now, self.now) if person.id else self.now
        batch.leads[id] = {
            **{"id": id, "origin": "import", "rehearsed": False},
            **{"name": person.name, "verdict": person.verdict},
            **{"channel": person.channel or "pool", "internal": person.internal},
            "inform_by": person.inform_by or month_after(day_of(self.now)),
            "informed_at": person.informed_at,
            "created_at": first,
        }
        batch.filled[id] = lead
        batch.brought.append({"import_id": self.import_id, "lead_id": id, "told_id": person.id})
        if person.verdict:
            batch.verdicts.append(self._verdict(id, person))
        return lead

    def _verdict(self, lead_id: str, person: Incoming) -> dict[str, object]:
        return {
            **{"id": new_id(), "lead_id": lead_id, "user_id": None, "fake": False, "act": None},
            **{"verdict": person.verdict, "reason": person.verdict_reason},
            "at": person.judged_at or self.now,
        }

    def _give(self, room: Room, batch: Batch, lead: Known, keys: Sequence[str]) -> None:
        free = [key for key in keys if room.by_key.setdefault(key, lead.id) == lead.id]
        batch.keys.setdefault(lead.id, []).extend(free)

    def _say(self, room: Room, batch: Batch, lead: Known, person: Incoming) -> None:
        """Notes what the file says of a recommendation, once."""
        told = person.told
        said = room.said.setdefault(lead.id, [])
        if told is None or any(_is_said(one, told) for one in said):
            return
        id, at, where = new_id(), told.at or self.now, _where(told)
        said.append(Said(_what(told), at, where))
        batch.origins.append({"recommendation_id": id, **dict(zip(WHERE, where, strict=True))})
        batch.said.append(
            {
                **{"id": id, "lead_id": lead.id, "slot": self._slot(), "name": person.name},
                **{"relationship": told.relationship, "channel": person.channel or "pool"},
                **{"known": told.known, "internal": person.internal, "aware": told.aware},
                **{"reach": "", "reasons": list(told.reasons), "reason": told.reason, "at": at},
                **UNSAID,
            }
        )

    def _slot(self) -> str:
        return f"import:{self.import_id}" if self.import_id else "import"


def _keys(person: Incoming) -> tuple[str, ...]:
    return person.keys() or (() if person.id else (person.sheet_key(),))


def _own(person: Incoming, keys: Sequence[str]) -> set[str]:
    return {*keys, id_key(person.id)} if person.id else set(keys)


def _fill(lead: Known, person: Incoming) -> None:
    """What a later line of the same file adds to a person."""
    for name in FILLED:
        lead.values[name] = lead.values[name] or getattr(person, name)
    lead.skills = list(dict.fromkeys((*lead.skills, *person.skills)))


def _what(told: Told) -> tuple[str, tuple[str, ...], str]:
    return told.relationship, told.reasons, told.reason


def _where(told: Told) -> tuple[str, ...]:
    return tuple(getattr(told, name) for name in WHERE)


def _is_said(one: Said, told: Told) -> bool:
    when = told.at is None or one.at // 1000 == told.at // 1000
    return one.what == _what(told) and when and one.where in (None, _where(told))
