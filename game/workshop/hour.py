"""The hour in numbers: what each round, prompt, channel and position brought. Nobody's name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.pool import brought
from game.rules.pack import Pack
from game.rules.prompt_lab import Present, Tried, tried
from game.rules.registry import kinds
from game.rules.round import NotPlayable
from game.rules.round_title import round_title
from game.rules.timing import timing_of
from game.rules.yields import Yielded, by_turn, open_for
from game.store.found import Found
from game.store.tables import BriefRow, Player, Recommendation, RoundRow, Submission, Team, Workshop
from game.workshop import setting, state

Given = tuple[str, int]  # (player, moment) of a lead


@dataclass(frozen=True)
class RoundHour:
    """A round that was played: seconds planned and run, and what came of it."""

    number: int
    kind: str
    title: str
    brief: str
    planned: int
    ran: int
    people: int
    answers: int
    leads: int
    prompts: tuple[Yielded, ...] = ()
    lab: tuple[Tried, ...] = ()
    after: bool = False


@dataclass(frozen=True)
class Hour:
    """A workshop, when it is over or as far as it is; counts of leads count each person once."""

    name: str
    sort: str
    lang: str
    held_at: int | None
    minutes: int
    planned: int
    players: int
    took_part: int
    named: int
    leads: int
    reachable: int
    to_judge: int
    to_inform: int
    rounds: tuple[RoundHour, ...]
    families: tuple[tuple[str, int, bool], ...]  # label, recommendations, is it LinkedIn's
    briefs: tuple[tuple[str, int], ...]

    @property
    def lab(self) -> tuple[Tried, ...]:
        """All prompts that teams were dealt, a round at a time."""
        return tuple(one for row in self.rounds for one in row.lab)

    @property
    def prompts(self) -> tuple[Yielded, ...]:
        """All prompts, those that yielded most in their time first."""
        every = [one for row in self.rounds for one in row.prompts]
        return tuple(sorted(every, key=lambda one: (-one.per_ten, -one.leads, one.name)))


def of(session: Session, workshop: Workshop, pack: Pack) -> Hour:
    """The hour of a workshop, in the words of `pack`."""
    now = now_ms()
    named = session.execute(
        select(Recommendation.round_id, Recommendation.player_id, Recommendation.channel,
               Recommendation.brief_id, Recommendation.lead_id, Recommendation.at)
        .where(Recommendation.workshop_id == workshop.id)
    ).all()  # fmt: skip
    rows = session.scalars(
        select(RoundRow)
        .where(RoundRow.workshop_id == workshop.id, RoundRow.opened_at.is_not(None))
        .order_by(RoundRow.place)
    ).all()
    briefs = {
        b.id: b
        for b in session.scalars(select(BriefRow).where(BriefRow.workshop_id == workshop.id))
    }
    whole = brought.of(session, workshop, now).whole
    began, ended = workshop.begun_at, workshop.ended_at
    return Hour(
        name=workshop.name,
        sort=workshop.sort,
        lang=pack.lang,
        held_at=began,
        minutes=round(((ended or now) - began) / 60_000) if began else 0,
        planned=workshop.minutes or 0,
        players=_players(session, workshop.id),
        took_part=_took_part(session, workshop.id),
        named=len(named),
        leads=len(whole.leads),
        reachable=len(whole.reachable),
        to_judge=len(whole.to_judge),
        to_inform=len(whole.to_inform),
        rounds=tuple(
            _round(session, n, row, workshop, briefs, pack, named) for n, row in enumerate(rows, 1)
        ),
        families=_families(named, pack),
        briefs=_briefs(named, {row.brief_id for row in rows}, briefs),
    )


def _players(session: Session, workshop_id: str) -> int:
    here = (Player.workshop_id == workshop_id) & Player.removed_at.is_(None)
    return session.scalar(select(func.count()).select_from(Player).where(here)) or 0


def _took_part(session: Session, workshop_id: str) -> int:
    """How many answered anything."""
    answered = (
        select(func.count(func.distinct(Submission.player_id)))
        .join(RoundRow, RoundRow.id == Submission.round_id)
        .where(RoundRow.workshop_id == workshop_id)
    )
    return session.scalar(answered) or 0


def _round(
    session: Session,
    number: int,
    row: RoundRow,
    workshop: Workshop,
    briefs: dict[str, BriefRow],
    pack: Pack,
    named: Sequence[Found],
) -> RoundHour:
    given = session.execute(
        select(func.count(), func.count(func.distinct(Submission.player_id))).where(
            Submission.round_id == row.id
        )
    ).one()
    own = [one for one in named if one.round_id == row.id]
    brief = briefs.get(row.brief_id or "")
    return RoundHour(
        number,
        row.kind,
        round_title(row.title, row.kind, pack),
        brief.title if brief else "",
        row.seconds,
        open_for(timing_of(row.timing), now_ms()) // 1000,
        given[1],
        given[0],
        len(own),
        *_prompts(session, row, workshop, brief, pack, [(one.player_id, one.at) for one in own]),
        row.after,
    )


def _prompts(
    session: Session,
    row: RoundRow,
    workshop: Workshop,
    brief: BriefRow | None,
    pack: Pack,
    given: Sequence[Given],
) -> tuple[tuple[Yielded, ...], tuple[Tried, ...]]:
    """What each prompt yielded, by its time or, where teams were dealt them, by who had it.

    Both are empty where the kind shows none, and where its round cannot be read any more.
    """
    found = kinds().get(row.kind)
    if found is None or row.after:
        return (), ()
    try:
        before = state.agenda_before(session, row)
        kind, where = setting.of_round(row, workshop, brief, pack, before)
    except NotPlayable:
        return (), ()
    lines, every = kind.turns(where)
    if kind.deals(where) and _teams(session, workshop.id):
        return (), _tried(session, row, lines, every, given)
    moments = [at for _player, at in given]
    return tuple(by_turn(lines, every, timing_of(row.timing), moments, now_ms())), ()


def _teams(session: Session, workshop_id: str) -> list[str]:
    """The teams in the order of the deal, which is that of their ids: chance made them."""
    rows = select(Team.id).where(Team.workshop_id == workshop_id)
    return sorted(session.scalars(rows))


def _tried(
    session: Session, row: RoundRow, lines: Sequence[str], every: int, given: Sequence[Given]
) -> tuple[Tried, ...]:
    """What each prompt yielded where each team had its own."""
    places = {team: nth for nth, team in enumerate(_teams(session, row.workshop_id))}
    players = session.execute(
        select(Player.id, Player.team_id, Player.joined_at).where(
            Player.workshop_id == row.workshop_id, Player.removed_at.is_(None)
        )
    )
    present = [
        Present(one.id, places[one.team_id], one.joined_at)
        for one in players
        if one.team_id in places
    ]
    return tuple(tried(lines, every, timing_of(row.timing), now_ms(), present, given))


def _families(named: Sequence[Found], pack: Pack) -> tuple[tuple[str, int, bool], ...]:
    of_channel = {c.key: family for family in pack.families for c in family.channels}
    counted = Counter(of_channel[one.channel].key for one in named if one.channel in of_channel)
    labels = {family.key: family for family in pack.families}
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((labels[key].label, n, labels[key].linkedin) for key, n in ranked)


def _briefs(
    named: Sequence[Found], played: set[str | None], briefs: dict[str, BriefRow]
) -> tuple[tuple[str, int], ...]:
    """Title and people of each brief that a round had or that somebody was named for."""
    given = played | {one.brief_id for one in named}
    people: dict[str, set[str]] = {id: set() for id in briefs if id in given}
    for one in named:
        if one.brief_id in people:
            people[one.brief_id].add(one.lead_id)
    return tuple((briefs[id].title, len(found)) for id, found in people.items())
