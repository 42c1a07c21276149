"""What reading a zip raises that is not as it was made."""

import zlib
from lzma import LZMAError
from zipfile import BadZipFile

DAMAGED = (BadZipFile, EOFError, zlib.error, LZMAError)  # cut, or changed on its way
BROKEN = (*DAMAGED, OSError, NotImplementedError, RuntimeError)  # or locked, or packed otherwise
