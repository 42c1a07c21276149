"""A colleague's own link, good for a year by their own yes: their leads, and one more at any time.

It stands for the players that they were, workshop after workshop, whose data are kept until its
day. It opens nothing of a room: neither a board nor an answer that is not a lead. The colleague
ends it, or the house closes it – for one who has left – and whoever opens it then is told.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of, months_after
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.rules.facts import LeadRecommended
from game.rules.registry import kinds
from game.store.tables import Player, RoundRow, Workshop, YearLink, YearLinkPlayer
from game.workshop.play import Play, Sent

MONTHS = 12


class Home(NamedTuple):
    """Where what is said by a link goes to: the player, their workshop and a round of leads."""

    player_id: str
    workshop_id: str
    round_id: str
    invites: bool


class Open(NamedTuple):
    """A good link as the house sees it, without its key; `rooms` are the workshops' names."""

    id: str
    names: tuple[str, ...]
    rooms: tuple[str, ...]
    agreed_at: int
    until: date


class Next(NamedTuple):
    """The house's next workshop; `code` is empty as long as its door is not open."""

    name: str
    on: date
    starts_at: int | None
    code: str


def until() -> date:
    """The day on which a link that is agreed to today ends."""
    return months_after(day_of(now_ms()), MONTHS)


def make(session: Session, player_id: str, key: str = "") -> YearLink:
    """The player's link, for who agreed: theirs already, that of this key, or a new one.

    Raises Refusal where the house closed theirs.
    """
    if closed_of(session, player_id):
        raise Refusal("not_allowed")
    found = of_player(session, player_id)
    if found:
        return found
    found = _good(session, key) if key else None
    now = now_ms()
    link = found or YearLink(until=until(), agreed_at=now, created_at=now)
    link.until, link.agreed_at = until(), now
    session.add(link)
    leave(session, player_id)  # one that is over, which the daily job has not yet taken away
    session.flush()
    session.add(YearLinkPlayer(player_id=player_id, link_id=link.id))
    audit(session, None, "year_link_made", {"player": player_id})
    return link


def of_key(session: Session, key: str) -> YearLink:
    """The link that is still good. Raises Refusal."""
    found = _good(session, key)
    if found is None:
        raise Refusal("unknown_page")
    return found


def of_player(session: Session, player_id: str) -> YearLink | None:
    """The player's good link, if there is one."""
    return session.scalar(_mine(player_id).where(YearLink.closed_at.is_(None)))


def closed_of(session: Session, player_id: str) -> YearLink | None:
    """The player's link that the house closed, until its day."""
    return session.scalar(_mine(player_id).where(YearLink.closed_at.is_not(None)))


def _mine(player_id: str) -> Select[YearLink]:
    mine = select(YearLink).join(YearLinkPlayer, YearLinkPlayer.link_id == YearLink.id)
    return mine.where(YearLinkPlayer.player_id == player_id, YearLink.until >= day_of(now_ms()))


def _good(session: Session, key: str) -> YearLink | None:
    found = _of(session, key)
    return found if found and found.closed_at is None else None


def _of(session: Session, key: str) -> YearLink | None:
    today = day_of(now_ms())
    return session.scalar(select(YearLink).where(YearLink.key == key, YearLink.until >= today))


def is_closed(session: Session, key: str) -> bool:
    """Did the house close the link of this key?"""
    found = _of(session, key)
    return found is not None and found.closed_at is not None


def all_open(session: Session) -> list[Open]:
    """The links that are good, the newest first, by the names that colleagues gave themselves."""
    good = (YearLink.until >= day_of(now_ms()), YearLink.closed_at.is_(None))
    links = session.scalars(select(YearLink).where(*good).order_by(YearLink.agreed_at.desc()))
    return [_open(session, link) for link in links]


def _open(session: Session, link: YearLink) -> Open:
    rows = (
        select(Player.real_name, Player.nickname, Workshop.name)
        .join(YearLinkPlayer, YearLinkPlayer.player_id == Player.id)
        .join(Workshop, Workshop.id == Player.workshop_id)
        .where(YearLinkPlayer.link_id == link.id)
        .order_by(Player.joined_at.desc(), Player.id)
    )
    found = session.execute(rows).all()
    names = dict.fromkeys(real or nickname for real, nickname, _room in found)
    rooms = dict.fromkeys(room for _real, _nickname, room in found)
    return Open(link.id, tuple(names), tuple(rooms), link.agreed_at, link.until)


