"""What the operations of the API share: each is declared once, for its route and its document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any

import orjson
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from sqlalchemy.orm import Session

from game.accounts import answered, api_token
from game.accounts.answered import Answer
from game.accounts.api_token import Caller
from game.base.days import today
from game.base.refusal import Refusal
from game.context import current
from game.privacy.audit import VIA
from game.web.api import asking, words
from game.web.security import csrf, open_to_all, takes

BASE = "/api/v1"
MOST = 64 * 1024  # bytes of what is sent
blueprint = Blueprint("api", __name__)
csrf.exempt(blueprint)  # no cookie says who calls
Told = BaseModel | dict[str, object]
View = Callable[..., Told]


@dataclass(frozen=True)
class Operation:
    """One method of one path: what opens it, what it takes, what it answers.

    `refusals` are the codes that it may answer beyond those of all.
    """

    name: str
    method: str
    path: str
    scope: str
    summary: str
    tag: str
    query: type[BaseModel] | None
    body: type[BaseModel] | None
    answer: type[BaseModel]
    statuses: Sequence[int] = (200,)
    refusals: Sequence[str] = ()
    is_once: bool = False


class Merged(Refusal):
    """The lead that was asked for is part of another one now: `kept`."""

    def __init__(self, lead: str, kept: str) -> None:
        super().__init__("lead_merged")
        self.lead = lead
        self.kept = kept


@dataclass
class Call:
    """A request of somebody who may; `status` is what it will be answered with.

    What is done in the writer's transaction has no request: `secret` and `today` are for it.
    """

    caller: Caller
    secret: str
    today: date
    key: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def note(self, verb: Callable[[Session], object]) -> None:
        """Writes what an audit must say before anything is told."""

        def job(session: Session) -> None:
            self._mark(session)
            verb(session)

        current().writer.write(job)

    def write(self, verb: Callable[[Session], BaseModel], status: int = 200) -> dict[str, object]:
        """Does something, once for each idempotency key; returns what is answered.

        `verb` may set this call's status, which otherwise is `status`.
        """
        self.status = status
        asked = self._asked() if self.key else None

        def job(session: Session) -> Answer:
            self._mark(session)

            def first(session: Session) -> Answer:
                body = verb(session)
                return Answer(self.status, orjson.loads(body.model_dump_json()))

            return answered.once(session, asked, first) if asked else first(session)

        answer = current().writer.write(job)
        self.status = answer.status
        if answer.again:
            self.headers["Idempotent-Replayed"] = "true"
        return dict(answer.body)

    def _mark(self, session: Session) -> None:
        session.info[VIA] = {"token": self.caller.token}
        api_token.note_use(session, self.caller)

    def _asked(self) -> answered.Asked:
        said = (request.method, request.path, request.get_data())
        return answered.asked(self.secret, self.caller.token, self.key, *said)


operations: list[tuple[Operation, View]] = []


def operation(method: str, path: str, scope: str, **more: Any) -> Callable[[View], View]:
    """Makes a function an operation: it is given the call, its query or body, and path's ids."""

    def mark(view: View) -> View:
        made = Operation(view.__name__, method, path, scope, **more)
        operations.append((made, view))
        blueprint.add_url_rule(
            f"{BASE}{path.replace('{', '<string(length=16):').replace('}', '>')}",
            view.__name__,
            takes(MOST)(open_to_all(_route(made, view))),
            methods=[method],
        )
        return view

    return mark


def _route(made: Operation, view: View) -> Callable[..., ResponseReturnValue]:
    @wraps(view)
    def route(**ids: str) -> ResponseReturnValue:
        try:
            call = Call(asking.caller(made.scope), current().secret, today())
            given: dict[str, object] = {}
            if made.query:
                given["query"] = asking.query(made.query)
            if made.body:
                given["body"] = asking.body(made.body)
            if made.is_once:
                call.key = asking.key()
            told = view(call, **given, **ids)
        except asking.TooMany as refusal:
            return words.told(refusal, (("Retry-After", str(refusal.after)),))
        except Merged as refusal:
            where = request.full_path.rstrip("?").replace(refusal.lead, refusal.kept)
            return words.told(refusal, (("Location", where),), {"merged_into": refusal.kept})
        except Refusal as refusal:
            return words.told(refusal)
        return _answer(call, told)

    return route


def _answer(call: Call, told: Told) -> Response:
    body = orjson.dumps(told) if isinstance(told, dict) else told.model_dump_json().encode()
    answer = Response(body, call.status, content_type="application/json")
    answer.headers.extend(call.headers)
    return answer
