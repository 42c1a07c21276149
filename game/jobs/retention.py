"""Data end when the notice says: players' after so many days, leads' after so many months.

A lead's months run from the last exchange of both sides, or from when they were last named: what
we did by ourselves, such as a message that nobody answered, does not count. Who chose a shorter
time is gone with it. What is deleted here is not kept out: whoever is named again later is told
again.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from game.base.days import DAY_MS, day_of, days_after, months_before
from game.jobs.expired import expire
from game.jobs.queue import forget
from game.jobs.run import Run
from game.privacy import company
from game.rules.pack import Pack
from game.store.database_clock import clock
from game.store.scrub import scrub
from game.store.tables import (
    GuestCard,
    Lead,
    Nomination,
    Occasion,
    Player,
    Recommendation,
    ToldOrigin,
    Touchpoint,
    Workshop,
    YearLink,
    YearLinkPlayer,
)

AT_ONCE = 200
UNANSWERED = Nomination.status == "asked"  # who accepted stays, without the one who asked
KEEP_JOBS = 30  # days after their end
BOTH_SIDES = or_(Touchpoint.direction == "in", Touchpoint.answer == "answered")


def keep_promise(run: Run) -> dict[str, object]:
    """Deletes what is over; returns how many of each."""
    players = sum(_players(run, lang, pack) for lang, pack in run.packs.items())
    _year_links(run)
    _hosts(run)
    leads = _leads(run)
    _recommenders_told(run)
    with run.transaction() as connection:
        jobs = forget(connection, clock(connection) - KEEP_JOBS * DAY_MS)
    if players or leads:
        scrub(run.store)
    return {"players": players, "leads": leads, "jobs": jobs}


def players_over(lang: str, pack: Pack, now: int) -> Select[str]:
    """The ids of players of this language who came in longer ago than its notice says.

    Who agreed to a link that is good for longer stays until that day.
    """
    here = select(Workshop.id).where(Workshop.lang == lang)
    before = now - pack.notices.keep_player_days * DAY_MS
    stays = (
        select(YearLinkPlayer.player_id)
        .join(YearLink, YearLink.id == YearLinkPlayer.link_id)
        .where(YearLink.until >= day_of(now), YearLink.closed_at.is_(None))
    )
    over = (Player.workshop_id.in_(here), Player.joined_at < before, Player.id.not_in(stays))
    return select(Player.id).where(*over)


def _players(run: Run, lang: str, pack: Pack) -> int:
    deleted = 0
    while True:
        with run.transaction() as connection:
            over = players_over(lang, pack, clock(connection)).limit(AT_ONCE)
            ids = connection.scalars(over).all()
            connection.execute(delete(Nomination).where(Nomination.player_id.in_(ids), UNANSWERED))
            connection.execute(delete(Player).where(Player.id.in_(ids)))
            deleted += len(ids)
            run.step(connection, deleted)
        if len(ids) < AT_ONCE:
            return deleted


def _year_links(run: Run) -> None:
    """Links whose day is over, or whose player is gone; a closed one says so until its day."""
    with run.transaction() as connection:
        over = YearLink.until < day_of(clock(connection))
        used = select(YearLinkPlayer.link_id)
        alone = and_(YearLink.closed_at.is_(None), YearLink.id.not_in(used))
        connection.execute(delete(YearLink).where(or_(over, alone)))


def _hosts(run: Run) -> None:
    """Names of hosts of an evening, with their cards, end like those of players."""
    days = min(pack.notices.keep_player_days for pack in run.packs.values())
    with run.transaction() as connection:
        before = days_after(day_of(clock(connection)), -days)
        over = select(Occasion.id).where(Occasion.held_on < before)
        hosts = (GuestCard.host != "", GuestCard.occasion_id.in_(over))
        connection.execute(delete(GuestCard).where(*hosts))


def _recommenders_told(run: Run) -> None:
    """Names of recommenders that came in files end like those of players."""
    days = min(pack.notices.keep_player_days for pack in run.packs.values())
    with run.transaction() as connection:
        before = clock(connection) - days * DAY_MS
        old = select(Recommendation.id).where(Recommendation.at < before)
        told = update(ToldOrigin).where(ToldOrigin.recommender != "")
        connection.execute(told.where(ToldOrigin.recommendation_id.in_(old)).values(recommender=""))


def _leads(run: Run) -> int:
    deleted, after = 0, ""
    while True:
        with run.transaction() as connection:
            page = _page(connection, after)
            over = _over(connection, page, run.packs)
            expire(connection, over, "retention")
            deleted += len(over)
            run.step(connection, deleted)
        if len(page) < AT_ONCE:
            return deleted
        after = page[-1]


def leads_over(connection: Connection, packs: Mapping[str, Pack]) -> Iterator[str]:
    """The ids of leads whose time is over."""
    after = ""
    while page := _page(connection, after):
        yield from _over(connection, page, packs)
        after = page[-1]


def _page(connection: Connection, after: str) -> list[str]:
    rows = select(Lead.id).where(Lead.id > after).order_by(Lead.id).limit(AT_ONCE)
    return list(connection.scalars(rows))


def _over(connection: Connection, ids: list[str], packs: Mapping[str, Pack]) -> list[str]:
    """Those of these leads with whom no exchange was for too long, or whose choice is over."""
    today = day_of(clock(connection))
    with Session(connection) as session:
        known = company.facts(session)
    shortest = min(pack.notices.keep_lead_months for pack in packs.values())
    before = months_before(today, company.lead_months(known, shortest))
    found = _exchanged(connection, ids)
    return [id for id, at, until in found if _is_over(at, until, before, today)]


def _is_over(at: int, until: date | None, before: date, today: date) -> bool:
    return day_of(at) < before or (until is not None and until < today)


def _exchanged(connection: Connection, ids: list[str]) -> list[tuple[str, int, date | None]]:
    """When each of these leads came, was named, agreed or had an exchange last; until when."""
    named = _newest(Recommendation.at, Recommendation.lead_id == Lead.id)
    spoke = _newest(Touchpoint.done_at, and_(Touchpoint.lead_id == Lead.id, BOTH_SIDES))
    moments = (Lead.created_at, Lead.agreed_at, named, spoke)
    rows = connection.execute(select(Lead.id, Lead.kept_until, *moments).where(Lead.id.in_(ids)))
    return [(row[0], max(at or 0 for at in row[2:]), row[1]) for row in rows]


def _newest(
    at: SQLColumnExpression[int | None], where: ColumnElement[bool]
) -> ScalarSelect[int | None]:
    return select(func.max(at)).where(where).correlate(Lead).scalar_subquery()
