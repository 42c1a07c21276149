"""Data end when the notice says: players' after so many days, leads' after so many months.

What is deleted here is not kept out: whoever is named again later is told again.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, ScalarSelect, delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from game.base.days import DAY_MS, day_of, months_before
from game.jobs.queue import forget
from game.jobs.run import Run
from game.rules.pack import Pack
from game.store.database_clock import clock
from game.store.tables import (
    Lead,
    Nomination,
    Player,
    Recommendation,
    ToldOrigin,
    Verdict,
    Workshop,
)

AT_ONCE = 200
UNANSWERED = Nomination.status == "asked"  # who accepted stays, without the one who asked
KEEP_JOBS = 30  # days after their end


def keep_promise(run: Run) -> dict[str, object]:
    """Deletes what is over; returns how many of each."""
    players = sum(_players(run, lang, pack) for lang, pack in run.packs.items())
    leads = _leads(run, run.packs)
    _recommenders_told(run)
    with run.transaction() as connection:
        jobs = forget(connection, clock(connection) - KEEP_JOBS * DAY_MS)
    return {"players": players, "leads": leads, "jobs": jobs}


def _players(run: Run, lang: str, pack: Pack) -> int:
    """Players of this language who came in longer ago than its notice says."""
    here = select(Workshop.id).where(Workshop.lang == lang)
    deleted = 0
    while True:
        with run.transaction() as connection:
            before = clock(connection) - pack.notices.keep_player_days * DAY_MS
            over = select(Player.id).where(Player.workshop_id.in_(here), Player.joined_at < before)
            ids = connection.scalars(over.limit(AT_ONCE)).all()
            connection.execute(delete(Nomination).where(Nomination.player_id.in_(ids), UNANSWERED))
            connection.execute(delete(Player).where(Player.id.in_(ids)))
            deleted += len(ids)
            run.step(connection, deleted)
        if len(ids) < AT_ONCE:
            return deleted


def _recommenders_told(run: Run) -> None:
    """Names of recommenders that came in files end like those of players."""
    days = min(pack.notices.keep_player_days for pack in run.packs.values())
    with run.transaction() as connection:
        before = clock(connection) - days * DAY_MS
        old = select(Recommendation.id).where(Recommendation.at < before)
        told = update(ToldOrigin).where(ToldOrigin.recommender != "")
        connection.execute(told.where(ToldOrigin.recommendation_id.in_(old)).values(recommender=""))


def _leads(run: Run, packs: Mapping[str, Pack]) -> int:
    """Leads of whom nothing was heard for as long as the notice says, the shorter one first."""
    months = min(pack.notices.keep_lead_months for pack in packs.values())
    deleted, after = 0, ""
    while True:
        with run.transaction() as connection:
            before = months_before(day_of(clock(connection)), months)
            page = select(Lead.id).where(Lead.id > after).order_by(Lead.id).limit(AT_ONCE)
            ids = list(connection.scalars(page))
            over = [id for id, at in _last_heard(connection, ids) if day_of(at) < before]
            connection.execute(delete(Lead).where(Lead.id.in_(over)))
            deleted += len(over)
            run.step(connection, deleted)
        if len(ids) < AT_ONCE:
            return deleted
        after = ids[-1]


def _last_heard(connection: Connection, ids: list[str]) -> list[tuple[str, int]]:
    """When each of these leads came, was named, judged, corrected or told last."""
    named = _newest(Recommendation.at, Recommendation.lead_id)
    judged = _newest(Verdict.at, Verdict.lead_id)
    moments = (Lead.created_at, Lead.informed_at, Lead.corrected_at, named, judged)
    rows = connection.execute(select(Lead.id, *moments).where(Lead.id.in_(ids)))
    return [(row[0], max(at or 0 for at in row[1:])) for row in rows]


def _newest(
    at: InstrumentedAttribute[int], lead_id: InstrumentedAttribute[str]
) -> ScalarSelect[int]:
    return select(func.max(at)).where(lead_id == Lead.id).scalar_subquery()
