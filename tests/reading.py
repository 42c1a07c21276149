"""What a reader sees of a page: attributes hold random signs, which may spell anything."""

import re
from html import unescape


def words_of(page: str) -> str:
    """The page's words, one space between them and none before what ends them."""
    words = " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())
    return re.sub(r" ([,.])", r"\1", words)