def close(session: Session, link_id: str, by: str | None) -> None:
    """The house closes a link; its players' data end when the notice says. Raises Refusal."""
    link = session.get(YearLink, link_id)
    if link is None or link.closed_at is not None:
        raise Refusal("unknown_page")
    link.closed_at = now_ms()
    audit(session, by, "year_link_closed", {"link": link.id})


def renew(session: Session, key: str) -> None:
    """One more year from today, by the colleague's own yes. Raises Refusal."""
    link = of_key(session, key)
    link.until, link.agreed_at = until(), now_ms()
    audit(session, None, "year_link_renewed", {"link": link.id})


def end(session: Session, key: str) -> None:
    """The link opens nothing any more; its players' data end when the notice says. Raises Refusal.

    Nothing is told of who had it: the entry names the link alone.
    """
    link = of_key(session, key)
    audit(session, None, "year_link_ended", {"link": link.id})
    session.execute(delete(YearLink).where(YearLink.id == link.id))


def leave(session: Session, player_id: str) -> None:
    """A player's data end: their link goes with the last of its players."""
    mine = session.get(YearLinkPlayer, player_id)
    if mine is None:
        return
    link_id = mine.link_id
    session.delete(mine)
    session.flush()
    others = select(YearLinkPlayer.player_id).where(YearLinkPlayer.link_id == link_id)
    if session.scalars(others.limit(1)).first() is None:
        session.execute(delete(YearLink).where(YearLink.id == link_id))


def players(session: Session, link: YearLink) -> Sequence[Player]:
    """Whom a link stands for, the newest first; who was shown out of a room is not."""
    mine = select(Player).join(YearLinkPlayer, YearLinkPlayer.player_id == Player.id)
    here = mine.where(YearLinkPlayer.link_id == link.id, Player.removed_at.is_(None))
    return session.scalars(here.order_by(Player.joined_at.desc(), Player.id)).all()


def home(session: Session, mine: Sequence[Player]) -> Home | None:
    """Where a lead goes to: the newest real workshop of these that has played a round of leads.

    What is said in a rehearsal is thrown away with it.
    """
    takes = [
        name
        for name, kind in kinds().items()
        if LeadRecommended in kind.facts and not kind.looks_back
    ]
    for player in mine:
        rows = select(RoundRow.id).join(Workshop, Workshop.id == RoundRow.workshop_id)
        rows = rows.where(
            Workshop.sort == "real",
            *(RoundRow.workshop_id == player.workshop_id, RoundRow.kind.in_(takes)),
            RoundRow.phase != "waiting",
        )
        found = session.scalars(rows.order_by(RoundRow.place.desc()).limit(1)).first()
        if found:
            invites = session.get_one(Workshop, player.workshop_id).capture == "invite"
            return Home(player.id, player.workshop_id, found, invites)
    return None


def add(play: Play, session: Session, key: str, id: str, raw: Mapping[str, object]) -> str:
    """One more lead, by the same rules as in the room; returns the workshop. Raises Refusal."""
    found = home(session, players(session, of_key(session, key)))
    if found is None:
        raise Refusal("no_round")
    if found.invites:
        raise Refusal("not_now")
    sent = Sent(found.player_id, found.round_id, id, raw, now_ms(), anytime=True)
    (outcome,) = play.many(session.connection(), [sent])
    if isinstance(outcome, Refusal):
        raise outcome
    return found.workshop_id


def next_workshop(session: Session, mine: Sequence[Player]) -> Next | None:
    """The next workshop for real that has a day, if there is one.

    Who was shown out of every room that their link stands for is told of none.
    """
    if not mine:
        return None
    today = day_of(now_ms())
    rows = select(Workshop).where(
        Workshop.sort == "real", Workshop.held_on >= today, Workshop.stage != "ended"
    )
    found = session.scalars(rows.order_by(Workshop.held_on, Workshop.id).limit(1)).first()
    if found is None or found.held_on is None:
        return None
    is_open = found.stage != "draft" and found.door_open
    return Next(found.name, found.held_on, found.starts_at, found.code if is_open else "")
