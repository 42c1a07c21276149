"""The application without a server, and staff who are signed in to it."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from game import create_app
from game.accounts import user as accounts
from game.base.config import load
from game.context import Game
from game.store.base import new_id
from tests.addresses import call_from_elsewhere
from tests.databases import lay_tables


@contextmanager
def application(folder: Path) -> Iterator[Flask]:
    """An application on a database of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet's notice, as `serving.async_patch` does
        lay_tables(folder / "sourcerie.db")
        made = create_app(load(instance_dir=folder, database_url="", _env_file=None), serving=False)
    try:
        yield made
    finally:
        game_of(made).stop()


def game_of(app: Flask) -> Game:
    found: Game = app.extensions["sourcerie"]
    return found


class Signed:
    """Somebody signed in, in a language."""

    def __init__(self, app: Flask, role: str, lang: str = "fr") -> None:
        game = game_of(app)
        self.client: FlaskClient = call_from_elsewhere(app.test_client())

        def add(s: Any) -> tuple[str, str]:
            user = accounts.add_user(s, f"{role}-{new_id()[:6]}@maison.fr", role)
            return user.id, accounts.link_token(game.secret, user)

        self.id, token = game.writer.write(add)
        link = f"/sign-in/link/{token}"
        self.post(link, at=link)
        self.client.post(f"/lang/{lang}")

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def post(self, path: str, status: int = 302, at: str = "", **form: str) -> Any:
        """Sends a form of the page `at` with its token."""
        shown = self.client.get(at or "/desk").get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
        sent = {**form, "csrf_token": found[1] if found else ""}
        answer = self.client.post(path, data=sent)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
        return answer
