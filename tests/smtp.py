"""A real SMTP server of a test's own, on a port that the system chose."""

import asyncio
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast


class Post:
    """What the server was given. `refuses` has answers by address; `full` answers after so many."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[str] = []
        self.refuses: dict[str, str] = {}
        self.full = 0
        self.url = ""
        self.end: Callable[[], object] = lambda: None

    async def handle_RCPT(  # noqa: N802  the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.full and len(self.mails) >= self.full:
            return "451 too much for now"
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.to += envelope.rcpt_tos
        lines = envelope.content.replace(b"\r\n", b"\n")
        self.mails.append(cast(EmailMessage, message_from_bytes(lines, policy=policy.default)))
        return "250 OK"


@contextmanager
def smtp_server(**more: Any) -> Iterator[Post]:
    """A server that takes mail until the end of the block, in a thread and a loop of its own."""
    post, ready = Post(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(post, ready, more)), daemon=True)
    thread.start()
    assert ready.wait(60), "no SMTP server"
    try:
        yield post
    finally:
        post.end()
        thread.join()


async def _serve(post: Post, ready: threading.Event, more: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from aiosmtpd.smtp import SMTP
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    serving = await loop.create_server(lambda: SMTP(post, loop=loop, **more), "127.0.0.1", 0)
    post.url = f"smtp://127.0.0.1:{serving.sockets[0].getsockname()[1]}"
    post.end = lambda: loop.call_soon_threadsafe(over.set)
    ready.set()
    await over.wait()
    serving.close()
