"""vCards as lines of a table: what address books of phones and mail programs write."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import vobject

from game.imports.decoding import encoding_of
from game.imports.sheet import Line

# it would say on the terminal, word for word, which line of a person's card it cannot read
logging.getLogger(vobject.base.__name__).setLevel(logging.CRITICAL)
HEADINGS = ("name", "role", "company", "skills", "mail", "phone", "link")
BEGINS = b"BEGIN:VCARD"
# a value of an older card that goes on in further lines: the library reads it so at the price of
# a second for a large photo
GOES_ON = re.compile(r"(?im)^[^:\n]*quoted-printable[^:\n]*:.*(?:(?<==)\n.*)+")


def is_cards(head: bytes) -> bool:
    """Does a file begin like one of vCards, in whatever encoding?"""
    return narrow(head).lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").upper().startswith(BEGINS)


def narrow(raw: bytes) -> bytes:
    """The plain letters of a text a byte each, as wide as its encoding has them."""
    return raw.replace(b"\0", b"")


def cards(file: Path) -> Iterator[Line]:
    """A line for each card; one that cannot be read has no name, and is refused by its number."""
    at, own, begun = 0, list[str](), 0
    with file.open(encoding=encoding_of(file), errors="replace") as lines:
        for at, text in enumerate(lines, 1):
            if text.strip().upper() == "BEGIN:VCARD":
                own, begun = [], at
            own.append(text)
            if text.strip().upper() == "END:VCARD":
                yield Line(begun, _cells("".join(own)))


def _cells(text: str) -> list[str]:
    try:
        card = vobject.readOne(_joined(text), ignoreUnreadable=True)
    except Exception:  # the library raises whatever a broken card makes it stumble over
        return [""] * len(HEADINGS)
    given = card.contents
    return [
        _first(given, "fn") or _name(given),
        _first(given, "title") or _first(given, "role"),
        _company(given),
        ", ".join(_every(given, "categories")),
        *(" ; ".join(_every(given, way)) for way in ("email", "tel", "url")),
    ]


def _joined(text: str) -> str:
    return GOES_ON.sub(lambda found: found[0].replace("=\n", ""), text)


def _every(given: Any, name: str) -> list[str]:
    found: list[str] = []
    for one in given.get(name, ()):
        value = one.value
        found += [str(each) for each in value] if isinstance(value, list) else [str(value)]
    return [text.removeprefix("tel:").removeprefix("mailto:") for text in found if text.strip()]


def _first(given: Any, name: str) -> str:
    return next(iter(_every(given, name)), "")


def _name(given: Any) -> str:
    parts = [one.value for one in given.get("n", ())]
    return f"{parts[0].given} {parts[0].family}".strip() if parts else ""


def _company(given: Any) -> str:
    """The organisation without its departments."""
    return _first(given, "org")
