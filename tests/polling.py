"""A client that polls by hand: each request on a connection of its own, as a proxy may deal it."""

from typing import Any

import orjson
import requests

from tests.serving import LONG, Phone, Server

SEPARATOR = "\x1e"


class Poller:
    """One Engine.IO connection over polling."""

    def __init__(self, server: Server, phone: Phone | None = None) -> None:
        self.url = f"{server.url}/socket.io/?EIO=4&transport=polling"
        self.cookies = phone.http.cookies if phone else None
        opened = requests.get(self.url, cookies=self.cookies, timeout=LONG)
        assert opened.text.startswith("0{"), opened.text
        self.opening = orjson.loads(opened.text[1:])
        self.unread: list[str] = []
        self.sid = str(self.opening["sid"])

    def get(self) -> requests.Response:
        """One poll."""
        return requests.get(f"{self.url}&sid={self.sid}", timeout=LONG)

    def post(self, body: str | bytes) -> requests.Response:
        """One request that says something."""
        data = body.encode() if isinstance(body, str) else body
        return requests.post(f"{self.url}&sid={self.sid}", data=data, timeout=LONG)

    def packets(self) -> list[str]:
        """What one poll brought."""
        answer = self.get()
        assert answer.ok, (answer.status_code, answer.text)
        return answer.text.split(SEPARATOR)

    def until(self, start: str) -> str:
        """The next packet that begins so; those before it are dropped, and pings answered."""
        while True:
            self.unread = self.unread or self.packets()
            packet = self.unread.pop(0)
            if packet == "2":
                self.post("3")
            if packet.startswith(start):
                return packet

    def sit(self, phone: Phone) -> "Poller":
        """Takes the phone's seat."""
        auth = {"surface": "phone", "workshop": phone.workshop["id"], "lang": "fr", "v": 0}
        assert self.post("40" + orjson.dumps(auth).decode()).ok
        assert self.until("40")
        return self

    def ask(self, number: int, text: str | bytes) -> Any:
        """Sends an event as it is written; what it is acknowledged with."""
        head = f"42{number}"
        body = head.encode() + text if isinstance(text, bytes) else head + text
        assert self.post(body).ok
        packet = self.until(f"43{number}[")
        return orjson.loads(packet.removeprefix(f"43{number}"))[0]
