"""WebSocket frames (RFC 6455) as cheaply as a load generator needs them."""

TEXT, CLOSE, PING = 1, 8, 9


def masked(text: bytes, opcode: int = TEXT) -> bytes:
    """A client's frame. Its mask is zero, which the standard allows, so nothing is to be done."""
    size = len(text)
    if size < 126:
        return bytes((0x80 | opcode, 0x80 | size)) + b"\0\0\0\0" + text
    if size < 65_536:
        return bytes((0x80 | opcode, 0xFE)) + size.to_bytes(2, "big") + b"\0\0\0\0" + text
    return bytes((0x80 | opcode, 0xFF)) + size.to_bytes(8, "big") + b"\0\0\0\0" + text


def split(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames of a server in `data`, as (opcode, payload), and what is left over."""
    frames = []
    at, end = 0, len(data)
    while end - at >= 2:
        size, head = data[at + 1], at + 2
        if size == 126:
            size, head = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
        elif size == 127:
            size, head = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
        if end < head + size:
            break
        frames.append((data[at] & 15, data[head : head + size]))
        at = head + size
    return frames, data[at:]
