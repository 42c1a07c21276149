"""Occasions at which people enter themselves, their cards, and how many came by each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_from, day_of
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.rules.person import squeeze
from game.store.tables import Arrival, GuestCard, Occasion, Recommendation, ToldOrigin

CHANNELS = {
    "stand": "fair",
    "school": "school",
    "afterwork": "afterwork",
    "community": "online-community",
}
MOST = {"name": 120, "place": 120, "posted": 300}
OPEN_FOR = timedelta(days=30)  # after its day, unless somebody says otherwise
LONGEST = timedelta(days=366)
LATE = timedelta(days=30)  # how long a screen without a line keeps what was typed
NEAR = 2 * LONGEST  # from today, either way
HOSTS = 300  # cards of one occasion
HOST = 80  # letters of a host's name


@dataclass(frozen=True)
class Counted:
    """A host, or nobody for the occasion's own card and screen; and how many came by them."""

    host: str
    count: int


def make(session: Session, typed: Mapping[str, str], lang: str, by: str | None) -> Occasion:
    """A new occasion, with a card of its own. Raises Refusal with the faults at their fields."""
    values = {name: squeeze(typed.get(name, "")) for name in MOST}
    faults = {name: "too_long" for name, most in MOST.items() if len(values[name]) > most}
    if not values["name"]:
        faults["name"] = "missing"
    sort = typed.get("sort", "")
    if sort not in CHANNELS:
        faults["sort"] = "invalid"
    held_on = day_from(typed.get("held_on", ""))
    closes_on = day_from(typed.get("closes_on", "")) if typed.get("closes_on") else None
    if held_on is None:
        faults["held_on"] = "missing"
    elif abs(held_on - day_of(now_ms())) > NEAR:
        faults["held_on"] = "invalid"
    elif typed.get("closes_on") and not _is_possible(held_on, closes_on):
        faults["closes_on"] = "closes_before"
    if faults or held_on is None:
        raise Refusal("bad_input", faults)
    made = Occasion(
        **values,
        **{"sort": sort, "channel": CHANNELS[sort], "held_on": held_on, "lang": lang},
        closes_on=closes_on or held_on + OPEN_FOR,
        created_by=by,
        created_at=now_ms(),
    )
    session.add(made)
    session.flush()
    session.add(GuestCard(occasion_id=made.id, created_at=now_ms()))
    audit(session, by, "occasion_made", {"occasion": made.id})
    return made


def _is_possible(held_on: date, closes_on: date | None) -> bool:
    return closes_on is not None and held_on <= closes_on <= held_on + LONGEST


def add_hosts(session: Session, occasion_id: str, lines: str, by: str | None) -> int:
    """A card for each name, one a line; who has one keeps it. Raises Refusal."""
    occasion = of_id(session, occasion_id)
    names = dict.fromkeys(filter(None, map(squeeze, lines.splitlines())))
    there = {card.host for card in cards(session, occasion.id)}
    if not names:
        raise Refusal("bad_input", {"hosts": "missing"})
    if any(len(name) > HOST for name in names):
        raise Refusal("bad_input", {"hosts": "too_long"})
    fresh = [name for name in names if name not in there]
    if len(there) + len(fresh) > HOSTS:
        raise Refusal("bad_input", {"hosts": "too_many"})
    now = now_ms()
    session.add_all(GuestCard(occasion_id=occasion.id, host=name, created_at=now) for name in fresh)
    audit(session, by, "hosts_added", {"occasion": occasion.id, "cards": len(fresh)})
    return len(fresh)


