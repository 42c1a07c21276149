"""Files that were handed over, as they lie in the instance's folder until their import ends."""

from collections.abc import Iterable
from pathlib import Path
from typing import IO

import orjson

from game.base.private import private_file, private_folder
from game.base.sizes import MEGABYTE

PIECE = MEGABYTE
BESIDE = ("look", "preview")  # what is read of a file lies beside it, and goes with it


class Kept:
    """The folder of an instance's files; `id` is that of an import."""

    def __init__(self, instance: Path) -> None:
        self.folder = instance / "imports"

    def file(self, id: str) -> Path:
        """Where a file lies."""
        return self.folder / id

    def keep(self, id: str, given: IO[bytes]) -> None:
        """Writes a file that its owner alone may read."""
        private_folder(self.folder)
        with private_file(self.file(id)) as there:
            while piece := given.read(PIECE):
                there.write(piece)

    def note(self, id: str, name: str, said: object) -> None:
        """Writes one of BESIDE."""
        with private_file(self._beside(id, name)) as there:
            there.write(orjson.dumps(said))

    def noted(self, id: str, name: str) -> object:
        """One of BESIDE; None where it was not written, or is gone."""
        try:
            found: object = orjson.loads(self._beside(id, name).read_bytes())
        except FileNotFoundError:
            return None
        return found

    def forget(self, id: str, *names: str) -> None:
        """Deletes what lies beside a file."""
        for name in names:
            self._beside(id, name).unlink(missing_ok=True)

    def drop(self, id: str) -> None:
        """Deletes a file, and what was read of it. Nothing happens where it is gone."""
        self.file(id).unlink(missing_ok=True)
        self.forget(id, *BESIDE)

    def drop_all_but(self, ids: Iterable[str], before: float) -> int:
        """Deletes what is older than a moment (seconds) and of none of these; returns how many."""
        kept, gone = set(ids), 0
        for file in list(self.folder.iterdir()) if self.folder.is_dir() else []:
            if file.stem not in kept and file.stat().st_mtime < before:
                file.unlink(missing_ok=True)
                gone += 1
        return gone

    def _beside(self, id: str, name: str) -> Path:
        return self.folder / f"{id}.{name}"
