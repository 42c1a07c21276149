"""The doctor's handshake: through what stands before the game, one line says what is wrong."""

import socket
from pathlib import Path

from game.serving.handshake import shake
from tests.proxy import Proxy
from tests.serving import Server, free_port


def test_what_stands_before_the_game_is_found_out(server: Server) -> None:
    assert shake(server.url).state == "ok"
    proxy = Proxy(server, "pass")
    assert shake(proxy.url).state == "ok"
    proxy.mode = "refuse"
    found = shake(proxy.url)
    assert (found.state, "HTTP 403" in found.said, "phones will poll" in found.said) == (
        "warn",
        True,
        True,
    )
    proxy.close()
    assert shake(f"{server.url}/elsewhere").state == "FAIL"
    assert shake(f"http://127.0.0.1:{free_port()}").state == "warn"
    secure = shake(server.url.replace("http", "https"))
    assert secure.state in ("warn", "FAIL")
    assert "\n" not in secure.said


def test_a_proxy_that_hides_our_name_is_named_with_what_to_set(tmp_path: Path) -> None:
    """The server believes in another address than the one that phones are given."""
    server = Server(tmp_path).start()
    try:
        proxy = Renaming(server)
        found = shake(proxy.url)
        assert found.state == "FAIL"
        assert f"PUBLIC_URL={proxy.url}" in found.said
        proxy.close()
        server.kill()
        server.env["PUBLIC_URL"] = proxy.url
        server.start()
        again = Renaming(server, int(proxy.url.rpartition(":")[2]))
        assert shake(again.url).state == "ok"
        again.close()
    finally:
        server.kill()


class Renaming(Proxy):
    """A proxy that asks the server by an inner name."""

    def __init__(self, server: Server, port: int = 0) -> None:
        self.port = port or free_port()
        super().__init__(server, "pass")

    def _listen(self) -> socket.socket:
        return socket.create_server(("127.0.0.1", self.port))

    def _rewrite(self, head: bytes) -> bytes:
        return head.replace(self.url.partition("//")[2].encode(), b"inner:8000", 1)
