"""What a room is now: the rows that its screens are made of, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import structlog
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.rules.course import Position
from game.rules.pack import Pack
from game.rules.round import Kind, NotPlayable, Setting, Tally
from game.rules.stored import Unreadable
from game.rules.view import TypedText, View
from game.store.prepared import Prepared
from game.store.tables import BriefRow, Player, Recommendation, RoundRow, Submission, Team, Workshop
from game.workshop import setting

log = structlog.get_logger()
HERE = Prepared(
    select(
        func.count().label("players"),
        func.count(Player.socket).label("online"),
    ).where(Player.workshop_id == bindparam("workshop"), Player.removed_at.is_(None))
)
GIVEN = Prepared(
    select(
        func.count().label("answers"),
        func.count(func.distinct(Submission.player_id)).label("people"),
    ).where(Submission.round_id == bindparam("round"))
)
NAMED = Prepared(
    select(func.count().label("leads")).where(Recommendation.round_id == bindparam("round"))
)
TEAMS = Prepared(
    select(Team.id, Team.name, Team.shape, func.count(Player.id).label("size"))
    .outerjoin(Player, (Player.team_id == Team.id) & Player.removed_at.is_(None))
    .where(Team.workshop_id == bindparam("workshop"))
    .group_by(Team.id)
    .order_by(Team.place)
)


AGENDA = (
    select(RoundRow)
    .where(RoundRow.workshop_id == bindparam("workshop"), RoundRow.after.is_(False))
    .order_by(RoundRow.place, RoundRow.id)
)


class TeamNow(NamedTuple):
    """A team, and how many are in it."""

    id: str
    name: str
    shape: str
    size: int


@dataclass(frozen=True)
class Counts:
    """How many there are: never who."""

    players: int = 0
    online: int = 0
    answers: int = 0
    people: int = 0
    leads: int = 0

    @property
    def offline(self) -> int:
        """Players whose phone is not connected now."""
        return self.players - self.online


@dataclass(frozen=True)
class State:
    """A workshop as stored, with the kind and setting of its current round.

    A round whose kind is not installed, or that cannot be played, has neither.
    """

    workshop: Workshop
    agenda: Sequence[RoundRow]
    current: RoundRow | None
    brief: BriefRow | None
    kind: Kind | None = None
    setting: Setting | None = None

    @cached_property
    def pages(self) -> int:
        """How many pages the reveal of the current round has, 1 or more."""
        if not (self.kind and self.setting and self.current and self.current.result is not None):
            return 1
        try:
            return self.kind.pages(self.setting, self.current.result)
        except Unreadable:
            return 1

    def view(self, audience: str, tally: Tally | None = None) -> View | None:
        """What the current round shows to an audience; None where it can't be shown.

        A result that an older release stored, and that its kind cannot read any more, is no
        reason for a screen to fail.
        """
        if self.kind is None or self.setting is None or self.current is None:
            return None
        result = self.current.result if self.current.phase == "revealed" else None
        try:
            return self.kind.view(self.setting, audience, result, tally)
        except Unreadable as error:
            log.warning("round_unreadable", kind=self.kind.name, error=str(error))
            return None

    @property
    def texts(self) -> tuple[TypedText, ...]:
        """What the room typed in the current round, for the facilitator's eye: from its close."""
        row = self.current
        if row is None or self.kind is None or self.setting is None or row.result is None:
            return ()
        try:
            return self.kind.view(self.setting, "remote", row.result, None).texts
        except Unreadable:
            return ()

    @property
    def stage(self) -> str:
        """Where the room stands: in a round only where there is one to be in."""
        stage = self.workshop.stage
        return "lobby" if stage == "round" and self.current is None else stage

    @property
    def number(self) -> int:
        """The current round's place in the agenda, from 1; 0 before the first."""
        if self.current is None:
            return 0
        ids = [row.id for row in self.agenda]
        return len(ids) if self.current.after else ids.index(self.current.id) + 1

    @property
    def played(self) -> RoundRow:
        """The round that the room is in. Raises Refusal('no_round'), or ('workshop_over')."""
        if self.current is None:
            raise Refusal("no_round")
        if self.current.after:
            raise Refusal("workshop_over")
        return self.current

    @property
    def coming(self) -> RoundRow | None:
        """The round that is presented next: the current one while it waits, else the next."""
        row = self.current
        if row and row.phase not in ("closed", "revealed") and self.workshop.stage == "round":
            return row
        return self.agenda[self.number] if self.number < len(self.agenda) else None

    @property
    def position(self) -> Position:
        """Where the room stands, for the rules of its course."""
        more = self.number < len(self.agenda)
        if self.current is None:
            return Position(self.stage, more_rounds=more, boards=self.workshop.boards)
        return Position(
            *(self.workshop.stage, self.current.phase, self.current.page, self.pages, more),
            boards=self.workshop.boards,
        )


def agenda_of(session: Session, workshop_id: str) -> list[RoundRow]:
    """The rounds of a workshop, in order, without the one that comes after it."""
    return list(session.scalars(AGENDA, {"workshop": workshop_id}))


def agenda_before(session: Session, row: RoundRow) -> list[RoundRow]:
    """The rounds that come before one in its workshop, in order."""
    rows = agenda_of(session, row.workshop_id)
    return rows if row.after else rows[: [each.id for each in rows].index(row.id)]


def load(session: Session, workshop_id: str, pack: Pack) -> State | None:
    """A workshop's state, in the words of `pack`; None where there is no such workshop."""
    workshop = session.get(Workshop, workshop_id)
    if workshop is None:
        return None
    agenda = agenda_of(session, workshop_id)
    current = session.get(RoundRow, workshop.round_id) if workshop.round_id else None
    brief = session.get(BriefRow, current.brief_id) if current and current.brief_id else None
    if current is None:
        return State(workshop, agenda, None, None)
    earlier = agenda if current.after else agenda[: agenda.index(current)]
    try:
        kind, where = setting.of_round(current, workshop, brief, pack, earlier)
    except NotPlayable:
        return State(workshop, agenda, current, brief)
    return State(workshop, agenda, current, brief, kind, where)


def at(session: Session, packs: Mapping[str, Pack], workshop_id: str) -> State:
    """The state of a workshop that is there, in its own language."""
    workshop = session.get_one(Workshop, workshop_id)
    loaded = load(session, workshop_id, packs[workshop.lang])
    assert loaded is not None
    return loaded


def counts(session: Session, workshop_id: str, round_id: str | None) -> Counts:
    """How many players there are and are connected, and what this round has brought so far."""
    connection = session.connection()
    here = HERE.all(connection, workshop=workshop_id)[0]
    if round_id is None:
        return Counts(here.players, here.online)
    given = GIVEN.all(connection, round=round_id)[0]
    leads = NAMED.all(connection, round=round_id)[0].leads
    return Counts(here.players, here.online, given.answers, given.people, leads)


def teams_of(session: Session, workshop_id: str) -> list[TeamNow]:
    """The teams of a workshop, in their order."""
    return [TeamNow(*row) for row in TEAMS.raw(session.connection(), workshop=workshop_id)]
