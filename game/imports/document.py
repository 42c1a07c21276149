"""A document as text: plain text, PDF or DOCX, read by pypdf and python-docx; pages stay apart."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from game.base.refusal import Refusal
from game.base.text import printable
from game.imports.decoding import decoded

PAGE = "\f"
PAGES = 60
LONGEST = 100_000  # characters
UNPACKED = 40_000_000  # bytes that a DOCX may hold


def text_of(raw: bytes) -> str:
    """The text of a file. Raises Refusal."""
    try:
        found = _reader(raw)(raw)
    except Refusal:
        raise
    except Exception as error:  # whatever the libraries meet in a damaged file
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


def _reader(raw: bytes) -> Callable[[bytes], str]:
    if raw[:1024].lstrip().startswith(b"%PDF"):
        return _pdf
    return _docx if raw.startswith(b"PK") else _plain


def _plain(raw: bytes) -> str:
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("not a text")
    return decoded(raw)


def _pdf(raw: bytes) -> str:
    pages = PdfReader(BytesIO(raw)).pages
    if len(pages) > PAGES:
        raise Refusal("bad_input", {"file": "too_long"})
    return PAGE.join(page.extract_text() for page in pages)


def _docx(raw: bytes) -> str:
    with ZipFile(BytesIO(raw)) as packed:
        if sum(one.file_size for one in packed.infolist()) > UNPACKED:
            raise Refusal("bad_input", {"file": "too_long"})
    lines: list[str] = []
    for block in Document(BytesIO(raw)).iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
    return "\n".join(lines)
