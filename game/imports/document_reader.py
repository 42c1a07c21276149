"""Reads the PDF or DOCX on its standard input; a program of its own, which `bounded.py` starts.

What comes out is its text, in UTF-8, with a form feed between two pages. No part of the game is
imported.
"""

import sys
from io import BytesIO
from zipfile import ZipFile

PAGE = "\f"
PAGES = 60
UNPACKED = 40_000_000  # bytes that a DOCX may hold
TOO_LONG = 4  # how it ends where it holds more than that


def pdf(raw: bytes) -> str:
    """The text of a PDF."""
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(raw)).pages
    if len(pages) > PAGES:
        sys.exit(TOO_LONG)
    return PAGE.join(page.extract_text() for page in pages)


def docx(raw: bytes) -> str:
    """The text of a DOCX: its paragraphs and, row by row, its tables."""
    from docx import Document
    from docx.text.paragraph import Paragraph

    with ZipFile(BytesIO(raw)) as packed:
        if sum(one.file_size for one in packed.infolist()) > UNPACKED:
            sys.exit(TOO_LONG)
    lines: list[str] = []
    for block in Document(BytesIO(raw)).iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
    return "\n".join(lines)


if __name__ == "__main__":
    given = sys.stdin.buffer.read()
    found = docx(given) if given.startswith(b"PK") else pdf(given)
    sys.stdout.buffer.write(found.encode("utf-8", "replace"))
