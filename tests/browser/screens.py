"""Every page and screen there is, in one world: a workshop that is played, a pool with leads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import requests
from playwright.sync_api import Page
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.languages import SOURCE
from game.store.tables import BriefRow, Invitation, Lead, Nomination, Player, RoundRow, Workshop
from game.workshop import year_link
from tests.serving import Phone, Remote, Server, Staff, lead

STAGES = ("lobby", "board", "podium", "ended")
PHASES = ("briefing", "open", "closed", "revealed")
NAMED = {"fr": "Solenn Kerguelen", "en": "Tamsin Fairweather"}
NICKNAMED = {"fr": "Mélisse tendre", "en": "Gentle Balm"}
EXPERT = {
    "fr": ("la paie", "vingt ans de métier"),
    "en": ("payroll", "twenty years of it"),
}
EXPERT_KEYS = tuple(f"{letter * 20}zz" for letter in "abc")
FORGET_TOKEN = "document.querySelectorAll('main [name=csrf_token]').forEach((one) => one.remove())"


class Act(NamedTuple):
    """A page that only a press leads to: who goes where, and what is done there."""

    name: str
    http: requests.Session
    path: str
    do: Callable[[Page], object]


def pressed(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.click()


def sent_late(page: Page) -> None:
    """Sends a form whose token has had its time."""
    page.locator("main [name=name]").first.fill("Solenn")
    page.evaluate(FORGET_TOKEN)
    page.locator("main .form [type=submit]").first.click()


def written_badly(page: Page) -> None:
    """Begins a position, writes one field of its first item, and saves."""
    page.locator("main [name=title]").fill("Soudeuse sous-marine")
    page.locator("main [type=submit]").click()
    page.locator("main summary").first.click()
    page.locator("main .own-row input:visible").first.fill("Un critère")
    page.locator("main .form > [type=submit]").first.click()


class World:
    """A server, its administrator, a workshop in the middle of a round, and one that is over."""

    def __init__(self, folder: Path, lang: str = SOURCE, **env: str) -> None:
        self.lang = lang
        self.server = Server(folder, **env).start()
        try:
            self._play()
        except BaseException:
            self.server.kill()  # a world that cannot be made leaves no server behind
            raise

    def _play(self) -> None:
        self.staff: Staff = self.server.admin()
        self.staff.http.post(f"{self.server.url}/lang/{self.lang}")
        over = Remote(self.staff, self.staff.demo())
        over.until("ended")  # for its results
        over.wire.close()
        self.workshop = self.staff.demo()
        called = NICKNAMED.get(self.lang, NICKNAMED[SOURCE])
        self.phone = Phone(self.server, self.workshop, called).play()
        self.remote = Remote(self.staff, self.workshop)
        round_id = str(self.remote.until("round", "open")["round"])
        said = {"name": NAMED.get(self.lang, NAMED[SOURCE])}
        assert self.phone.submit(round_id, lead(**said))["ok"]
        twin = lead("lead:aaaa0002", company="", reach_value="06 12 34 56 88", **said)
        assert self.phone.submit(round_id, twin)["ok"]
        self._remember()

    def _remember(self) -> None:
        store = self.server.store()
        with store.session() as session:
            # a write that comes first waits for its turn
            session.execute(update(Workshop).values(version=Workshop.version))
            self.lead_ids = [str(id) for id in session.scalars(select(Lead.id))]
            mine = session.query(RoundRow).filter_by(workshop_id=self.workshop["id"])
            self.rounds = [row.id for row in mine.order_by(RoundRow.place)]
            briefs = session.query(BriefRow).filter_by(workshop_id=self.workshop["id"])
            self.brief_id = briefs.first().id  # type: ignore[union-attr]
        with Session(store.writing) as session:
            player = session.scalar(select(Player.id).where(Player.nickname == self.phone.nickname))
            self.year = f"/year/{year_link.make(session, str(player)).key}"
            given = Invitation(round_id=self.rounds[0], workshop_id=self.workshop["id"], at=1)
            given.player_id = player
            session.add(given)
            session.flush()
            self.invitation = f"/invitation/{given.key}"
            session.commit()
        store.close()

    def end(self) -> None:
        self.phone.wire.close()
        self.remote.wire.close()
        self.server.kill()

    def speak(self, lang: str) -> None:
        """The workshop's language and the administrator's; who was named is asked anew."""
        store = self.server.store()
        with Session(store.writing) as session:
            session.execute(update(Workshop).values(lang=lang))
            session.query(Nomination).delete()
            for number, key in enumerate(EXPERT_KEYS):
                session.add(self._nomination(number, key, lang))
            session.commit()
        store.close()
        self.staff.http.post(f"{self.server.url}/lang/{lang}")

    def _nomination(self, number: int, key: str, lang: str) -> Nomination:
        subject, why = EXPERT.get(lang, EXPERT[SOURCE])
        return Nomination(
            key=key,
            round_id=self.rounds[0],
            workshop_id=self.workshop["id"],
            slot=f"expert:{number:08}",
            nominee=NAMED.get(lang, NAMED[SOURCE]),
            subject=subject,
            why=why,
            at=now_ms(),
        )

    def previews(self, surface: str) -> Iterator[str]:
        """The address of every screen of a surface, with made-up players."""
        base = f"/workshops/{self.workshop['id']}/preview/{surface}"
        yield from (f"{base}/{stage}" for stage in STAGES)
        yield from (f"{base}/{one}/{phase}" for one in self.rounds for phase in PHASES)

    def pages(self) -> Iterator[tuple[requests.Session, str]]:
        """(who asks, path) of every page: a stranger's, a contact's, a player's, the staff's."""
        workshop, code = self.workshop["id"], self.workshop["code"]
        stranger = requests.Session()
        for path in (
            *("/", f"/{code}", "/sign-in", "/sign-in/link/used", "/NOSUCH"),
            "/sign-in/forgotten",
            *(f"/projector/{self.workshop['key']}", f"/{code}/move/given"),
            *(f"/{code}/here", "/remote/by/used", f"/{code}/warm-up"),
            *(f"/expert/{EXPERT_KEYS[0]}", f"/expert/{'n' * 22}"),
        ):
            yield stranger, path
        yield from ((stranger, path) for path in ("/back", self.invitation))
        own_pages = (f"/{code}", f"/{code}/mine/ways", f"/{code}/mine/year", self.year)
        yield from ((self.phone.http, path) for path in own_pages)
        own = ("", "/preview?at=2", "/delete", f"/briefs/{self.brief_id}", "/copy")
        own += ("/report", "/check", "/briefs/new", "/look", "/content")
        for path in (
            *("/workshops", "/desk/workshops", "/account", "/users", "/no/such/page"),
            *("/account/second", "/positions"),
            *("/desk/results", "/desk/places", "/desk/nominees", "/desk/mix", "/desk/agenda"),
            *("/desk/messages", "/desk/messages/new?from=notice", "/desk/rules", "/desk/calendar"),
            *("/desk/again", f"/desk/again/{self.brief_id}", "/desk?sort=name"),
            f"/desk/leads/{self.lead_ids[0]}/write",
            *("/desk/references", "/desk/employers?naf=62.01Z", "/law/year-links"),
            *("/integrations", "/integrations/webhooks", "/integrations/chat", "/api/docs"),
            *("/law/texts", "/desk/management", "/desk/targets/greenhouse"),
            *(
                "/law",
                "/law/company",
                "/law/audit",
                "/law/notice",
                f"/law/papers/{self.lang}/register-entry",
            ),
            *(f"/workshops/{workshop}{part}" for part in own),
            *(f"/remote/{workshop}", f"/desk/leads/{self.lead_ids[0]}"),
            f"/desk/leads/{self.lead_ids[0]}/erase",
        ):
            yield self.staff.http, path

    def acts(self) -> Iterator[Act]:
        """Every page that only a press leads to."""
        stranger, staff = requests.Session(), self.staff.http
        accept, decline = (pressed(f"[value={answer}]") for answer in ("accepted", "declined"))
        yield Act("accepted", stranger, f"/expert/{EXPERT_KEYS[1]}", accept)
        yield Act("answered already", stranger, f"/expert/{EXPERT_KEYS[1]}", lambda page: None)
        yield Act("declined", stranger, f"/expert/{EXPERT_KEYS[2]}", decline)
        move = f"/{self.workshop['code']}/move/given"
        yield Act("a used move", stranger, move, pressed("main [type=submit]"))
        yield Act("sign-in refused", stranger, "/sign-in", pressed("main [type=submit]"))
        yield Act("a link for a user", staff, "/users", pressed("main td [type=submit]"))
        yield Act("no user", staff, "/users", pressed("main .form [type=submit]"))
        yield Act("a nominee's link", staff, "/desk/nominees", pressed("main [type=submit]"))
        one = f"/desk/leads/{self.lead_ids[0]}"
        yield Act("no verdict", staff, one, pressed("[action$=verdict] [type=submit]"))
        yield Act("merged", staff, one, pressed("[action*='/merge/'] [type=submit]"))
        yield Act("parted", staff, one, pressed("[action*='/part/'] [type=submit]"))
        yield Act("a position with faults", staff, "/positions", written_badly)
        yield Act("a form sent late", staff, "/account", sent_late)
