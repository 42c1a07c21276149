"""What a workshop brought: how many leads, what is to be done with them, by brief and by round."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.days import day_of
from game.pool import promise
from game.store.found import Found
from game.store.tables import BriefRow, Lead, Recommendation, RoundRow, Workshop

WEEK = timedelta(days=7)
ROWS = (
    select(
        *(Lead.id, Lead.verdict, Lead.mail, Lead.phone, Lead.link, Lead.inform_by),
        *(Lead.informed_at, Recommendation.reach, Recommendation.brief_id),
        *(Recommendation.round_id, promise.ANSWERED_AT.label("answered")),
    )
    .join(Lead, Lead.id == Recommendation.lead_id)
    .order_by(Recommendation.at, Recommendation.id)
)


@dataclass
class Line:
    """Counts of leads: each counts once, whoever named it. `id` is that of a brief or a round."""

    id: str = ""
    title: str = ""
    leads: set[str] = field(default_factory=set)
    reachable: set[str] = field(default_factory=set)
    to_judge: set[str] = field(default_factory=set)
    verdicts: dict[str, set[str]] = field(
        default_factory=lambda: {"pursue": set(), "nurture": set(), "pass": set()}
    )
    to_inform: set[str] = field(default_factory=set)

    def add(self, row: Found, today: date) -> None:
        """Counts what is said of one lead."""
        self.leads.add(row.id)
        if row.mail or row.phone or row.link or row.reach == "introduce":
            self.reachable.add(row.id)
        if not row.verdict or row.answered is None:
            self.to_judge.add(row.id)
        if row.verdict:
            self.verdicts[row.verdict].add(row.id)
        if row.informed_at is None and row.inform_by <= today + WEEK:
            self.to_inform.add(row.id)


@dataclass(frozen=True)
class Brought:
    """All of a workshop, and its parts in order; `promise` is how the 72 hours were kept."""

    workshop: Workshop
    whole: Line
    briefs: Sequence[Line]
    rounds: Sequence[tuple[RoundRow, Line]]
    promise: promise.Kept


def of(session: Session, workshop: Workshop, now: int) -> Brought:
    """What a workshop brought, as of now (milliseconds)."""
    real = workshop.sort == "real"
    rows = session.execute(
        ROWS.where(Recommendation.workshop_id == workshop.id, Lead.rehearsed.is_not(real))
    ).all()
    today = day_of(now)
    briefs = session.scalars(select(BriefRow).where(BriefRow.workshop_id == workshop.id))
    rounds = session.scalars(
        select(RoundRow).where(RoundRow.workshop_id == workshop.id).order_by(RoundRow.place)
    ).all()
    by_brief = _lines(rows, today, lambda row: row.brief_id)
    by_round = _lines(rows, today, lambda row: row.round_id)
    titled = [(brief.id, brief.title) for brief in briefs]
    whole = _lines(rows, today, lambda _: "").get("", Line())
    return Brought(
        workshop,
        whole,
        [_named(by_brief[id], id, title) for id, title in titled if id in by_brief],
        [(row, by_round[row.id]) for row in rounds if row.id in by_round],
        promise.of_workshop(session, workshop.id, now),
    )


def _lines(
    rows: Iterable[Found], today: date, of: Callable[[Found], str | None]
) -> dict[str, Line]:
    found: dict[str, Line] = {}
    for row in rows:
        found.setdefault(of(row) or "", Line()).add(row, today)
    return found


def _named(line: Line, id: str, title: str) -> Line:
    line.id, line.title = id, title
    return line


def every(session: Session, now: int) -> list[Brought]:
    """What each workshop brought that named anybody, the newest first."""
    named = select(Recommendation.workshop_id).distinct()
    newest = select(Workshop).where(Workshop.id.in_(named)).order_by(Workshop.created_at.desc())
    return [of(session, workshop, now) for workshop in session.scalars(newest.limit(50)).all()]
