"""Links that a text was not given: taken out, so that what is left keeps its sense.

A link in brackets, or laid under words, goes alone. Any other is part of its sentence – "it all
stands on …" – and the sentence goes with it. Addresses of mail are links, too.
"""

import re
from collections.abc import Sequence

from game.helpers.quoted import quotes

ENDS = "com|fr|org|net|io|eu|be|ch|info|biz"
ADDRESS = (
    r"(?:(?:[a-z][a-z\d+-]*://|www\.)[^\s<>()\[\]«»]+"
    rf"|\b[\w-]+\.(?:{ENDS})\b[^\s<>()\[\]«»]*|[^\s@<>()\[\]«»]+@[^\s@<>()\[\]«»]+)"
)
LINK = re.compile(ADDRESS, re.I)
LAID = re.compile(rf"\[([^\[\]\n]+)\]\(\s*({ADDRESS})\s*\)", re.I)  # as Markdown has it
MARKED = re.compile(r"<a\b([^>]*)>(.*?)</a\s*>", re.I | re.S)  # as HTML has it
APART = re.compile(rf"\s*\(\s*({ADDRESS})\s*\)", re.I)
ENDINGS = ".,;:!?…\"'”"
BETWEEN = " \t\n–—-:|,;/"  # signs that joined a name to its link


def links(text: str) -> tuple[str, ...]:
    """The links in a text, without the signs that end a sentence."""
    return tuple(one.rstrip(ENDINGS) for one in LINK.findall(text))


def without_links(text: str, known: Sequence[str]) -> tuple[str, int]:
    """A text without the links that stand in nothing known, and how many those were."""
    ours = {link for one in known for link in links(one)}
    count = sum(link not in ours for link in links(text))
    if not count:
        return text, 0
    left = MARKED.sub(lambda f: f[0] if _is_known(f[1], ours) else f[2], text)
    left = LAID.sub(lambda f: f[0] if _is_known(f[2], ours) else f[1], left)
    left = APART.sub(lambda f: f[0] if _is_known(f[1], ours) else "", left)
    for one in reversed(list(quotes(left))):
        if not _is_known(one.text, ours):
            left = left[: one.start] + left[one.end :].lstrip(" \t")
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", left)).strip(), count


def without_links_in_name(name: str) -> tuple[str, int]:
    """A title or a name without links; one that is a domain alone, as Booking.com is, stays."""
    found = links(name)
    if not found or re.fullmatch(rf"[\w-]+\.(?:{ENDS})", name.strip(), re.I):
        return name, 0
    bare = LINK.sub(" ", APART.sub(" ", LAID.sub(r"\1", name)))
    return re.sub(" {2,}", " ", bare).strip(BETWEEN), len(found)


def _is_known(text: str, ours: set[str]) -> bool:
    return all(link in ours for link in links(text))
