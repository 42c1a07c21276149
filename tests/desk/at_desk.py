"""The application without a server, and people of the desk who ask it for pages."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from game import create_app
from game.accounts import user as accounts
from game.base.clock import now_ms
from game.base.config import load
from game.base.days import day_of, month_after, today
from game.context import Game
from game.privacy.inform import TO_OTHERS
from game.store.base import new_id
from game.store.tables import CompanyFact, Lead
from tests.addresses import call_from_elsewhere
from tests.databases import lay_tables
from tests.waiting import next_moment


class Desk:
    """An application on a database of its own; leads are made straight in it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.game: Game = app.extensions["sourcerie"]

    def write(self, verb: Callable[[Session], Any]) -> Any:
        return self.game.writer.write(verb)

    def read(self, verb: Callable[[Session], Any]) -> Any:
        with self.game.store.session() as session:
            return verb(session)

    def today(self) -> date:
        """The day that it is in the house."""
        with self.app.app_context():
            return today()

    def lead(self, name: str, *, informed: bool = True, **more: Any) -> str:
        """A new lead; returns its id."""
        now = now_ms()
        row = {"inform_by": month_after(day_of(now)), "created_at": now, "skills": []}
        told = now if informed else None
        made = Lead(**{**row, "name": name, "informed_at": told, **more})

        def add(s: Session) -> str:
            s.add(made)
            s.flush()
            return made.id

        id = str(self.write(add))
        next_moment()
        return id

    def exports_to_others(self, said: str) -> None:
        """What the company says of its exports: 'yes', 'no', or nothing."""
        self.write(lambda s: s.merge(CompanyFact(name=TO_OTHERS, value=said, at=1)))

    def person(self, role: str = "recruiter", lang: str = "fr") -> tuple[FlaskClient, str]:
        """Somebody of this role, signed in: their browser, and their id."""
        secret = self.game.secret

        def add(s: Session) -> tuple[str, str]:
            user = accounts.add_user(s, f"{role}-{new_id()}@maison.fr", role, f"Rosa {role}")
            return accounts.link_token(secret, user), user.id

        token, user_id = self.write(add)
        client = call_from_elsewhere(self.app.test_client())
        assert client.post(f"/sign-in/link/{token}").status_code == 302
        client.post(f"/lang/{lang}")
        return client, user_id


@contextmanager
def desk_in(folder: Path, **settings: Any) -> Iterator[Desk]:
    """A desk whose forms need no token."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet's notice, as `serving.async_patch` does
        lay_tables(folder / "sourcerie.db")
        given = {"instance_dir": folder, "database_url": "", "_env_file": None, **settings}
        app = create_app(load(**given), serving=False)
    app.config["WTF_CSRF_ENABLED"] = False
    desk = Desk(app)
    try:
        yield desk
    finally:
        desk.game.stop()
