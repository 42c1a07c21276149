"""A document as text: plain text, PDF or DOCX, read by pypdf and python-docx; pages stay apart.

PDF and DOCX are read by a process of their own: who wrote one may have meant harm.
"""

import re
from pathlib import Path
from tempfile import TemporaryFile

from game.base.refusal import Refusal
from game.base.text import printable
from game.imports.bounded import read
from game.imports.decoding import decoded
from game.imports.document_reader import PAGE, TOO_LONG

READER = Path(__file__).with_name("document_reader.py")
LONGEST = 100_000  # characters


def text_of(raw: bytes) -> str:
    """The text of a file. Raises Refusal."""
    try:
        found = _bounded(raw) if _is_pdf_or_docx(raw) else _plain(raw)
    except ValueError as error:
        raise Refusal("bad_input", {"file": "document_unreadable"}) from error
    text = clean(found)
    if not text.strip():
        raise Refusal("bad_input", {"file": "document_blank"})  # as a scan is
    return text


def clean(text: str) -> str:
    """A text that was handed over, with nothing that a database cannot hold. Raises Refusal."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = PAGE.join(printable(page) for page in lines.split(PAGE))
    if len(kept) > LONGEST:
        raise Refusal("bad_input", {"file": "too_long"})
    return re.sub(r"\n{3,}", "\n\n", kept)


def _is_pdf_or_docx(raw: bytes) -> bool:
    return raw[:1024].lstrip().startswith(b"%PDF") or raw.startswith(b"PK")


def _plain(raw: bytes) -> str:
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("not a text")
    return decoded(raw)


def _bounded(raw: bytes) -> str:
    with TemporaryFile() as given, TemporaryFile() as made:
        given.write(raw)
        given.seek(0)
        ended = read(READER, given, made)
        if ended:
            why = "too_long" if ended == TOO_LONG or ended < 0 else "document_unreadable"
            raise Refusal("bad_input", {"file": why})
        made.seek(0)
        return made.read().decode("utf-8")
