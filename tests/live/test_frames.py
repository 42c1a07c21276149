"""The frames of the lean transport: whatever way bytes arrive, the messages are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.frames import split
from game.live.wire.frames import BadFrame, Incoming, frame, unmask

MOST = 100_000


def heard(incoming: Incoming, data: bytes) -> list[tuple[int, bytes]]:
    """The messages that are whole once this came in."""
    return [message for message in incoming.feed(data) if message]


def sent(payload: bytes, opcode: int = 1, last: bool = True, mask: bytes = b"\1\2\3\4") -> bytes:
    """A frame as a client sends it."""
    size, first = len(payload), (0x80 if last else 0) | opcode
    head = bytes((first, 0x80 | size)) if size < 126 else b""
    if not head and size < 65_536:
        head = bytes((first, 0xFE)) + size.to_bytes(2, "big")
    head = head or bytes((first, 0xFF)) + size.to_bytes(8, "big")
    return head + mask + unmask(payload, mask)


@given(
    st.lists(st.binary(max_size=300), max_size=8),
    st.integers(1, 40),
    st.binary(min_size=4, max_size=4),
)
def test_messages_arrive_whole_in_whatever_pieces(
    payloads: list[bytes], step: int, mask: bytes
) -> None:
    data = b"".join(sent(payload, mask=mask) for payload in payloads)
    incoming, messages = Incoming(MOST), []
    for at in range(0, len(data), step):
        messages += heard(incoming, data[at : at + step])
    assert messages == [(1, payload) for payload in payloads]


@pytest.mark.parametrize("size", [0, 125, 126, 127, 65_535, 65_536, 99_999])
def test_every_length_goes_both_ways(size: int) -> None:
    payload = b"x" * size
    assert heard(Incoming(MOST), sent(payload)) == [(1, payload)]
    assert split(frame(payload)) == ([(1, payload)], b"")


def test_a_message_in_parts_with_a_ping_between_them() -> None:
    data = sent(b"one ", last=False) + sent(b"?", opcode=9) + sent(b"two", opcode=0)
    assert heard(Incoming(MOST), data) == [(9, b"?"), (1, b"one two")]


def test_parts_that_grow_too_large_together_are_refused() -> None:
    incoming = Incoming(1_000)
    heard(incoming, sent(b"x" * 900, last=False))
    with pytest.raises(BadFrame) as caught:
        heard(incoming, sent(b"x" * 200, opcode=0))
    assert caught.value.code == 1009


@given(st.binary(max_size=400))
def test_noise_is_refused_or_waits_but_never_fails(noise: bytes) -> None:
    incoming = Incoming(1_000)
    try:
        messages = heard(incoming, noise)
    except BadFrame:
        return
    assert sum(len(payload) for _, payload in messages) <= len(noise)


def test_a_message_in_endless_empty_parts_is_refused() -> None:
    incoming = Incoming(MOST)
    heard(incoming, sent(b"", last=False))
    with pytest.raises(BadFrame) as caught:
        heard(incoming, sent(b"", opcode=0, last=False) * 20_000)
    assert caught.value.code == 1009


def test_many_small_frames_in_one_piece_all_arrive() -> None:
    assert len(heard(Incoming(MOST), sent(b"x") * 9_000 + sent(b"y")[:3])) == 9_000
