"""Quotes: a piece of a text as it stands there, with its place, and nothing that does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE = re.compile(r"(?<=[.!?…;])\s+(?=[^\W\d_a-zà-ÿ]|[«“\"–-])")
PAGE = "\f"  # between two pages of a text
MOST = 400  # characters of one quote; what is longer is cut between two words


@dataclass(frozen=True)
class Quote:
    """A piece of a text: where it begins and ends there, its line and page, both from one."""

    text: str
    start: int
    end: int
    line: int
    page: int


def quotes(text: str) -> Iterator[Quote]:
    """A text in sentences, in its order; a line that ends is the end of a sentence, too."""
    start, page = 0, 1
    for number, line in enumerate(re.split(r"(?<=[\n\f])", text), 1):
        for begin, end in _sentences(line):
            yield Quote(line[begin:end], start + begin, start + end, number, page)
        page += line.count(PAGE)
        start += len(line)


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for stop in [*(found.start() for found in SENTENCE.finditer(line)), len(line)]:
        yield from _pieces(line, begin, stop)
        begin = stop


def _pieces(line: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """What is between two places, without blanks at its ends, in pieces that are not too long."""
    while begin < stop and line[begin].isspace():
        begin += 1
    while stop > begin and line[stop - 1].isspace():
        stop -= 1
    while stop - begin > MOST:
        cut = line.rfind(" ", begin, begin + MOST)
        cut = cut if cut > begin else begin + MOST
        yield begin, cut
        begin = cut + line[cut].isspace()
    if begin < stop:
        yield begin, stop


def is_verbatim(quote: Quote, text: str) -> bool:
    """Does a quote stand in a text where it says it does, sign by sign?"""
    return bool(quote.text) and text[quote.start : quote.end] == quote.text


def stands_in(words: str, text: str) -> bool:
    """Do words stand in a text as they are, but for blanks and the shape of quotation marks?"""
    plain = _plain(words)
    return bool(plain) and plain in _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("\u00ad", "").split())
