"""Behind a proxy with TLS: where the page is let in, its socket is too, and nobody else's."""

from pathlib import Path

import pytest
from websocket import WebSocketBadStatusException, create_connection

from tests.serving import Server
from tests.waiting import LONG

NAME = "play.example.org"
PROXIED = {
    "nothing said": [],
    "as it should be": ["X-Forwarded-Proto: https"],
    "a name of its own": ["X-Forwarded-Proto: https", "X-Forwarded-Host: inner:8000"],
}


def opens(server: Server, host: str, origin: str, headers: list[str]) -> bool:
    """Does a handshake succeed that a proxy hands on this way?"""
    url = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    try:
        line = create_connection(url, host=host, origin=origin, header=headers, timeout=LONG)
    except WebSocketBadStatusException:
        return False
    assert line.recv().startswith("0{")
    line.close()
    return True


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_the_public_address_is_always_let_in(tmp_path: Path, proxies: str) -> None:
    folder = tmp_path
    server = Server(folder, PUBLIC_URL=f"https://{NAME}", TRUSTED_PROXIES=proxies).start()
    try:
        for host in (NAME, f"{NAME}:443", "127.0.0.1:8000"):
            for what, headers in PROXIED.items():
                assert opens(server, host, f"https://{NAME}", headers), (host, what)
                assert not opens(server, host, "https://evil.example", headers), (host, what)
                assert not opens(server, host, f"https://{NAME}.evil.example", headers)
                assert not opens(server, host, "null", headers)
    finally:
        server.kill()
