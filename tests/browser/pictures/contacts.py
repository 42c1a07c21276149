"""A contact's own page, the reverse interview from both sides, and what is left at the end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.slots import FORM
from game.store.tables import Colleague, Interview, Lead
from tests.browser.pictures.state import State, filled, sent, then
from tests.browser.pictures.whole import Whole

TOPICS = {"fr": "le chantier, les horaires", "en": "the yard, the hours"}
ASKED = {"fr": "Qui décide, un jour ordinaire ?", "en": "Who decides, on an ordinary day?"}
PLACE = {"fr": "Devant la grille", "en": "At the gate"}


def contact_link(world: Whole) -> str:
    """The first lead's private page."""
    lead = f"/desk/leads/{world.lead_ids[0]}"
    shown = world.staff.post(f"{lead}/link", {}, lead).text
    found = shown.partition("/contact/")[2]
    return "/contact/" + found.split('"')[0].split("<")[0].split("&")[0].strip()


def colleague_link(world: Whole) -> str:
    """A colleague's own page, who was just added."""
    who = {"name": "Camille Bernard", "mail": f"camille-{world.lang}@maison.fr", "lang": world.lang}
    world.staff.post("/desk/colleagues", who, "/desk/colleagues")
    store = world.server.store()
    with store.session() as s:
        key = s.scalar(select(Colleague.key))
    store.close()
    return f"/colleague/{key}"


def reachable(world: Whole) -> None:
    """The first lead has a mail, without which nobody is invited to talk."""
    store = world.server.store()
    with Session(store.writing) as s:
        mail = f"{world.lead_ids[0].lower()}@exemple.fr"
        s.execute(update(Lead).where(Lead.id == world.lead_ids[0]).values(mail=mail))
        s.commit()
    store.close()


def over(world: Whole) -> None:
    """The moment that was agreed on has passed."""
    store = world.server.store()
    with Session(store.writing) as s:
        s.execute(update(Interview).values(at=now_ms() - 1000))
        s.commit()
    store.close()


def ticked(*selectors: str) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        for one in selectors:
            page.locator(one).first.check(force=True)

    return do


def talk(world: Whole, contact: str, friend: str) -> Iterator[State]:
    """From the colleague's offer to what the candidate says of it."""
    lang = world.lang
    soon = (datetime.now(UTC) + timedelta(days=3)).strftime(FORM)
    offered = then(filled(topics=TOPICS[lang]), ticked("[name=ways][value=walk]"), sent)
    asked = then(
        ticked("[name=colleague]", "[name=way][value=walk]"),
        filled(own=ASKED[lang], slot=soon),
        sent,
    )
    lead = f"/desk/leads/{world.lead_ids[0]}"
    yield State("phone", "colleague, before", friend)
    yield State("phone", "colleague, offered", friend, offered)
    world.staff.post(f"{lead}/talk", {"why": "offer"}, lead)
    yield State("phone", "talk, to ask", f"{contact}/talk")
    yield State("phone", "talk, asked with faults", f"{contact}/talk", sent)
    yield State("phone", "talk, asked", f"{contact}/talk", asked)
    yield State("phone", "colleague, asked", friend)
    yield State("phone", "colleague, agreed", friend, then(filled(place=PLACE[lang]), sent))
    yield State("phone", "talk, agreed", f"{contact}/talk")
    over(world)
    yield State("phone", "talk, to tell", f"{contact}/talk")
    yield State("phone", "talk, told", f"{contact}/talk", then(ticked("[name=helped]"), sent))
    yield State("pages", "lead with a talk", lead, http=world.staff.http)


def states(world: Whole) -> Iterator[State]:
    """The page as it is first, the talk, then each of its ends; the last erases the person."""
    reachable(world)
    contact, friend = contact_link(world), colleague_link(world)

    def pressed(what: str) -> Callable[[Page], None]:
        def do(page: Page) -> None:
            page.locator(f"form[action$='/{what}'] [type=submit]").first.click()
            page.wait_for_load_state()

        return do

    def corrected(page: Page) -> None:
        page.locator("details summary").first.click()
        pressed("correct")(page)

    yield State("phone", "contact", contact)
    yield State("phone", "contact, stays", contact, pressed("stay"))
    yield State("phone", "contact, corrected", contact, corrected)
    yield from talk(world, contact, friend)
    yield State("phone", "contact, objected", contact, pressed("object"))
    yield State("phone", "contact, erased", contact, pressed("erase"))
    yield State("phone", "contact, gone", contact)