def remove_card(session: Session, card_id: str, by: str | None) -> str:
    """A host's card opens nothing any more, and their name goes, also as who brought somebody.

    Returns the occasion.
    """
    card = session.get(GuestCard, card_id)
    if card is None or not card.host:
        raise Refusal("unknown_page")
    occasion_id = card.occasion_id
    audit(session, by, "host_removed", {"occasion": occasion_id})
    came = session.scalars(select(Arrival.id).where(Arrival.card_id == card.id))
    slots = [slot_of(id) for id in came]
    theirs = select(Recommendation.id).where(Recommendation.slot.in_(slots))
    told = update(ToldOrigin).where(ToldOrigin.recommender == card.host)
    session.execute(told.where(ToldOrigin.recommendation_id.in_(theirs)).values(recommender=""))
    session.delete(card)
    return occasion_id


def slot_of(arrival_id: str) -> str:
    """The slot of what somebody said of themselves in this form."""
    return f"occasion:{arrival_id}"[:48]


def close(session: Session, occasion_id: str, by: str | None) -> None:
    """From today on nobody comes in by it any more."""
    occasion = of_id(session, occasion_id)
    occasion.closes_on = min(occasion.closes_on, day_of(now_ms()) - timedelta(days=1))
    audit(session, by, "occasion_closed", {"occasion": occasion_id})


def of_id(session: Session, occasion_id: str) -> Occasion:
    """The occasion. Raises Refusal where there is none."""
    found = session.get(Occasion, occasion_id)
    if found is None:
        raise Refusal("unknown_page")
    return found


def of_stand(session: Session, key: str) -> Occasion:
    """The occasion that a screen stands at; also a closed one: what waits there may still come."""
    found = session.scalar(select(Occasion).where(Occasion.stand_key == key))
    if found is None:
        raise Refusal("unknown_page")
    return found


def of_board(session: Session, key: str) -> Occasion:
    """The occasion that a board is of. Raises Refusal."""
    found = session.scalar(select(Occasion).where(Occasion.board_key == key))
    if found is None:
        raise Refusal("unknown_page")
    return found


def of_card(session: Session, key: str) -> tuple[Occasion, GuestCard]:
    """The occasion that a card leads to. Raises Refusal, also where it is over."""
    card = session.scalar(select(GuestCard).where(GuestCard.key == key))
    if card is None:
        raise Refusal("unknown_page")
    occasion = session.get_one(Occasion, card.occasion_id)
    if not is_open(occasion):
        raise Refusal("unknown_page")
    return occasion, card


def is_open(occasion: Occasion) -> bool:
    """Are people taken in today?"""
    return occasion.closes_on >= day_of(now_ms())


def takes_late(occasion: Occasion) -> bool:
    """May what a screen kept without a line still come?"""
    return occasion.closes_on + LATE >= day_of(now_ms())


def cards(session: Session, occasion_id: str) -> Sequence[GuestCard]:
    """All cards: the occasion's own first, then by host."""
    rows = select(GuestCard).where(GuestCard.occasion_id == occasion_id)
    return session.scalars(rows.order_by(GuestCard.host, GuestCard.id)).all()


def listed(session: Session) -> list[tuple[Occasion, int]]:
    """All occasions, the newest first, each with how many people came by it."""
    counts = select(Arrival.occasion_id, func.count().label("n")).group_by(Arrival.occasion_id)
    came = counts.subquery()
    rows = select(Occasion, func.coalesce(came.c.n, 0)).outerjoin(
        came, came.c.occasion_id == Occasion.id
    )
    ordered = rows.order_by(Occasion.held_on.desc(), Occasion.created_at.desc())
    return [(row[0], row[1]) for row in session.execute(ordered)]


def board(session: Session, occasion_id: str) -> list[Counted]:
    """How many guests each host brought, by name, for nobody is ranked; those by nobody last."""
    came = (
        select(Arrival.card_id, func.count())
        .where(Arrival.occasion_id == occasion_id)
        .group_by(Arrival.card_id)
    )
    counts = {row[0]: row[1] for row in session.execute(came)}
    hosts = [card for card in cards(session, occasion_id) if card.host]
    by_host = [Counted(card.host, counts.pop(card.id, 0)) for card in hosts]
    return [*by_host, Counted("", sum(counts.values()))]
