"""Rooms: who hears what, kept so that one phone's leaving costs nothing for those who stay."""

from collections.abc import Iterator

from socketio import Manager


class Rooms(Manager):  # type: ignore[misc]  # socketio is not typed
    """Socket.IO's client manager for the one namespace there is.

    A connection's own room costs no object, and leaving looks only at the rooms one was in; the
    stock manager looks at all of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, str] = {}
        self.sids: dict[str, str] = {}
        self.inside: dict[str, list[str]] = {}
        self.halls: dict[str, dict[str, str]] = {}
        self.leaving: set[str] = set()
        self.coming: set[str] = set()
        self.rooms = {"/": self.halls}

    def pre_connect(self, eio_sid: str, namespace: str) -> str | None:
        """A new connection's sid; None for another namespace, or a second one on a line."""
        if namespace != "/" or eio_sid in self.sids:
            return None
        sid = str(self.server.eio.generate_id())
        self.lines[sid], self.sids[eio_sid], self.inside[sid] = eio_sid, sid, []
        self.coming.add(sid)
        return sid

    def connect(self, sid: str, namespace: str) -> str:
        self.coming.discard(sid)
        return sid

    def is_pre_connected(self, sid: str, namespace: str) -> bool:
        """Is it still at the door?"""
        return sid in self.coming

    def is_connected(self, sid: str, namespace: str) -> bool:
        """Is it in, and not about to leave?"""
        return sid in self.lines and sid not in self.coming and sid not in self.leaving

    def sid_from_eio_sid(self, eio_sid: str, namespace: str) -> str | None:
        return self.sids.get(eio_sid)

    def eio_sid_from_sid(self, sid: str, namespace: str) -> str | None:
        return self.lines.get(sid)

    def pre_disconnect(self, sid: str, namespace: str) -> str | None:
        """It is about to leave; what is known of it stays for its handler."""
        self.leaving.add(sid)
        return self.lines.get(sid)

    def basic_disconnect(self, sid: str, namespace: str, **_options: object) -> None:
        for room in self.inside.pop(sid, ()):
            self._leave(sid, room)
        self.sids.pop(self.lines.pop(sid, ""), None)
        self.callbacks.pop(sid, None)
        self.coming.discard(sid)
        self.leaving.discard(sid)

    def _leave(self, sid: str, room: str) -> None:
        hall = self.halls.get(room, {})
        hall.pop(sid, None)
        if not hall:
            self.halls.pop(room, None)

    def basic_enter_room(
        self, sid: str, namespace: str, room: str, eio_sid: str | None = None
    ) -> None:
        if sid in self.lines and room not in self.inside[sid]:
            self.inside[sid].append(room)
            self.halls.setdefault(room, {})[sid] = self.lines[sid]

    def basic_leave_room(self, sid: str, namespace: str, room: str) -> None:
        if room in self.inside.get(sid, ()):
            self.inside[sid].remove(room)
            self._leave(sid, room)

    def get_participants(self, namespace: str, room: str | None) -> Iterator[tuple[str, str]]:
        """Who hears a room, or a connection's own: (sid, line)."""
        if room is None:
            yield from list(self.lines.items())
        elif room in self.lines:
            yield room, self.lines[room]
        else:
            yield from list(self.halls.get(room, {}).items())

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        return [sid, *self.inside.get(sid, ())]
