"""From a workshop's state to the ScreenData of one surface in one language."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.address import public_url
from game.base.clock import now_ms
from game.base.loopback import is_loopback
from game.context import Game
from game.rules import presence
from game.rules.course import next_step
from game.rules.facts import LeadRecommended
from game.rules.nickname import fold
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.round import Tally
from game.rules.translation import brief_in
from game.rules.view import TypedText
from game.screens.data import (
    AgendaLine,
    BoardRow,
    BoardShown,
    BriefChoice,
    BriefShown,
    KindChoice,
    Notices,
    PlayerShown,
    RoundShown,
    ScreenData,
    TeamRow,
    TeamShown,
    WorkshopShown,
)
from game.screens.dressing import dressed
from game.screens.messages import kind_names
from game.screens.option_fields import fields
from game.screens.qr import coarse, qr_svg
from game.store.found import Found
from game.store.tables import BriefRow, Player, ProjectorLine
from game.workshop import boards, code, pace, room_vote, state
from game.workshop.last_move import good_until
from game.workshop.pace import Pace
from game.workshop.state import State, TeamNow
from game.workshop.yielded import titles_of, yielded

TOP = 10
LOBBY = 150  # names on the projector
PEOPLE = 60  # on the remote; a larger room is searched
PEOPLE_ROWS = select(
    *(
        getattr(Player, n)
        for n in ("id", "nickname", "team_id", "socket", "removed_at", "doubtful")
    ),
    Player.waiting,
)
WITH_BOARD = ("board", "podium", "ended")


def build(
    game: Game, session: Session, workshop_id: str, surface: str, lang: str
) -> ScreenData | None:
    """What `surface` ('phone', 'projector' or 'remote') shows; None for an unknown workshop.

    Phones get no players; only the remote sees who was removed, and the briefs to insert.
    """
    words = game.pack(lang)
    at = state.load(session, workshop_id, words)
    if at is None:
        return None
    base = public_url(game.settings)
    join_url = f"{base}/{at.workshop.code}"
    teams = state.teams_of(session, workshop_id)
    remote = surface == "remote"
    players, others = _players(session, at, teams, surface)
    own_pace = pace.of(at) if remote else None
    agenda = _agenda(at, own_pace)
    has_signs = surface == "projector" and at.workshop.presence
    counts = state.counts(session, workshop_id, at.current.id if at.current else None)
    return ScreenData(
        workshop=_workshop(at),
        join_url=join_url,
        join_short=join_url.split("://", 1)[-1],
        qr_svg=qr_svg("" if surface == "phone" else coarse(join_url)),
        unreachable=is_loopback(base),
        round=_round(at, surface, counts, lang),
        next_label=next_step(at.position) or "",
        agenda=agenda,
        counts=counts if surface != "phone" else state.Counts(),
        players=tuple(players),
        others=others,
        teams=tuple(TeamShown(t.id, t.name, t.shape, t.size) for t in teams),
        board=_board(session, at, teams),
        notices=Notices(
            words.notices.told_to_players,
            words.notices.player_short,
            words.notices.keep_player_days,
        ),
        briefs=_briefs(session, workshop_id, lang) if remote else (),
        kinds=_kinds(words) if remote else (),
        projector_url=f"{base}/projector/{at.workshop.projector_key}" if remote else "",
        projectors=_projectors(session, workshop_id) if remote else 0,
        step_line=_step_line(at, agenda) if remote else None,
        notes=_notes(at) if remote else "",
        undo_until=good_until(at.workshop) if remote else 0,
        pace=own_pace,
        dressed=dressed(session, at.workshop, lang),
        signs=presence.shown(game.secret, workshop_id, now_ms()) if has_signs else (),
        signs_left_ms=presence.left_ms(now_ms()) if has_signs else 0,
        yielded=yielded(session, workshop_id, words) if at.workshop.stage == "ended" else None,
    )


def _workshop(at: State) -> WorkshopShown:
    w = at.workshop
    held_on = w.held_on.isoformat() if w.held_on else ""
    return WorkshopShown(
        w.id,
        w.name,
        w.lang,
        w.code,
        w.stage,
        w.door_open,
        w.asks,
        w.teaming,
        w.version,
        held_on,
        w.stage not in ("draft", "ended") and w.door_open and code.has_expired(w, now_ms()),
        w.sort,
        w.boards,
        w.auto,
        w.auto_at,
        w.presence,
    )


def _projectors(session: Session, workshop_id: str) -> int:
    """How many projectors are connected."""
    lines = select(func.count()).where(ProjectorLine.workshop_id == workshop_id)
    return session.scalar(lines) or 0


def _step_line(at: State, agenda: tuple[AgendaLine, ...]) -> AgendaLine | None:
    """The line of the agenda that the next step is about."""
    step = next_step(at.position)
    row = at.coming if step == "briefing" else at.current
    if row is None or step not in ("briefing", "open", "close", "reveal", "page"):
        return None
    return next((line for line in agenda if line.id == row.id), None)


def _notes(at: State) -> str:
    """What the speaker wrote down for the round that is on, or is about to be."""
    row = at.current if at.workshop.stage == "round" else at.coming
    return row.notes if row else ""


def _round(at: State, surface: str, counts: state.Counts, lang: str) -> RoundShown | None:
    row = at.current
    if row is None:
        return None
    tally = Tally(counts.answers, counts.people, counts.leads)
    view = at.view(surface, None if surface == "phone" else tally)
    texts = at.texts if surface == "remote" else ()
    return RoundShown(
        id=row.id,
        kind=row.kind,
        number=at.number,
        total=len(at.agenda),
        title=row.title,
        phase=row.phase,
        seconds=row.seconds,
        closes_at=row.closes_at,
        left_ms=row.left_ms,
        page=row.page,
        pages=at.pages,
        brief=brief_shown(at.brief, lang),
        view=view,
        worth=at.setting.points if at.setting else None,
        names_leads=names_leads(row.kind),
        warm_up=row.warm_up,
        texts=texts,
        can_vote=_can_vote(at, texts),
        moderated=row.passed is not None,
    )


def _can_vote(at: State, texts: Sequence[TypedText]) -> bool:
    """May the room vote on what it wrote in this round, and sees?"""
    row, kind = at.current, at.kind
    if row is None or kind is None or kind.votes_on or row.after or row.phase != "revealed":
        return False
    return sum(not text.hidden for text in texts) >= room_vote.FEWEST


def names_leads(kind: str) -> bool:
    """Are leads what this kind of round brings?"""
    found = kinds().get(kind)
    return found is not None and LeadRecommended in found.facts


def _kinds(words: Pack) -> tuple[KindChoice, ...]:
    """The kinds of round that this pack has the content of, by title."""
    named = kind_names()
    choices = [
        KindChoice(name, named[name], tuple(f for f in fields(name, {}, words) if f.at_once))
        for name, kind in kinds().items()
        if all(words.parts.get(part.name) for part in kind.parts)
    ]
    return tuple(sorted(choices, key=lambda choice: choice.title))


def brief_shown(row: BriefRow | None, lang: str) -> BriefShown | None:
    """A brief as screens of a language know it."""
    if row is None:
        return None
    words, ref = brief_in(row, row.translations, lang), row.requisition_ref
    musts = tuple(words.must_haves)
    return BriefShown(words.title, musts, words.where, words.why, ref, words.trade, words.pay)


def _agenda(at: State, own_pace: Pace | None) -> tuple[AgendaLine, ...]:
    shorter = dict(own_pace.shorten) if own_pace else {}
    return tuple(
        AgendaLine(
            *(row.id, n, row.kind, row.title, row.phase, row.seconds),
            row.id == at.workshop.round_id,
            *(shorter.get(row.id, 0), row.warm_up),
        )
        for n, row in enumerate(at.agenda, 1)
    )


def _players(
    session: Session, at: State, teams: list[TeamNow], surface: str
) -> tuple[list[PlayerShown], int]:
    """Who is named on a screen, and how many more there are: on the remote all, by name."""
    if surface == "remote":
        return people(session, at.workshop.id, teams)
    if surface == "phone" or at.workshop.stage not in ("draft", "lobby"):
        return [], 0
    newest = PEOPLE_ROWS.where(
        Player.workshop_id == at.workshop.id, Player.removed_at.is_(None)
    ).order_by(Player.joined_at.desc())
    return _shown(session.execute(newest.limit(LOBBY)), teams), 0


def people(
    session: Session, workshop_id: str, teams: list[TeamNow], find: str = ""
) -> tuple[list[PlayerShown], int]:
    """The first of a room by name, or of those whose name holds `find`; and how many more."""
    here = [Player.workshop_id == workshop_id]
    if find:
        here.append(Player.folded.contains(fold(find), autoescape=True))
    first = (Player.waiting.desc(), Player.doubtful.desc(), Player.folded)
    ordered = PEOPLE_ROWS.where(*here).order_by(*first)
    rows = session.execute(ordered.limit(PEOPLE))
    players = _shown(rows, teams)
    if len(players) < PEOPLE:
        return players, 0
    return players, (session.scalar(select(func.count(Player.id)).where(*here)) or 0) - PEOPLE


def _shown(rows: Iterable[Found], teams: list[TeamNow]) -> list[PlayerShown]:
    by_id = {team.id: team for team in teams}
    return [
        PlayerShown(
            row.id,
            row.nickname,
            by_id[row.team_id].name if row.team_id in by_id else "",
            by_id[row.team_id].shape if row.team_id in by_id else "",
            row.socket is not None,
            row.removed_at is not None,
            *(row.doubtful, row.waiting),
        )
        for row in rows
    ]


def _board(session: Session, at: State, teams: list[TeamNow]) -> BoardShown | None:
    if at.workshop.stage not in WITH_BOARD:
        return None
    made = boards.boards(session, at.workshop.id)
    before = boards.before_last(session, at.workshop.id, made)
    ranks = {ranked.row.id: ranked.rank for ranked in before}
    shapes = {team.id: team.shape for team in teams}
    sizes = {team.id: team.size for team in teams}
    return BoardShown(
        tuple(
            BoardRow(
                *(r.rank, r.row.name, shapes.get(r.row.team, ""), made.points(r.row)),
                was=ranks.get(r.row.id, 0),
            )
            for r in made.players[:TOP]
        ),
        tuple(
            TeamRow(r.rank, r.row.name, shapes[r.row.id], made.points(r.row), sizes[r.row.id])
            for r in made.teams
        ),
        tuple(boards.climbers(before, made)),
        made.basis,
    )


def _briefs(session: Session, workshop_id: str, lang: str) -> tuple[BriefChoice, ...]:
    titles = titles_of(session, workshop_id, lang)
    return tuple(BriefChoice(id, title) for id, title in titles.items())
