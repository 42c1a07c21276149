"""What `docs/wire.md` tells of the wire, and README of settings, held against the code."""

import re
from pathlib import Path

from flask import Flask
from flask_babel import Babel

from game.base.config import Settings
from game.live.client_events import COSTS
from game.live.commands import COMMANDS
from game.screens import messages
from game.screens.render import Screen
from tests.serving import Phone, Remote, Server

ROOT = Path(__file__).parent.parent
WIRE = (ROOT / "docs" / "wire.md").read_text()
SETTINGS = (ROOT / "README.md").read_text().split("## Settings")[1].split("\n## ")[0]
LIVE = [f.read_text() for f in (ROOT / "game/live").glob("*.py")]


def row(event: str) -> str:
    found = re.search(rf"^\| `{event}` \| (.+)$", WIRE, re.MULTILINE)
    assert found, event
    return found[1]


def fields(text: str) -> set[str]:
    found = re.search(r"`\{([^}]*)\}`", text)
    return {name.strip() for name in found[1].split(",")} if found else set()


def test_every_event_is_told() -> None:
    emitted = set(re.findall(r'emit\(\s*"(\w+)"', "".join(LIVE))) | {"screen", "me"}
    for event in {*COSTS, *emitted}:
        row(event)


def test_every_command_is_told() -> None:
    told = WIRE.split("Commands: ")[1].split("\n")[0]
    assert set(re.findall(r"`([a-z]+)(?: \{[^}]*\})?`", told)) - {"stale", "v"} == set(COMMANDS)


def test_every_code_is_a_sentence() -> None:
    told = re.findall(r"`([a-z_]+)`", WIRE.split("Codes: ")[1].split(". After")[0])
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        assert set(told) - {"unknown_event"} <= set(messages.texts())


def test_every_setting_is_told() -> None:
    told = set(re.findall(r"`([A-Z_]+)`", SETTINGS))
    assert {name.upper() for name in Settings.model_fields} <= told


def test_payloads_are_as_told(server: Server, workshop: dict[str, str], remote: Remote) -> None:
    screen = Screen(1, "", "lobby", "", "", None, None).wire()
    assert fields(row("screen")) == set(screen)
    phone = Phone(server, workshop).play()
    assert fields(row("me")) == set(phone.me())
    assert set(phone.wire.call("sync", {"v": 0})) == {"ok", "now", "v", "screen", "me"}
    assert set(phone.wire.call("clock")) == {"ok", "now"}
    refused = phone.wire.call("no_such_event", {})
    assert refused["error"]["code"] == "unknown_event"
