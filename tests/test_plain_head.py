"""Plain heads say what the standard library reads in them; all others it reads itself."""

import io
import random
from http.client import parse_headers

import pytest

from game.serving.plain_head import Again, read_fields

BROWSER = (
    b"Host: jeu.exemple.fr\r\nUser-Agent: Mozilla/5.0 (X11; rv:1)\r\nAccept: */*\r\n"
    b"Cookie: door=1;  lang=fr \r\nx-empty:\r\nX-Twice: a\r\nx-twice:\tb\r\n"
    b"Connection: keep-alive, Upgrade\r\nContent-Length: 12\r\n\r\n"
)
LEFT = b'{"a": "body"}'
SIGNS = b" \t\r\n:;,\x00\x0b\x0c\x1c\x7f\x85\xe9aZ09-_()\"'"


def check(head: bytes) -> bool:
    """Is it read here? Whoever reads it, nothing of it is lost, and it comes to the same."""
    stream = io.BytesIO(head + LEFT)
    message, read = read_fields(stream)
    again = Again(read, stream)
    theirs = parse_headers(io.BytesIO(head + LEFT))
    if message is None:
        assert parse_headers(again).items() == theirs.items()  # type: ignore[arg-type]
        return False
    assert message.items() == theirs.items()
    assert stream.read() == LEFT
    return True


def test_what_a_browser_sends_is_read_here() -> None:
    assert check(BROWSER)
    assert check(b"\r\n")


@pytest.mark.parametrize(
    "field",
    [
        b"x-folded: one\r\n two\r\n",
        b"x-bare: one\n",
        b"x-latin: \xe9\r\n",
        b"x-null: \x00\r\n",
        b"x space: one\r\n",
        b"x-space : one\r\n",
        b": nothing\r\n",
        b"no colon\r\n",
        b" first: folded\r\n",
        b"Expect: 100-continue\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"x-long: " + b"y" * 65_540 + b"\r\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_standard_library(field: bytes) -> None:
    message, read = read_fields(io.BytesIO(BROWSER[:-2] + field + b"\r\n"))
    assert message is None
    assert (BROWSER[:-2] + field).startswith(b"".join(read)[:65_000])


def test_many_fields_are_left_to_it_too() -> None:
    assert read_fields(io.BytesIO(b"x: y\r\n" * 100 + b"\r\n"))[0] is None
    assert read_fields(io.BytesIO(b"x: y\r\n" * 99 + b"\r\n"))[0] is not None


def test_heads_with_slips_come_to_the_same_whoever_reads_them() -> None:
    dice, here = random.Random(8), 0
    for _ in range(3_000):
        head = bytearray(BROWSER)
        for _ in range(dice.randint(1, 3)):
            head[dice.randrange(len(head) - 4)] = dice.choice(SIGNS)
        here += check(bytes(head))
    assert 100 < here < 2_900
