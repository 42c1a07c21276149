"""A stand's screen, cards and an evening's board, in each of their states."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import requests
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.pool import occasion
from game.store.tables import GuestCard
from tests.browser.pictures.state import State, filled, sent, then
from tests.browser.pictures.whole import Whole

SAID = {
    "fr": ("Soirée du port", "Forum des métiers", "Porte ouverte d’hier"),
    "en": ("Evening at the harbour", "Careers fair", "Yesterday’s open day"),
}
HOSTS = (
    "Camille Berthou",
    "Gaël Nédélec",
    "Inès Carrel",
    "Jonas Weber",
    "Maud Le Bris",
    "Théo Riou",
)
GUEST = {"name": "Nolwenn Le Gall", "mail": "nolwenn@exemple.fr"}


@dataclass(frozen=True)
class Place:
    """Addresses of an occasion: its desk page, its screen, its board, and a host's card."""

    desk: str
    page: str
    board: str
    card: str
    own: str


def place(
    world: Whole, name: str, sort: str, hosts: tuple[str, ...], *, over: bool = False
) -> Place:
    """An occasion of today with these hosts, or one that was closed yesterday."""
    store = world.server.store()
    with Session(store.writing) as s:
        typed = {"name": name, "sort": sort, "place": "Quai 9"}
        made = occasion.make(
            s, {**typed, "held_on": day_of(now_ms()).isoformat()}, world.lang, None
        )
        if hosts:
            occasion.add_hosts(s, made.id, "\n".join(hosts), None)
        if over:
            made.closes_on = day_of(now_ms()) - timedelta(days=1)
        s.flush()
        key = s.scalars(
            select(GuestCard.key)
            .where(GuestCard.occasion_id == made.id)
            .order_by(GuestCard.host.desc())
        ).first()
        found = Place(
            f"/desk/occasions/{made.id}",
            f"/stand/{made.stand_key}/",
            f"/evening/{made.board_key}",
            f"/hello/{key}",
            f"/card/{key}",
        )
        s.commit()
    store.close()
    return found


def come(world: Whole, at: Place, guests: int) -> None:
    """Guests enter themselves by the occasion's cards, the hosts in turn."""
    store = world.server.store()
    with store.session() as s:
        here = at.desk.rpartition("/")[2]
        cards = list(s.scalars(select(GuestCard.key).where(GuestCard.occasion_id == here)))
    store.close()
    for n in range(guests):
        url = f"{world.server.url}/hello/{cards[n * n % len(cards)]}"
        version = requests.get(url, timeout=60).text.partition('name="notice" value="')[2]
        typed = {"name": f"Personne {n} Imaginaire", "mail": f"p{n}@exemple.fr", "agree": "1"}
        notice = version.partition('"')[0]
        requests.post(url, {**typed, "page": secrets.token_hex(16), "notice": notice}, timeout=60)


def agreed(page: Page) -> None:
    page.locator("main [name=agree]").check(force=True)


def thanked(page: Page) -> None:
    then(filled(**GUEST), agreed, sent)(page)
    page.locator("[data-thanks]").wait_for()


def cut_off(page: Page) -> None:
    """The line goes, and a visitor comes all the same."""
    page.context.set_offline(True)
    thanked(page)
    page.locator("[data-next]").click()
    page.locator("[data-waiting]").wait_for()


def states(world: Whole) -> Iterator[State]:
    """The screen of a stand, then an evening by its cards, then what is closed."""
    evening, fair, over = SAID[world.lang]
    stand = place(world, fair, "stand", ())
    for group in ("tablet", "phone"):
        yield State(group, "stand", stand.page)
        yield State(group, "stand, typed", stand.page, then(filled(**GUEST), agreed))
        yield State(group, "stand, with faults", stand.page, sent)
        yield State(group, "stand, thanked", stand.page, thanked)
        yield State(group, "stand, off line", stand.page, cut_off)
    party = place(world, evening, "afterwork", HOSTS)
    yield State("projector", "evening, nobody yet", party.board)
    come(world, party, 17)
    yield State("projector", "evening", party.board)
    yield State("phone", "card of a host", party.own)
    yield State("phone", "guest", party.card)
    yield State("phone", "guest, with faults", party.card, sent)
    yield State("phone", "guest, thanked", party.card, then(filled(**GUEST), agreed, sent))
    staff = world.staff.http
    yield State("pages", "occasion", party.desk, http=staff)
    yield State("pages", "occasion, cards", f"{party.desk}/cards", http=staff)
    yield State("paper", "occasion, cards", f"{party.desk}/cards", http=staff)
    closed = place(world, over, "stand", ("Camille Berthou",), over=True)
    yield State("tablet", "stand, closed", closed.page)
    yield State("projector", "evening, closed", closed.board)
    yield State("phone", "guest, closed", closed.card)
