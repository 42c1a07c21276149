"""A recruiter at the desk after a workshop, without a socket: pages by Flask's own client."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from game import create_app
from game.accounts import user as accounts
from game.base.config import load
from game.context import Game
from game.store.tables import AuditEntry, BriefRow, Lead, Player, RoundRow, Verdict
from tests.databases import lay_tables
from tests.table import SLOTS, Table, said

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SLOTS_ENOUGH = [f"lead:monday{n:02}" for n in range(30)]


class Desk(Table):
    """Two players in a round of leads, and a recruiter signed in at the desk."""

    def __init__(self, game: Game, client: FlaskClient) -> None:
        super().__init__(game.store)
        self.game = game
        self.client = client
        self.play = game.play
        self.me = self.sign_in("recruiter")
        with Session(self.store.writing) as s:
            brief = BriefRow(workshop_id=self.room.id, key="k", title="Soudeuse", must_haves=[])
            s.add(brief)
            s.flush()
            s.get_one(RoundRow, self.room.rounds[0]).brief_id = brief.id
            s.commit()

    def sign_in(self, role: str) -> str:
        """Signs somebody in, in the place of whoever was; returns who."""
        with Session(self.store.writing) as s:
            user = accounts.add_user(s, f"{role}@maison.fr", role)
            token, id = accounts.link_token(self.game.secret, user), user.id
            s.commit()
        path = f"/sign-in/link/{token}"
        shown = self.client.get(path).text
        self.client.post(path, data={"csrf_token": TOKEN.findall(shown)[0]})
        return id

    def bring(self, count: int, player: int = 0) -> list[str]:
        """So many people are named, each in a slot of its own; their leads, oldest first."""
        for n in range(count):
            who = said(SLOTS[0], n % 6)
            raw = {**who, "slot": SLOTS_ENOUGH[n], "name": f"Personne {n:02} Imaginaire"}
            raw["reach_value"] = f"06 12 34 57 {n:02}"
            assert self.submit(player, raw)["ok"]
        rows = self.read(select(Lead.id).order_by(Lead.created_at, Lead.id))
        return [row[0] for row in rows]

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def read_page(self, path: str) -> str:
        """A page, with the signs of a keyboard instead of those of print."""
        return plain(self.get(path).text)

    def post(self, path: str, **form: Any) -> TestResponse:
        token = TOKEN.findall(self.client.get("/desk/workshops").text)[0]
        return self.client.post(path, data={"csrf_token": token, **form})

    def verdicts(self) -> dict[str, str]:
        return {row[0]: row[1] for row in self.read(select(Lead.id, Lead.verdict))}

    def actions(self) -> dict[str, int]:
        rows = select(AuditEntry.action, func.count()).group_by(AuditEntry.action)
        return {row[0]: row[1] for row in self.read(rows)}

    def count_given(self) -> int:
        return int(self.read(select(func.count()).select_from(Verdict))[0][0])


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """Opened on a database of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet's notice
        lay_tables(folder / "sourcerie.db")
        app = create_app(load(instance_dir=folder, database_url=""), serving=False)
    game = app.extensions["sourcerie"]
    try:
        yield Desk(game, app.test_client())
    finally:
        game.stop()


def plain(page: str) -> str:
    """Text with the signs of a keyboard instead of those of print."""
    for printed, typed in (("\u2019", "'"), ("\u202f", " "), ("\xa0", " "), ("&#39;", "'")):
        page = page.replace(printed, typed)
    return page


def shown_lead(page: str) -> str:
    """The name that a page of the queue is about."""
    found = re.search(r'<h1 id="lead-name"[^>]*>([^<]*)', page)
    assert found, page[:500]
    return found[1]


def at(answer: TestResponse) -> str:
    """Where an answer leads on to."""
    assert answer.status_code == 303, answer.status_code
    return answer.headers["Location"]


def points_of(table: Table, player: int) -> tuple[int, int]:
    """Provisional and confirmed points of a player."""
    row = table.read(
        select(Player.provisional, Player.confirmed).where(Player.id == table.players[player])
    )[0]
    return row[0], row[1]
