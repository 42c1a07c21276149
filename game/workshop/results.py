"""What rounds came to for the recruiter: each kind's table, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from game.rules.pack import Pack
from game.rules.round import NotPlayable
from game.rules.round_title import round_title
from game.rules.typed import key_of
from game.rules.view import VOTED, Draft, Findings, View
from game.store.tables import BriefRow, RoundRow, Workshop
from game.workshop import setting
from game.workshop.state import State

MOST = 60  # rounds on one page


@dataclass(frozen=True)
class RoundResult:
    """One round that came to something, when it was opened; its columns are French texts."""

    id: str
    kind: str
    title: str
    workshop: str
    brief: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    drafts: tuple[Draft, ...] = ()
    at: int = 0


def results(
    session: Session, pack: Pack, round_id: str | None = None, topic: str | None = None
) -> list[RoundResult]:
    """The revealed rounds that have a table for the recruiter, the newest first; or the one asked,
    or those of workshops for real about a position.

    Rounds of a kind that is not installed, and results that cannot be read any more, are left out.
    """
    rows = _revealed()
    if round_id is not None:
        rows = rows.where(RoundRow.id == round_id)
    if topic is not None:
        rows = rows.where(BriefRow.title == topic, Workshop.sort == "real")
    found = (_result(pack, *row) for row in session.execute(rows))
    return [one for one in found if one is not None]


@dataclass(frozen=True)
class RoundFindings:
    """What one round found for the desk's aids, and where."""

    id: str
    workshop: str
    lang: str
    brief: str
    found: Findings


def findings(session: Session, pack: Pack, of: str) -> list[RoundFindings]:
    """What revealed rounds of workshops for real found of a sort, the newest first."""
    rows = session.execute(_revealed().where(Workshop.sort == "real"))
    told = []
    for row, workshop, brief in rows:
        view = _view(pack, row, workshop, brief)
        found = view.findings if view else None
        if found and found.of == of and found.texts:
            title = brief.title if brief else ""
            told.append(RoundFindings(row.id, workshop.name, workshop.lang, title, found))
    return told


class RoomVotes(NamedTuple):
    """How many of how many voters put a text first."""

    votes: int
    voters: int


def votes(session: Session, pack: Pack) -> Mapping[str, RoomVotes]:
    """What rooms put first, by the key of its text: all workshops together."""
    found: dict[str, RoomVotes] = {}
    for one in findings(session, pack, VOTED):
        for text in one.found.texts:
            key = key_of(text.text)
            before = found.get(key, RoomVotes(0, 0))
            found[key] = RoomVotes(before.votes + text.people, before.voters + one.found.people)
    return found


def _result(
    pack: Pack, row: RoundRow, workshop: Workshop, brief: BriefRow | None
) -> RoundResult | None:
    view = _view(pack, row, workshop, brief)
    table = view.table if view else None
    if view is None or table is None or not table.rows:
        return None
    return RoundResult(
        row.id,
        row.kind,
        round_title(row.title, row.kind, pack),
        workshop.name,
        brief.title if brief else "",
        table.columns,
        table.rows,
        view.drafts,
        row.opened_at or 0,
    )


def _revealed() -> Select[RoundRow, Workshop, BriefRow]:
    return (
        select(RoundRow, Workshop, BriefRow)
        .join(Workshop, Workshop.id == RoundRow.workshop_id)
        .outerjoin(BriefRow, BriefRow.id == RoundRow.brief_id)
        .where(RoundRow.phase == "revealed")
        .order_by(RoundRow.opened_at.desc(), RoundRow.id)
        .limit(MOST)
    )


def _view(pack: Pack, row: RoundRow, workshop: Workshop, brief: BriefRow | None) -> View | None:
    try:
        kind, where = setting.of_round(row, workshop, brief, pack)
    except NotPlayable:
        return None
    agenda: Sequence[RoundRow] = (row,)
    return State(workshop, agenda, row, brief, kind, where).view("desk")
