"""Socket.IO packets as clients send them: an event that is none is still answered, by its number.

A phone keeps an answer until it is acknowledged. One that cannot be read – half a surrogate pair,
bytes that are no UTF-8, a number that JSON has not, a depth that nobody needs – would never be,
and would come again for ever.
"""

import json
import re
from typing import Any

import orjson
from socketio import packet

UNREADABLE = "unreadable"  # the event in whose name it is refused; its payload is {"id": …}
NOBODYS = "unknown"  # an event that has no listener
NOT_FOR_CLIENTS = ("connect", "disconnect", "*")  # names under which the server calls itself
DEEP = 16  # levels of lists and objects: no answer has half as many
HEAD = re.compile(r"[25](?:[0-9]{1,9}-)?(?:/[^,]{0,99},)?([0-9]{1,15})?(?![0-9])")
ID = re.compile(r'"id"\s*:\s*"([A-Za-z0-9_-]{8,40})"')


class Json:
    """The JSON of the wire, in the shape that Socket.IO asks for."""

    @staticmethod
    def dumps(value: object, **_options: object) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_options: object) -> object:
        return orjson.loads(text)


class Event(packet.Packet):  # type: ignore[misc]  # socketio is not typed
    """One packet. A client's event always has a name that it may use, and text alone."""

    data: Any
    json = Json
    uses_binary_events = False  # nothing that we send has bytes in it: nobody has to look for them

    def decode(self, text: object) -> int:
        """Reads a packet; how many attachments follow: none. Raises ValueError for no packet."""
        if not isinstance(text, str):
            raise ValueError("no text")
        try:
            super().decode(text)
            readable = self._is_plain(text)
        except (ValueError, RecursionError):
            readable = False
        if not readable:
            self._take_unreadable(text)
        elif self.packet_type == packet.EVENT and self.data[0] in NOT_FOR_CLIENTS:
            self.data[0] = NOBODYS
        return 0

    def _is_plain(self, text: str) -> bool:
        """Is it what its type says, and without bytes? Few signs that open make nothing deep."""
        if self.packet_type == packet.EVENT:
            data = self.data
            named = isinstance(data, list) and bool(data) and isinstance(data[0], str)
            opened = text.count("[") + text.count("{")
            return named and (opened <= DEEP or not _is_deep(data, DEEP))
        return self.packet_type not in (packet.BINARY_EVENT, packet.BINARY_ACK)

    def _take_unreadable(self, text: str) -> None:
        """An event becomes one that is refused by its id; a handshake, one that asks nothing."""
        if text.startswith("0"):
            self.packet_type, self.data = packet.CONNECT, None
            return
        head = HEAD.match(text)
        if head is None:
            raise ValueError("no packet")
        self.packet_type, self.namespace = packet.EVENT, None
        self.id = int(head[1]) if head[1] else None
        self.data = [UNREADABLE, {"id": _id(text[head.end() :])}]


def _is_deep(value: object, levels: int) -> bool:
    """Are there more levels in it than so many?"""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return levels == 0 or any(_is_deep(inner, levels - 1) for inner in value)


def _id(text: str) -> str | None:
    """The id of an answer that is not good JSON, as well as it can be found."""
    try:
        sent = json.loads(text)[1]  # less strict than ours: it takes half pairs
        found = sent.get("id") if isinstance(sent, dict) else None
        if isinstance(found, str) and ID.fullmatch(f'"id":"{found}"'):
            return found
    except (ValueError, RecursionError, LookupError, TypeError):
        pass
    near = ID.search(text)
    return near[1] if near else None
