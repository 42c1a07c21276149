"""Systems that recruiters use, as far as their documents say how they take people in.

One server for all of them: it enforces who may ask, what is required, and what becomes of a double.
"""

import base64
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from game.exports import targets

KEY = "clé-secrète-1234"
Answer = tuple[int, Any]


@dataclass
class Ats:
    """What arrived; `moods` are statuses that the next requests get instead, 0 for no answer."""

    url: str = ""
    people: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    moods: list[int] = field(default_factory=list)

    def add(self, name: str, person: dict[str, Any]) -> str:
        there = self.people.setdefault(name, [])
        there.append(person)
        return f"{name}-{len(there)}"

    def has(self, name: str, key: str, person: dict[str, Any]) -> bool:
        told = person.get(key)
        return bool(told) and any(one.get(key) == told for one in self.people.get(name, []))

    def take(self, path: str, headers: Any, body: dict[str, Any]) -> Answer:
        parts = path.strip("/").split("/")
        self.asked[parts[0]] += 1
        return HANDLERS[parts[0]](self, parts[1:], headers, body)


def _basic(name: str) -> str:
    return f"Basic {base64.b64encode(name.encode()).decode()}"


def _ashby(ats: Ats, path: list[str], headers: Any, body: dict[str, Any]) -> Answer:
    if headers["Authorization"] != _basic(f"{KEY}:"):
        return 401, {"success": False}
    if path != ["candidate.create"] or headers["Content-Type"] != "application/json":
        return 404, {}
    if not body.get("name"):
        return 200, {"success": False, "errors": ["invalid_input"]}
    return 200, {"success": True, "results": {"id": ats.add("ashby", body)}}


def _recruitee(ats: Ats, path: list[str], headers: Any, body: dict[str, Any]) -> Answer:
    if headers["Authorization"] != f"Bearer {KEY}":
        return 401, {}
    if path != ["c", "maison", "candidates"]:
        return 404, {}
    person = body["candidate"]
    if not person.get("name") or not all(isinstance(p, str) for p in person.get("phones", [])):
        return 422, {"error": ["name"]}
    return 201, {"candidate": {"id": ats.add("recruitee", person)}}


def _taleez(ats: Ats, path: list[str], headers: Any, body: dict[str, Any]) -> Answer:
    """A mail is unique; without one, the same person twice makes two."""
    if headers["X-taleez-api-secret"] != KEY:
        return 403, {}
    if path != ["0", "candidates"]:
        return 404, {}
    if not body.get("firstName") or not body.get("lastName"):
        return 400, {"error": "firstName"}
    if ats.has("taleez", "mail", body):
        return 409, {"error": "mail"}
    return 200, {"id": ats.add("taleez", body)}


def _welcome_kit(ats: Ats, path: list[str], headers: Any, body: dict[str, Any]) -> Answer:
    needed = ("organization_reference", "job_reference", "job_stage_id", "email")
    if headers["Authorization"] != f"Bearer {KEY}":
        return 401, {}
    if path != ["api", "v1", "external", "candidates"]:
        return 404, {}
    if not all(body.get(name) for name in (*needed, "firstname", "lastname")):
        return 422, {}
    assert not {"civility", "image"} & set(body)
    return 201, {"reference": ats.add("welcome_kit", body)}


def _boondmanager(ats: Ats, path: list[str], headers: Any, body: dict[str, Any]) -> Answer:
    """The same person twice makes two."""
    if headers["Authorization"] != _basic(f"rosa@maison.fr:{KEY}"):
        return 403, {}
    if path != ["api", "candidates"]:
        return 404, {}
    person = body["data"]["attributes"]
    if not person.get("firstName") or not person.get("lastName"):
        return 422, {}
    return 200, {"data": {"id": ats.add("boondmanager", person)}}


def _teamtailor(ats: Ats, path: list[str], headers: Any, body: dict[str, Any]) -> Answer:
    """A mail is needed unless the person is sourced; `merge` joins one who is there."""
    if headers["Authorization"] != f"Token token={KEY}":
        return 401, {}
    if not headers.get("X-Api-Version"):
        return 406, {}
    person = body["data"]["attributes"]
    if body["data"]["type"] != "candidates" or not (person.get("email") or person.get("sourced")):
        return 422, {}
    if ats.has("teamtailor", "email", person):
        return (201, {"data": {"id": "teamtailor-1"}}) if person.get("merge") else (422, {})
    return 201, {"data": {"id": ats.add("teamtailor", person)}}


def _workable(ats: Ats, path: list[str], headers: Any, body: dict[str, Any]) -> Answer:
    if headers["Authorization"] != f"Bearer {KEY}":
        return 401, {}
    if path != ["spi", "v3", "talent_pool", "sourced", "candidates"]:
        return 404, {}
    assert body["sourced"] is True  # else the person would get a message
    return 201, {"candidate": {"id": ats.add("workable", body["candidate"])}}


HANDLERS = {
    "ashby": _ashby,
    "recruitee": _recruitee,
    "taleez": _taleez,
    "welcome_kit": _welcome_kit,
    "boondmanager": _boondmanager,
    "teamtailor": _teamtailor,
    "workable": _workable,
}
OPTIONS: dict[str, dict[str, str]] = {
    "recruitee": {"company": "maison"},
    "welcome_kit": {"organization": "Pg4eV6k", "job": "WTTJ_1", "stage": "14600"},
    "boondmanager": {"user": "rosa@maison.fr"},
    "workable": {"subdomain": "maison", "stage": "sourced"},
}


@contextmanager
def ats_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ats]:
    """The server, to which all targets that are pushed to lead."""
    made = Ats()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            mood = made.moods.pop(0) if made.moods else 200
            if mood == 0:
                made.take(self.path, self.headers, json.loads(raw))  # taken, and never told
                self.close_connection = True
                return
            told: Answer = (mood, {})
            if mood == 200:
                told = made.take(self.path, self.headers, json.loads(raw))
            body = json.dumps(told[1]).encode()
            self.send_response(told[0])
            if told[0] == 429:
                self.send_header("Retry-After", "3")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    known = dict(targets.targets())
    for key, target in known.items():
        if target.push:
            path = target.push.address.split("/", 3)[3]
            led = replace(target.push, address=f"{made.url}/{key}/{path}")
            known[key] = replace(target, push=led)
    monkeypatch.setattr(targets, "targets", lambda: known)
    for name in (
        "game.jobs.pushes",
        "game.web.desk.transfer.target_look",
        "game.web.desk.transfer.targets",
    ):
        monkeypatch.setattr(f"{name}.targets", lambda: known)
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
