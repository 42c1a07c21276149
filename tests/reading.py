"""What a page says, without its random signs, which may spell anything."""

import re
from html import unescape

from bs4 import BeautifulSoup


def words_of(page: str) -> str:
    """The page's words, one space between them and none before what ends them."""
    words = " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())
    return re.sub(r" ([,.])", r"\1", words)


def without_tokens(page: str) -> str:
    """The page as it was sent, attributes and all, but for tokens, ids and hashes."""
    return re.sub(r"[\w.-]{16,}", "", page, flags=re.ASCII)


def seen_in(page: str) -> list[str]:
    """The texts that a page shows at once, one an element: none that is hidden or only heard."""
    soup = BeautifulSoup(page, "html.parser")
    for hidden in soup.select("[hidden], .sr, template, script"):
        hidden.decompose()
    return [" ".join(text.split()) for text in soup.strings if text.strip()]
