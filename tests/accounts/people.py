"""People who run things, and what they have, made straight in a server's database."""

import re
from dataclasses import dataclass
from datetime import date

import requests
from sqlalchemy.orm import Session

from game.accounts import user as accounts
from game.base.clock import now_ms
from game.base.config import load
from game.base.secret import secret_key
from game.store.base import new_id
from game.store.engine import Store
from game.store.tables import BriefRow, Helper, Lead, Nomination, Player, RoundRow, User, Workshop
from tests.serving import LONG, Server, Staff

ROLES = {
    "admin": "admin",
    "owner": "facilitator",
    "helper": "facilitator",
    "other": "facilitator",
    "recruiter": "recruiter",
    "dpo": "dpo",
}


class Person(Staff):
    """Somebody signed in, who knows the token of their forms."""

    def __init__(self, server: Server, user_id: str = "") -> None:
        super().__init__(server)
        self.user_id = user_id
        self.token = ""

    def ask(self, method: str, path: str, **form: str) -> requests.Response:
        """One request, redirects not followed; a form is sent with its token."""
        if not self.token:
            shown = self.get("/account").text
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
            self.token = found[1] if found else ""
        sent = {"data": {"csrf_token": self.token, **form}} if method != "GET" else {}
        return self.http.request(
            method, self._url(path), allow_redirects=False, timeout=LONG, **sent
        )


def person(server: Server, role: str, name: str = "") -> Person:
    """A new user of this role, signed in through a link."""
    secret = secret_key(load(instance_dir=server.folder, _env_file=None))
    store = server.store()
    with Session(store.writing) as s:
        user = accounts.add_user(s, f"{name or role}-{new_id()[:6]}@maison.fr", role)
        token, user_id = accounts.link_token(secret, user), user.id
        s.commit()
    store.close()
    made = Person(server, user_id)
    made.use_link(f"{server.url}/sign-in/link/{token}")
    return made


@dataclass(frozen=True)
class Things:
    """A workshop with a round, a brief and a nomination, and two leads of the pool."""

    workshop_id: str
    round_id: str
    brief_id: str
    lead_id: str
    other_id: str
    nomination_id: str
    code: str
    key: str


def things(server: Server, owner_id: str, helper_id: str) -> Things:
    """A new set."""
    store = server.store()
    try:
        return things_in(store, owner_id, helper_id)
    finally:
        store.close()


def things_in(store: Store, owner_id: str, helper_id: str) -> Things:
    """A new set, in a database that stays open for the next one."""
    made = Things(*(new_id() for _ in range(6)), new_id()[:8].upper(), new_id())
    now = now_ms()
    with Session(store.writing) as s:
        workshop = Workshop(
            id=made.workshop_id,
            name="Atelier",
            code=made.code,
            projector_key=made.key,
            created_by=owner_id,
            created_at=now,
        )
        s.add(workshop)
        s.flush()
        s.add(Helper(workshop_id=made.workshop_id, user_id=helper_id, at=now))
        brief = BriefRow(
            id=made.brief_id, workshop_id=made.workshop_id, key="k", title="Poste", must_haves=[]
        )
        round_row = RoundRow(
            id=made.round_id, workshop_id=made.workshop_id, place=0, kind="spot", seconds=60
        )
        s.add_all((brief, round_row))
        player = Player(
            workshop_id=made.workshop_id, nickname=made.lead_id, folded=made.lead_id, joined_at=now
        )
        s.add(player)
        s.flush()
        s.add(
            Nomination(
                id=made.nomination_id,
                player_id=player.id,
                round_id=made.round_id,
                workshop_id=made.workshop_id,
                slot="expert:abcd",
                nominee="Solenn",
                subject="la paie",
                at=now,
            )
        )
        for id in (made.lead_id, made.other_id):
            s.add(Lead(id=id, name=f"Malo {id[:4]}", inform_by=date(2026, 1, 1), created_at=now))
        s.commit()
    return made


def user_ids(server: Server) -> set[str]:
    """Who there is."""
    store = server.store()
    with store.session() as s:
        found = {user.id for user in s.query(User)}
    store.close()
    return found
