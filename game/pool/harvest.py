"""Keeping what an answer means: its submission, its points, and the lead, place or nomination."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from game.base.days import day_of
from game.base.refusal import Refusal
from game.privacy.suppression import suppressed
from game.rules import facts
from game.rules.person import match_keys
from game.rules.round import Accepted
from game.rules.sought import folded
from game.store.base import new_id
from game.store.prepared import Among, Prepared
from game.store.tables import Lead, LeadKey, Nomination, Place, Recommendation

INFORM_WITHIN = timedelta(days=30)  # GDPR article 14(3)(a): within one month at the latest
POINT = ("player_id", "round_id", "slot", "reason", "amount", "status", "at", "settled")
FILLED_IN = ("role", "company", "mail", "phone", "link")
PERSON = ("name", "role", "company", "skills", "mail", "phone", "link", "channel", "internal")


def _own(table: Any) -> tuple[Any, ...]:
    return (
        table.round_id == bindparam("round"),
        table.player_id == bindparam("player"),
        table.slot == bindparam("slot"),
    )


BEFORE = Prepared(
    select(Recommendation.lead_id, Recommendation.new_to_pool, Recommendation.at, Lead.verdict)
    .join(Lead, Lead.id == Recommendation.lead_id)
    .where(*_own(Recommendation))
)
KNOWN = Prepared(select(LeadKey.lead_id).where(Among(LeadKey.key, "keys")))
NEW = {"origin": "workshop", "verdict": ""}
NEW_LEAD = Prepared(insert(Lead), (*PERSON, *NEW, "id", "created_at", "inform_by", "folded"))
RECOMMENDED = Prepared(insert(Recommendation))
NEW_KEYS = {
    "sqlite": Prepared(sqlite.insert(LeadKey).on_conflict_do_nothing()),
    "postgresql": Prepared(postgresql.insert(LeadKey).on_conflict_do_nothing()),
}


def check(accepted: Accepted) -> None:
    """Raises Refusal where a kind names a slot that does not fit its column."""
    if not 0 < len(accepted.slot) <= 48:
        raise Refusal("bad_input", {"slot": "invalid"})


def submission_row(
    sent: Any, seq: int, accepted: Accepted, answer: dict[str, Any]
) -> dict[str, Any]:
    """The row of a submission."""
    return {
        "player_id": sent.player_id,
        "id": sent.id,
        "round_id": sent.round_id,
        "slot": accepted.slot,
        "seq": seq,
        "at": sent.at,
        "stored": dict(accepted.stored),
        "answer": answer,
    }


def point_row(
    player_id: str, round_id: str, slot: str, reason: str, amount: int, at: int
) -> dict[str, Any]:
    """The row of a provisional ledger entry."""
    row = (player_id, round_id, slot, reason, amount, "provisional", at, False)
    return dict(zip(POINT, row, strict=True))


def fact(
    connection: Connection, secret: str, round_row: Any, sent: Any, accepted: Accepted
) -> None:
    """Writes what the answer means beyond the game."""
    match accepted.fact:
        case None:
            return
        case facts.LeadRecommended() as lead:
            _recommend(connection, secret, round_row, sent, lead)
        case facts.LeadWithdrawn(slot):
            _withdraw_lead(connection, sent, slot)
        case facts.PlaceSpotted() as place:
            _replace(connection, Place, round_row, sent, asdict(place))
        case facts.ExpertNominated() as nominated:
            _replace(connection, Nomination, round_row, sent, asdict(nominated))
        case facts.PlaceWithdrawn(slot):
            connection.execute(delete(Place).where(*_mine(Place, sent, slot)))
        case facts.NominationWithdrawn(slot):
            connection.execute(delete(Nomination).where(*_mine(Nomination, sent, slot)))


def _mine(table: Any, sent: Any, slot: str) -> tuple[Any, ...]:
    return (
        table.round_id == sent.round_id,
        table.player_id == sent.player_id,
        table.slot == slot,
    )


def _where_from(round_row: Any, sent: Any) -> dict[str, Any]:
    return {
        "player_id": sent.player_id,
        "round_id": sent.round_id,
        "workshop_id": round_row.workshop_id,
        "at": sent.at,
    }


def _replace(
    connection: Connection, table: Any, round_row: Any, sent: Any, values: dict[str, Any]
) -> None:
    connection.execute(delete(table).where(*_mine(table, sent, values["slot"])))
    row = {**values, **_where_from(round_row, sent), "id": new_id()}
    if hasattr(table, "brief_id"):
        row["brief_id"] = round_row.brief_id
    connection.execute(insert(table), row)


def _recommend(
    connection: Connection, secret: str, round_row: Any, sent: Any, lead: facts.LeadRecommended
) -> None:
    """A person who was erased stays out, and the recommender cannot tell."""
    keys = match_keys(lead)
    before = _recommendation(connection, sent, lead.slot)
    if suppressed(connection, secret, keys):
        if before:
            _withdraw_lead(connection, sent, lead.slot)
        return
    lead_id, is_new = _lead_of(connection, sent, lead, keys, before)
    row = {
        **asdict(lead),
        **_where_from(round_row, sent),
        "skills": list(lead.skills),
        "reasons": list(lead.reasons),
        "brief_id": round_row.brief_id,
        "lead_id": lead_id,
        "new_to_pool": is_new or bool(before and before.new_to_pool and before.lead_id == lead_id),
        "at": before.at if before else sent.at,
    }
    if before:
        connection.execute(delete(Recommendation).where(*_mine(Recommendation, sent, lead.slot)))
    RECOMMENDED.run(connection, **row, id=new_id())
    if before and before.lead_id != lead_id:
        drop_if_orphan(connection, before.lead_id)


def _recommendation(connection: Connection, sent: Any, slot: str) -> Any:
    return BEFORE.first(connection, round=sent.round_id, player=sent.player_id, slot=slot)


def _lead_of(
    connection: Connection,
    sent: Any,
    lead: facts.LeadRecommended,
    keys: tuple[str, ...],
    before: Any,
) -> tuple[str, bool]:
    """The lead that these keys recognise, else the one recommended here before, else a new one."""
    known = KNOWN.first(connection, keys=list(keys))
    if known:
        _enrich(connection, known.lead_id, lead)
        _add_keys(connection, known.lead_id, keys)
        return str(known.lead_id), False
    if before and _only_mine(connection, before.lead_id):
        _rewrite(connection, before.lead_id, lead, keys)
        return before.lead_id, False
    return _new_lead(connection, sent, lead, keys), True


def _only_mine(connection: Connection, lead_id: str) -> bool:
    rows = connection.execute(select(Recommendation.id).where(Recommendation.lead_id == lead_id))
    return len(rows.all()) == 1


def _person(lead: facts.LeadRecommended) -> dict[str, Any]:
    values = {**{name: getattr(lead, name) for name in PERSON}, "skills": list(lead.skills)}
    return {**values, "folded": folded(values)}


def _new_lead(
    connection: Connection, sent: Any, lead: facts.LeadRecommended, keys: tuple[str, ...]
) -> str:
    lead_id = new_id()
    due = day_of(sent.at) + INFORM_WITHIN
    row = {**_person(lead), **NEW, "id": lead_id, "created_at": sent.at, "inform_by": due}
    NEW_LEAD.run(connection, **row)
    _add_keys(connection, lead_id, keys)
    return lead_id


def _rewrite(
    connection: Connection, lead_id: str, lead: facts.LeadRecommended, keys: tuple[str, ...]
) -> None:
    connection.execute(update(Lead).where(Lead.id == lead_id).values(**_person(lead)))
    connection.execute(delete(LeadKey).where(LeadKey.lead_id == lead_id))
    _add_keys(connection, lead_id, keys)


def _enrich(connection: Connection, lead_id: str, lead: facts.LeadRecommended) -> None:
    """Fills in what was not known yet; what was known stays until a recruiter says otherwise."""
    row = connection.execute(select(Lead).where(Lead.id == lead_id)).one()
    fresh = {name: getattr(lead, name) for name in FILLED_IN}
    values: dict[str, Any] = {k: v for k, v in fresh.items() if v and not getattr(row, k)}
    skills = [*row.skills, *(skill for skill in lead.skills if skill not in row.skills)]
    if skills != row.skills:
        values["skills"] = skills
    if values:
        values["folded"] = folded({**row._mapping, **values})
        connection.execute(update(Lead).where(Lead.id == lead_id).values(**values))


def _add_keys(connection: Connection, lead_id: str, keys: tuple[str, ...]) -> None:
    rows = [{"key": key, "lead_id": lead_id} for key in keys]
    if rows:
        NEW_KEYS[connection.dialect.name].run_each(connection, rows)


def _withdraw_lead(connection: Connection, sent: Any, slot: str) -> None:
    before = _recommendation(connection, sent, slot)
    if before:
        connection.execute(delete(Recommendation).where(*_mine(Recommendation, sent, slot)))
        drop_if_orphan(connection, before.lead_id)


def drop_if_orphan(connection: Connection, lead_id: str) -> None:
    """Forgets a lead whom nobody recommends any more, unless a recruiter judged or brought them."""
    left = select(Recommendation.id).where(Recommendation.lead_id == lead_id).exists()
    connection.execute(
        delete(Lead).where(Lead.id == lead_id, Lead.verdict == "", Lead.origin == "workshop", ~left)
    )
