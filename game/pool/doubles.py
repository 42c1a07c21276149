"""Pairs of leads that may be one person: proposed, put off, kept apart, or made one."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool.cursor import ORDER
from game.privacy.audit import audit
from game.rules.likeness import RULES
from game.store.base import new_id
from game.store.tables import Compared, Double, Lead

Pair = tuple[str, str]
PAGE = 20
LAST = 200  # leads that are looked at each minute
OPEN, LATER, APART = "open", "later", "apart"


@dataclass(frozen=True)
class Proposed:
    """Two leads side by side, and why they are proposed."""

    id: str
    one: Lead
    other: Lead
    reasons: Sequence[str]
    state: str


def pair_of(one: str, other: str) -> Pair:
    """Two ids in the order in which a pair is kept."""
    return (one, other) if one < other else (other, one)


def propose(connection: Connection, found: Mapping[Pair, Sequence[str]]) -> int:
    """Proposes pairs with their reasons; returns how many are new. What was decided stays."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    before = _count(connection)
    rows = [
        {**_key(pair), "id": new_id(), "state": OPEN, "reasons": list(why), "at": now_ms()}
        for pair, why in sorted(found.items())
    ]
    if rows:
        connection.execute(dialect.insert(Double).on_conflict_do_nothing(), rows)
    return _count(connection) - before


def _count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(Double)) or 0


def _key(pair: Pair) -> dict[str, str]:
    one, other = pair_of(*pair)
    return {"one_id": one, "other_id": other}


def are_apart(connection: Connection, one: str, other: str) -> bool:
    """Did somebody decide that these are two people?"""
    key = pair_of(one, other)
    decided = select(Double.id).where(Double.one_id == key[0], Double.other_id == key[1])
    return connection.scalar(decided.where(Double.state == APART)) is not None


def apart_from(session: Session, lead_id: str, since: int = 0) -> list[str]:
    """The leads that were decided to be somebody else than this one, since a moment."""
    mine = or_(Double.one_id == lead_id, Double.other_id == lead_id)
    rows = session.execute(
        select(Double.one_id, Double.other_id).where(
            mine, Double.state == APART, Double.at >= since
        )
    )
    return sorted({id for row in rows for id in row} - {lead_id})


def keep_apart(session: Session, lead_id: str, others: Iterable[str], by: str | None) -> list[str]:
    """Remembers that a lead is none of these; returns those for which that is new."""
    made = []
    for other in others:
        if other == lead_id or session.get(Lead, other) is None:
            continue
        key = _key((lead_id, other))
        found = session.scalar(select(Double).filter_by(**key))
        if found is None:
            session.add(Double(**key, state=APART, reasons=[], user_id=by, at=now_ms()))
            made.append(other)
        elif found.state != APART:
            found.state, found.user_id, found.at = APART, by, now_ms()
            made.append(other)
    session.flush()
    return made


def forget_apart(session: Session, lead_id: str, others: Iterable[str]) -> None:
    """Takes back that a lead is none of these."""
    for other in others:
        key = _key((lead_id, other))
        session.execute(delete(Double).filter_by(**key, state=APART))


def decide(session: Session, double_id: str, state: str, by: str | None) -> None:
    """Keeps a pair apart, puts it off, or proposes it again. Raises Refusal where it is gone."""
    found = session.get(Double, double_id)
    if found is None or state not in (OPEN, LATER, APART):
        raise Refusal("unknown_lead")
    found.state, found.user_id, found.at = state, by, now_ms()
    leads = {"one": found.one_id, "other": found.other_id}
    audit(session, by, "doubles_decided", {**leads, "state": state})


def pair(session: Session, double_id: str) -> Double:
    """The pair of this id. Raises Refusal where it is gone."""
    found = session.get(Double, double_id)
    if found is None:
        raise Refusal("unknown_lead")
    return found


def listed(session: Session, state: str, most: int = PAGE) -> list[Proposed]:
    """The pairs in a state, those with most reasons to be reached alike as they came."""
    one, other = aliased(Lead), aliased(Lead)
    rows = session.execute(
        select(Double, one, other)
        .join(one, one.id == Double.one_id)
        .join(other, other.id == Double.other_id)
        .where(Double.state == state, one.rehearsed.is_(False), other.rehearsed.is_(False))
        .order_by(Double.at, Double.id)
        .limit(most)
    )
    return [Proposed(row[0].id, row[1], row[2], row[0].reasons, row[0].state) for row in rows]


def counts(session: Session) -> dict[str, int]:
    """How many pairs stand in each state."""
    one, other = aliased(Lead), aliased(Lead)
    found = (
        select(Double.state, func.count())
        .join(one, one.id == Double.one_id)
        .join(other, other.id == Double.other_id)
        .where(one.rehearsed.is_(False), other.rehearsed.is_(False))
    )
    rows = session.execute(found.group_by(Double.state))
    return dict.fromkeys((OPEN, LATER, APART), 0) | {row[0]: row[1] for row in rows}


def withdraw(connection: Connection, alike: Set[Pair]) -> None:
    """Takes back proposals that nobody touched, of leads just compared, which are alike no more."""
    waits = select(Compared.lead_id).where(Compared.waiting.is_(True))
    rows = connection.execute(
        select(Double.id, Double.one_id, Double.other_id).where(
            Double.state == OPEN,
            Double.user_id.is_(None),
            or_(Double.one_id.in_(waits), Double.other_id.in_(waits)),
        )
    )
    gone = [id for id, one, other in rows if (one, other) not in alike]
    for n in range(0, len(gone), PAGE):
        connection.execute(delete(Double).where(Double.id.in_(gone[n : n + PAGE])))


def compare_again(asking: Session | Connection, leads: Iterable[str]) -> None:
    """Has these leads compared, anew or for the first time, at the worker's next look."""
    connection = asking.connection() if isinstance(asking, Session) else asking
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    anew = {"mark": "", "waiting": True}
    rows = [{"lead_id": id, "rules": RULES, **anew} for id in sorted(set(leads))]
    if rows:
        wanted = dialect.insert(Compared)
        keyed = wanted.on_conflict_do_update(index_elements=["lead_id"], set_=anew)
        connection.execute(keyed, rows)


def is_stale(session: Session | Connection) -> bool:
    """Are there leads that were never compared, or by older rules, or wait to be?

    It is asked each minute: whoever was never compared is looked for among those who came last.
    Whoever comes to be compared and stands before them, as a lead that was parted from another,
    has `compare_again` say so.
    """
    # the ends of two indexes: where all wait or nobody does, a condition would read everybody
    waits = select(Compared.waiting).order_by(Compared.waiting.desc()).limit(1)
    oldest = select(Compared.rules).order_by(Compared.rules).limit(1)
    rules = session.scalar(oldest)
    if session.scalar(waits) or (rules is not None and rules < RULES):
        return True
    real = select(Lead.id).where(Lead.rehearsed.is_(False))
    last = real.order_by(*ORDER).limit(LAST).subquery()
    known = select(Compared.lead_id).where(Compared.lead_id == last.c.id)
    return session.scalar(select(last.c.id).where(~known.exists()).limit(1)) is not None
