"""A program with a token, which asks the application without a server."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from game.accounts import api_token
from game.accounts import user as accounts
from game.store.base import new_id
from game.store.tables import ApiToken
from tests.addresses import call_from_elsewhere
from tests.desk.at_desk import Desk

EVERY = tuple(api_token.SCOPES)


class Program:
    """Calls with the token of somebody."""

    def __init__(self, desk: Desk, *scopes: str, role: str = "admin") -> None:
        self.desk = desk
        self.scopes = list(scopes or EVERY)
        self.client: FlaskClient = call_from_elsewhere(desk.app.test_client())
        self.owner, self.key = desk.write(lambda s: self._made(s, role))
        self.token = desk.read(
            lambda s: s.scalar(select(ApiToken.id).where(ApiToken.user_id == self.owner))
        )

    def _made(self, session: Any, role: str) -> tuple[str, str]:
        user = accounts.add_user(session, f"{role}-{new_id()}@maison.fr", role)
        return user.id, api_token.make(session, user.id, "Essai", self.scopes, 30)

    def ask(self, method: str, path: str, json: Any = None, **headers: str) -> TestResponse:
        """One request; `headers` are named as in Python: Idempotency_Key."""
        sent = {"Authorization": f"Bearer {self.key}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(f"/api/v1{path}", method=method, json=json, headers=sent)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.ask("GET", path, None, **headers)

    def post(self, path: str, json: Any, **headers: str) -> TestResponse:
        return self.ask("POST", path, json, **headers)

    def names(self, path: str = "/leads") -> list[str]:
        """The names of the leads that it is told of."""
        return [lead["name"] for lead in self.get(path).json["leads"]]  # type: ignore[index]
