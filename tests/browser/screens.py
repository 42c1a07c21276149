"""Every page and screen there is, in one world: a workshop that is played, a pool with a lead."""

from collections.abc import Iterator
from pathlib import Path

import requests
from sqlalchemy import update

from game.store.tables import Lead, RoundRow, Workshop
from tests.serving import Phone, Remote, Server, Staff, lead

STAGES = ("lobby", "board", "podium", "ended")
PHASES = ("briefing", "open", "closed", "revealed")


class World:
    """A server, its administrator, and a workshop in the middle of a round."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder).start()
        self.staff: Staff = self.server.admin()
        self.workshop = self.staff.demo()
        self.phone = Phone(self.server, self.workshop).play()
        self.remote = Remote(self.staff, self.workshop)
        round_id = str(self.remote.until("round", "open")["round"])
        assert self.phone.submit(round_id, lead())["ok"]
        store = self.server.store()
        with store.session() as session:
            self.lead_id = str(session.query(Lead.id).limit(1).scalar())
            mine = session.query(RoundRow).filter_by(workshop_id=self.workshop["id"])
            self.rounds = [row.id for row in mine.order_by(RoundRow.place)]
        store.close()

    def end(self) -> None:
        self.phone.wire.close()
        self.remote.wire.close()
        self.server.kill()

    def speak(self, lang: str) -> None:
        """The workshop's language and the administrator's."""
        store = self.server.store()
        with store.session() as session:
            session.execute(update(Workshop).values(lang=lang))
            session.commit()
        store.close()
        self.staff.http.post(f"{self.server.url}/lang/{lang}")

    def previews(self, surface: str) -> Iterator[str]:
        """The address of every screen of a surface, with made-up players."""
        base = f"/workshops/{self.workshop['id']}/preview/{surface}"
        yield from (f"{base}/{stage}" for stage in STAGES)
        yield from (f"{base}/{one}/{phase}" for one in self.rounds for phase in PHASES)

    def pages(self) -> Iterator[tuple[requests.Session, str]]:
        """(who asks, path) of every page: a stranger's, a player's, the staff's."""
        workshop, code = self.workshop["id"], self.workshop["code"]
        stranger = requests.Session()
        for path in ("/", f"/{code}", "/sign-in", "/NOSUCH", f"/projector/{self.workshop['key']}"):
            yield stranger, path
        yield self.phone.http, f"/{code}"
        own = ("", "/preview")
        for path in (
            *("/workshops", "/desk/leads", "/account", "/users", "/no/such/page"),
            *(f"/workshops/{workshop}{part}" for part in own),
            *(f"/remote/{workshop}", f"/desk/leads/{self.lead_id}"),
        ):
            yield self.staff.http, path
