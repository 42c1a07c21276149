"""Sounds on their way to be heard: in a folder that its owner alone may read, until they are begun.

Whoever begins one takes its name away: from then on it is an open file and nothing else, which the
system itself frees when that process ends, however it ends.
"""

import os
import secrets
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

from game.base.private import private_file, private_folder

PIECE = 1024 * 1024  # bytes
BEING_WRITTEN = 600  # seconds after which what is still unnamed will not be finished


class Sounds:
    """The folder of an instance's sounds; `id` is that of a table's row."""

    def __init__(self, instance: Path) -> None:
        self.folder = instance / "sounds"

    def file(self, id: str) -> Path:
        """Where a sound lies until it is begun."""
        return self.folder / id

    def receive(self, given: IO[bytes]) -> tuple[Path, int]:
        """Writes a sound that is nobody's yet; returns where it lies, and how many bytes it has.

        A second sending of the same one must not touch the first, which may wait to be heard.
        """
        private_folder(self.folder)
        count, there = 0, self.folder / f".{secrets.token_hex(8)}"
        try:
            with private_file(there) as made:
                while piece := given.read(PIECE):
                    count += made.write(piece)
        except BaseException:
            there.unlink(missing_ok=True)
            raise
        return there, count

    def keep(self, id: str, received: Path) -> None:
        """A received sound is to be heard, whatever lay there; may be told twice."""
        with suppress(FileNotFoundError):
            received.replace(self.file(id))

    def take(self, id: str) -> BinaryIO:
        """Opens a sound and takes its name away. Raises FileNotFoundError where it is gone."""
        sound = self.file(id).open("rb")
        self.file(id).unlink(missing_ok=True)
        return sound

    def drop(self, id: str) -> None:
        """Deletes a sound; nothing happens where it is gone."""
        self.file(id).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """The ids of all that lie there, those aside that are being written."""
        return [one.name for one in self._files() if not one.name.startswith(".")]

    def drop_all_but(self, ids: Collection[str]) -> int:
        """Deletes all others, and what a process that died was writing; returns how many."""
        old, gone = time.time() - BEING_WRITTEN, 0
        for one in self._files():
            writing = one.name.startswith(".") and one.stat().st_mtime > old
            if one.name not in ids and not writing:
                one.unlink(missing_ok=True)
                gone += 1
        return gone

    def _files(self) -> list[Path]:
        try:
            return [Path(one.path) for one in os.scandir(self.folder) if one.is_file()]
        except FileNotFoundError:
            return []
