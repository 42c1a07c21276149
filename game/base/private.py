"""Files and folders that only their owner may read: they hold people's data, or a secret."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

FILE, FOLDER = 0o600, 0o700


@contextmanager
def private_file(file: Path) -> Iterator[IO[bytes]]:
    """A file to write, readable by its owner alone from its first byte on.

    It takes its name when all of it is written, in the place of what stood there: who had the
    older one open, or may read it, reads nothing of the new one, and a failure leaves the older
    one whole. A device or a pipe is written to as it is.
    """
    if file.exists() and not file.is_file():
        with file.open("wb") as there:
            yield there
        return
    file = file.resolve()  # what a link points to, and not the link
    handle, made = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # is made 0600
    try:
        with os.fdopen(handle, "wb") as there:
            yield there
            there.flush()
            os.fsync(there.fileno())
        Path(made).replace(file)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def private_folder(folder: Path) -> None:
    """Makes a folder its owner's alone, or takes others' rights from one that is there.

    Left as they are: a folder of somebody else's, one that everybody may write to, like /tmp,
    and those in which people live: the root, a home, where the command was called.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    found = folder.stat()
    shared = found.st_mode & stat.S_ISVTX or found.st_uid != os.geteuid()
    lived_in = folder.resolve() in {Path("/"), Path.home(), Path.cwd()}
    if found.st_mode & 0o077 and not shared and not lived_in:
        folder.chmod(FOLDER)


def keep_private(file: Path) -> None:
    """Makes an empty file, or takes others' rights from one that is there and ours.

    One that is there is not opened: closing it would let go of the locks that SQLite has on it
    in this process.
    """
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))
    except FileExistsError:
        found = file.stat()
        if stat.S_ISREG(found.st_mode) and found.st_mode & 0o077 and found.st_uid == os.geteuid():
            file.chmod(FILE)
