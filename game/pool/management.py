"""The house's figures for its management: what workshops brought, and what a hire cost.

Counts of people alone; a workshop of fewer than five leads is not shown, nor are totals under five.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool.mix import IN_POOL, LEAST, Funnel, funnels
from game.pool.rehearsal import REAL
from game.privacy.audit import audit
from game.store.tables import CompanyFact, Lead, Player, Workshop

COSTS = ("cost_spent", "cost_agency")  # euros: on all workshops so far; an agency's fee for a hire
EUROS = re.compile(r"[0-9]{1,8}")
GAPS = re.compile(r"[\s\u00a0\u202f]")


@dataclass(frozen=True)
class House:
    """Counts of all workshops for real that ended, and of the pool; None for fewer than five.

    `hired` is told wherever `leads` is. `costs` are euros, as far as somebody entered them.
    """

    workshops: int
    people: int | None
    leads: int | None
    pursued: int | None
    hired: int | None
    costs: Mapping[str, int]
    each: Sequence[Funnel]

    @property
    def per_hire(self) -> int | None:
        """Euros that a hire cost, where what was spent and a hire are known."""
        spent = self.costs.get("cost_spent")
        return round(spent / self.hired) if spent is not None and self.hired else None


def note_shown(session: Session, by: str) -> None:
    """The figures are about to be shown."""
    audit(session, by, "figures_shown")


def of_house(session: Session) -> House:
    """The figures as they stand."""
    ended = select(func.count()).select_from(Workshop).where(REAL, Workshop.ended_at.is_not(None))
    people = (
        select(func.count(Player.id))
        .join(Workshop, Workshop.id == Player.workshop_id)
        .where(REAL, Player.removed_at.is_(None))
    )
    counts = select(
        func.count(),
        func.count().filter(Lead.verdict == "pursue"),
        func.count(Lead.hired_at),
    ).where(IN_POOL)
    leads, pursued, hired = session.execute(counts.select_from(Lead)).one()
    shown = leads >= LEAST
    players = session.scalar(people) or 0
    return House(
        workshops=session.scalar(ended) or 0,
        people=players if players >= LEAST else None,
        leads=leads if shown else None,
        pursued=pursued if shown else None,
        hired=hired if shown else None,
        costs=costs(session),
        each=funnels(session),
    )


def costs(session: Session) -> dict[str, int]:
    """What was entered, in euros."""
    rows = select(CompanyFact.name, CompanyFact.value).where(CompanyFact.name.in_(COSTS))
    return {row.name: int(row.value) for row in session.execute(rows) if row.value}


def save_costs(session: Session, typed: Mapping[str, str], by: str) -> None:
    """Keeps the costs as typed, whole euros; an empty one is known no more. Raises Refusal."""
    values = {name: GAPS.sub("", typed.get(name, "")).removesuffix("€") for name in COSTS}
    wrong = {name: "invalid" for name, one in values.items() if one and not EUROS.fullmatch(one)}
    if wrong:
        raise Refusal("bad_input", wrong)
    for name, value in values.items():
        session.merge(CompanyFact(name=name, value=value, at=now_ms()))
    audit(session, by, "costs_changed", {"fields": list(COSTS)})
