"""The text of a file, whichever encoding it was written in."""

import codecs
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

MARKS = (  # the longer ones first: that of UTF-16 begins like that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLD = ["cp1252", "mac_roman", "cp850"]  # Windows, old Macs, DOS: what French offices wrote
LOOKED_AT = 4_000  # bytes
HEAD = 1_000_000  # bytes at once
FEW = 10  # of so many signs beyond ASCII, at most one may be damaged for a text to be UTF-8


def decoded(raw: bytes) -> str:
    """The text: UTF-8, UTF-16 with or without a mark, or one of OLD, by what makes most sense."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    wide = _utf_16(raw[:LOOKED_AT])
    if wide:
        return raw.decode(wide, "replace")
    return _utf_8(raw) or _old(raw)


def encoding_of(file: Path) -> str:
    """The encoding of a file, read a piece at a time; by the same signs as `decoded`."""
    with file.open("rb") as pieces:
        head = pieces.read(HEAD)
        for mark, encoding in MARKS:
            if head.startswith(mark):
                return encoding
        wide = _utf_16(head[:LOOKED_AT])
        if wide:
            return wide
        pieces.seek(0)
        return "utf-8" if _is_utf_8(pieces) else _old_encoding(head)


def _is_utf_8(pieces: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    damaged = beyond = 0
    while piece := pieces.read(HEAD):
        text = decoder.decode(piece)
        if not text.isascii():
            damaged += text.count("\ufffd")
            beyond += sum(c > "\x7f" for c in text)
    return damaged == 0 or damaged * FEW <= beyond - damaged


def _old_encoding(head: bytes) -> str:
    best = from_bytes(head, cp_isolation=OLD).best()
    return best.encoding if best else "cp1252"


def _utf_16(raw: bytes) -> str:
    """UTF-16 without a mark has a zero in every second byte of Latin text."""
    high, low = raw[::2].count(0), raw[1::2].count(0)
    if max(high, low) < len(raw) / 8:
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def _utf_8(raw: bytes) -> str:
    """The text as UTF-8; empty if it is something else. A damaged byte or two do no harm."""
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = sum(c > "\x7f" for c in text) - damaged
    return text if damaged == 0 or damaged * FEW <= sound else ""


def _old(raw: bytes) -> str:
    best = from_bytes(raw, cp_isolation=OLD).best()
    return str(best) if best else raw.decode("cp1252", "replace")
