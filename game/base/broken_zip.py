"""What reading a zip raises that is not as it was made."""

import zlib
from lzma import LZMAError
from zipfile import BadZipFile

# cut, changed on its way, locked, or packed as nobody can here
DAMAGED = (BadZipFile, EOFError, zlib.error, LZMAError, NotImplementedError, RuntimeError)
BROKEN = (*DAMAGED, OSError)
