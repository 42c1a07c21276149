"""What a page says, without its random signs, which may spell anything."""

import re
from html import unescape


def words_of(page: str) -> str:
    """The page's words, one space between them and none before what ends them."""
    words = " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())
    return re.sub(r" ([,.])", r"\1", words)


def without_tokens(page: str) -> str:
    """The page as it was sent, attributes and all, but for tokens, ids and hashes."""
    return re.sub(r"[\w.-]{16,}", "", page, flags=re.ASCII)
