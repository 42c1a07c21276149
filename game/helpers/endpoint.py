"""The one provider: whatever server speaks as OpenAI's does – Ollama, llama.cpp, vLLM, Mistral…

An answer is read as it comes and can be given up at any moment. Servers differ in how they are
told the shape of an answer: each way is tried once, and the one that works is remembered.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

from game.base.config import Settings
from game.base.json_object import members, objects
from game.helpers.contract import HelperFault, Reply
from game.helpers.private_address import Line, line_to

LONGEST = 60_000  # characters: what answers more than that does not answer
TOKENS = 1_500
LOOK = 0.25  # seconds between two looks at whether it is still wanted
STRANGE = frozenset((400, 404, 415, 422, 500, 501))  # answers to a way that a server does not know


@dataclass
class Endpoint:
    """A server of models. `ways` is how each of its models wants to be told the shape."""

    url: str
    key: str = ""
    remote: bool = False
    seconds: float = 60
    ways: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings) -> "Endpoint | None":
        """The one that the settings name, if they do."""
        if not settings.helper_url:
            return None
        remote = settings.helper_remote == "yes"
        return cls(settings.helper_url, settings.helper_key, remote, settings.helper_seconds)

    def ask(
        self,
        model: str,
        order: str,
        told: dict[str, object],
        shape: dict[str, object],
        tick: Callable[[int], None] = lambda _: None,
    ) -> Reply:
        """What a model answers. Raises HelperFault, and whatever `tick` raises.

        `tick` is told how many pieces have come, a few times a second: it ends the call by raising.
        """
        return asyncio.run(self._ask(model, order, told, shape, tick))

    async def _ask(
        self,
        model: str,
        order: str,
        told: dict[str, object],
        shape: dict[str, object],
        tick: Callable[[int], None],
    ) -> Reply:
        count = [0]
        call = asyncio.create_task(self._tried(model, order, told, shape, count))
        until = time.monotonic() + self.seconds
        try:
            while not call.done():
                await asyncio.wait([call], timeout=LOOK)
                tick(count[0])
                if time.monotonic() > until and not call.done():
                    raise HelperFault("too_slow")
            return call.result()
        finally:
            call.cancel()
            with suppress(asyncio.CancelledError, HelperFault):
                await call

    async def _tried(
        self,
        model: str,
        order: str,
        told: dict[str, object],
        shape: dict[str, object],
        count: list[int],
    ) -> Reply:
        """The first way that the server knows, from the one it knew last time."""
        asked = _asked(model, order, told)
        every = ways(shape)
        line = await asyncio.to_thread(line_to, self.url, remote=self.remote)
        for way in range(self.ways.get(model, 0), len(every)):
            try:
                reply = await self._once(line, model, {**asked, **every[way]}, count)
            except _Strange:
                continue
            self.ways[model] = way
            return reply
        self.ways.pop(model, None)  # another server may be there by now
        raise HelperFault("refused")

    async def _once(
        self, line: Line, model: str, asked: dict[str, object], count: list[int]
    ) -> Reply:
        began = time.monotonic()
        headers = httpx.Headers(line.headers, encoding="utf-8")
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        limits = httpx.Timeout(self.seconds, connect=min(5, self.seconds))
        try:
            # no proxy of the environment, no other address that the server sends us to
            async with httpx.AsyncClient(timeout=limits, trust_env=False) as client:
                async with client.stream(
                    "POST",
                    f"{line.url}/chat/completions",
                    json=asked,
                    headers=headers,
                    extensions=line.extensions,
                ) as answer:
                    said = await _read(answer, model, count)
        except httpx.RemoteProtocolError:  # it closed the line: before a word, over the shape
            raise HelperFault("cut") if count[0] else _Strange from None
        except httpx.ReadTimeout:
            raise HelperFault("too_slow") from None
        except httpx.ReadError:
            raise HelperFault("cut" if count[0] else "unreachable") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise HelperFault("unreachable") from None
        return Reply(said.text, said.model, said.tokens_in, said.tokens_out, _since(began))


class _Strange(Exception):
    """The server does not know this way of telling a shape."""


def ways(shape: dict[str, object]) -> tuple[dict[str, object], ...]:
    """How the shape of an answer can be told, the strictest first; the last has it in the text."""
    bare = without_lengths(shape)
    schema = {"name": "answer", "schema": bare, "strict": True}
    strict: dict[str, object] = {"response_format": {"type": "json_schema", "json_schema": schema}}
    return (
        {**strict, "stream_options": {"include_usage": True}},
        strict,
        {"response_format": {"type": "json_object", "schema": bare}},
        {"response_format": {"type": "json_object"}},
        {},
    )


def without_lengths(shape: object) -> object:
    """A shape without how long texts may be: llama.cpp dies of the grammar that it makes of that.

    Lengths stand in the order, and what is too long is no answer all the same.
    """
    if isinstance(shape, dict):
        lengths = ("minLength", "maxLength")
        return {k: without_lengths(v) for k, v in shape.items() if k not in lengths}
    return [without_lengths(one) for one in shape] if isinstance(shape, list) else shape


WAYS = ("json_schema", "json_schema", "json_object", "json_object", "its text")


def way_told(endpoint: Endpoint, model: str) -> str:
    """In which way a model was told the shape of its last answer."""
    return WAYS[endpoint.ways.get(model, 0)]


def _asked(model: str, order: str, told: dict[str, object]) -> dict[str, object]:
    """An order of ours, and all data in one message: what stands in it is no order."""
    return {
        "model": model,
        "messages": [
            {"role": "system", "content": order},
            {"role": "user", "content": json.dumps(told, ensure_ascii=False)},
        ],
        "stream": True,
        "temperature": 0.3,
        "max_tokens": TOKENS,
    }


async def _read(answer: httpx.Response, model: str, count: list[int]) -> Reply:
    if answer.status_code in STRANGE:
        raise _Strange
    if answer.status_code != 200:
        raise HelperFault("refused")
    if "event-stream" not in answer.headers.get("Content-Type", "event-stream"):
        return _whole(await _bytes(answer), model)
    return await _streamed(answer, model, count)


async def _bytes(answer: httpx.Response) -> bytes:
    body = b""
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > 4 * LONGEST:
            raise HelperFault("too_long")
    return body


def _whole(body: bytes, model: str) -> Reply:
    """An answer in one piece, from a server that does not stream."""
    try:
        said = json.loads(body)
        choice, usage = said["choices"][0], said.get("usage") or {}
        text = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise HelperFault("not_json") from None
    if choice.get("finish_reason") == "length":
        raise HelperFault("cut")
    return Reply(str(text), model, *_used(usage, 0))


def _used(usage: object, counted: int) -> tuple[int, int]:
    if not isinstance(usage, dict):
        return 0, counted
    found = (usage.get("prompt_tokens"), usage.get("completion_tokens"))
    told, said = (n if isinstance(n, int) else 0 for n in found)
    return told, said or counted


async def _streamed(answer: httpx.Response, model: str, count: list[int]) -> Reply:
    """The pieces put together. An answer that stops before its end is none."""
    text, ended = "", False
    usage: object = {}
    async for piece in _pieces(answer):
        usage = piece.get("usage") or usage
        for choice in objects(piece.get("choices")):
            said = str(members(choice.get("delta")).get("content") or "")
            text += said
            count[0] += bool(said)
            ended = ended or choice.get("finish_reason") == "stop"
            if choice.get("finish_reason") == "length":
                raise HelperFault("cut")
        if len(text) > LONGEST:
            raise HelperFault("too_long")
    if not ended:
        raise HelperFault("cut") if count[0] else _Strange
    return Reply(text, model, *_used(usage, count[0]))


async def _pieces(answer: httpx.Response) -> AsyncIterator[dict[str, object]]:
    async for line in _lines(answer):
        if not line.startswith("data:"):
            continue
        said = line.removeprefix("data:").strip()
        if said == "[DONE]":
            return
        try:
            piece = json.loads(said)
        except (ValueError, RecursionError):  # also of what is nested without end
            raise HelperFault("not_json") from None
        if not isinstance(piece, dict) or piece.get("error"):
            raise HelperFault("refused")
        yield piece


async def _lines(answer: httpx.Response) -> AsyncIterator[str]:
    """The lines of an answer as they come; one without an end is not waited for in memory."""
    rest = ""
    async for text in answer.aiter_text():
        *whole, rest = (rest + text).split("\n")
        for line in whole:
            yield line
        if len(rest) > 4 * LONGEST:
            raise HelperFault("too_long")
    yield rest


def _since(began: float) -> int:
    return round(1000 * (time.monotonic() - began))
