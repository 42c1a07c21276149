"""Taking people into the pool from a file: nobody twice, and nobody who was erased."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of, month_after
from game.pool.composed import FILLED
from game.pool.incoming import Incoming, Told
from game.pool.keys import give
from game.privacy.suppression import id_key, suppressed
from game.rules.person import fold
from game.store.base import new_id
from game.store.tables import FormerKey, Lead, LeadKey, Recommendation, ToldOrigin, Verdict


class Intake:
    """One import. People whom the pool knows already stay as they are."""

    def __init__(self, session: Session, secret: str) -> None:
        self.session = session
        self.secret = secret
        self.now = now_ms()
        self.new: dict[str, str] = {}  # leads of this import, with the id that the file gave them

    def take(self, person: Incoming) -> bool:
        """Is this somebody new? Later lines of the same person only add what was missing."""
        keys = person.keys() or (() if person.id else (person.sheet_key(),))
        barred = (*keys, id_key(person.id)) if person.id else keys
        if suppressed(self.session.connection(), self.secret, barred):
            return False
        lead = self._known(person, keys)
        is_new = lead is None or lead.rehearsed
        if lead is None:
            lead = self._add(person)
        elif lead.rehearsed:
            lead.origin, lead.rehearsed = "import", False
        elif lead.id in self.new:
            self._fill(lead, person)
        if lead.id in self.new or (lead.id == person.id and lead.origin == "import"):
            give(self.session.connection(), {lead.id: keys})
            self._say(lead, person)
        return is_new

    def _known(self, person: Incoming, keys: tuple[str, ...]) -> Lead | None:
        """The lead that the file's id or these keys recognise.

        Two whom a file of ours tells apart by their ids stay two, whatever they share.
        """
        own = self.session.get(Lead, person.id) if person.id else None
        if own is not None and fold(own.name) == fold(person.name):
            return own
        for lead in self._by_key(LeadKey, keys):
            told = self.new.get(lead.id, "")
            if not (told and person.id and told != person.id):
                return lead
        return self._known_once(person, keys)

    def _known_once(self, person: Incoming, keys: tuple[str, ...]) -> Lead | None:
        """Who had such a key until a recruiter changed it, and has still this name."""
        had = self._by_key(FormerKey, keys)
        return next((lead for lead in had if fold(lead.name) == fold(person.name)), None)

    def _by_key(self, table: type[LeadKey | FormerKey], keys: tuple[str, ...]) -> Sequence[Lead]:
        found = select(Lead).join(table, table.lead_id == Lead.id).where(table.key.in_(keys))
        return self.session.scalars(found).all()

    def _add(self, person: Incoming) -> Lead:
        taken = person.id and self.session.get(Lead, person.id) is not None
        lead = Lead(
            id=new_id() if taken or not person.id else person.id,
            origin="import",
            name=person.name,
            skills=list(person.skills),
            channel=person.channel or "pool",
            internal=person.internal,
            verdict=person.verdict,
            inform_by=person.inform_by or month_after(day_of(self.now)),
            informed_at=person.informed_at,
            created_at=min(person.created_at or self.now, self.now) if person.id else self.now,
            **{name: getattr(person, name) for name in FILLED},
        )
        self.session.add(lead)
        self.session.flush()
        self.new[lead.id] = person.id
        if person.verdict:
            self._judge(lead, person)
        return lead

    def _judge(self, lead: Lead, person: Incoming) -> None:
        self.session.add(
            Verdict(
                lead_id=lead.id,
                user_id=None,
                verdict=person.verdict,
                reason=person.verdict_reason,
                at=person.judged_at or self.now,
            )
        )

    def _fill(self, lead: Lead, person: Incoming) -> None:
        """What a later line of the same file adds to a person."""
        for name in FILLED:
            setattr(lead, name, getattr(lead, name) or getattr(person, name))
        lead.skills = list(dict.fromkeys((*lead.skills, *person.skills)))

    def _say(self, lead: Lead, person: Incoming) -> None:
        """Notes what the file says of a recommendation, once."""
        told = person.told
        if told is None or self._said_already(lead, told):
            return
        said = Recommendation(
            id=new_id(),
            lead_id=lead.id,
            slot="import",
            name=person.name,
            relationship=told.relationship,
            channel=person.channel or "pool",
            known=told.known,
            internal=person.internal,
            aware=told.aware,
            reach="",
            reasons=list(told.reasons),
            reason=told.reason,
            at=told.at or self.now,
        )
        self.session.add(said)
        self.session.flush()
        self.session.add(ToldOrigin(recommendation_id=said.id, **_where_from(told)))
        self.session.flush()

    def _said_already(self, lead: Lead, told: Told) -> bool:
        rows = self.session.execute(
            select(Recommendation, ToldOrigin)
            .outerjoin(ToldOrigin, ToldOrigin.recommendation_id == Recommendation.id)
            .where(Recommendation.lead_id == lead.id)
        )
        return any(
            (one.relationship, tuple(one.reasons), one.reason) == _what(told)
            and (told.at is None or one.at // 1000 == told.at // 1000)
            and (origin is None or _where(origin) == _where(told))
            for one, origin in rows
        )


WHERE = ("brief", "requisition_ref", "workshop", "round", "recommender")


def _what(told: Told) -> tuple[str, tuple[str, ...], str]:
    return told.relationship, told.reasons, told.reason


def _where_from(told: Told) -> dict[str, str]:
    return {name: getattr(told, name) for name in WHERE}


def _where(told: Told | ToldOrigin) -> tuple[str, ...]:
    return tuple(getattr(told, name) for name in WHERE)
