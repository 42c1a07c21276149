"""A model is asked by rules of the house; whatever it does, the rules' own result is there."""

import asyncio
import json
import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from game import content
from game.base import paths
from game.base.config import ConfigError, load
from game.helpers import employers, message, wording
from game.helpers import endpoint as provider
from game.helpers.contract import RULES, Answer, Given, HelperFault, Task
from game.helpers.endpoint import Endpoint, way_told, ways
from game.helpers.make import by_rules, with_model
from game.helpers.message import Drafts
from game.helpers.private_address import is_ours, line_to
from game.serving import doctor
from tests.model_server import KEY, Models, model_server


class Word(Given):
    word: str


class Said(Answer):
    said: str


def checked(answer: Said, given: Word) -> Said | None:
    return answer if given.word in answer.said else None


PHRASES = {p.key: p.text for p in content.load(paths.content())["fr"].phrases}
TASK: Task[Word, Said] = Task(
    "word",
    Said,
    lambda given: Said(said=given.word),
    lambda _: "Dites le mot autrement.",
    lambda given: given.model_dump(),
    checked,
)
GIVEN = Word(word="source")


@pytest.fixture
def models() -> Iterator[Models]:
    with model_server() as made:
        made.says = lambda told: json.dumps({"said": f"une {told.get('word')}"})
        yield made


def endpoint(models: Models, seconds: float = 30) -> Endpoint:
    return Endpoint(models.url, KEY, seconds=seconds)


def test_a_model_answers_and_is_named(models: Models) -> None:
    ticks: list[int] = []
    made = with_model(TASK, GIVEN, endpoint(models), "petit", ticks.append)
    assert (made.answer.said, made.by, made.why) == ("une source", "petit", "")
    assert (made.reply.tokens_in, made.reply.tokens_out) == (40, 20)
    assert models.told == {"word": "source"}
    assert "never an order" in models.asked[0]["messages"][0]["content"]
    assert "source" not in models.asked[0]["messages"][0]["content"]
    assert ticks


@pytest.mark.parametrize(
    ("knows", "strange", "asked"),
    [
        (("json_schema",), 400, 1),
        (("json_object", ""), 500, 3),
        (("",), 422, 5),
    ],
)
def test_the_way_that_a_server_knows_is_found_and_remembered(
    models: Models, knows: tuple[str, ...], strange: int, asked: int
) -> None:
    models.knows, models.strange = knows, strange
    if knows == ("",):  # it talks around the object, too
        models.says = lambda told: 'Voici :\n```json\n{"said": "la source"}\n```\nVoilà.'
    where = endpoint(models)
    assert with_model(TASK, GIVEN, where, "petit").by == "petit"
    assert len(models.asked) == asked
    assert way_told(where, "petit") == (knows[0] or "its text")
    assert with_model(TASK, GIVEN, where, "petit").by == "petit"
    assert len(models.asked) == asked + 1


@pytest.mark.parametrize(
    ("mood", "says", "why"),
    [
        ("hangs", "", "too_slow"),
        ("stalls", "", "too_slow"),
        ("dies", "", "cut"),
        ("cut", "", "cut"),
        ("500", "", "refused"),
        ("401", "", "refused"),
        ("302", "", "refused"),
        ("endless", "", "too_long"),
        ("deep", "", "not_json"),
        ("whole, deep", "", "not_json"),
        ("", '{"said": "une sour', "not_json"),
        ("", "Bien sûr, voici le mot.", "not_json"),
        ("", '{"said": "une source", "tool": "send_mail"}', "not_json"),
        ("", '{"said": 3}', "not_json"),
        ("", '{"said": "tout autre chose"}', "invented"),
        ("", "[" * 5_000, "not_json"),
    ],
)
def test_whatever_goes_wrong_the_rules_have_answered(
    models: Models, mood: str, says: str, why: str
) -> None:
    models.mood = mood
    if says:
        models.says = lambda told: says
    seconds = 1 if why == "too_slow" else 30
    made = with_model(TASK, GIVEN, endpoint(models, seconds), "petit")
    assert (made.answer.said, made.by, made.why) == ("source", RULES, why)


@pytest.mark.parametrize("mood", ["dies", "snaps", "resets"])
def test_one_that_dies_in_mid_answer_is_neither_waited_for_nor_asked_again(
    models: Models, monkeypatch: pytest.MonkeyPatch, mood: str
) -> None:
    """The clock of this test stands still: no limit passes, and whoever slept would be told."""

    async def slept(seconds: float, *_: Any) -> None:
        assert not seconds, "it waits for a server that has gone"

    monkeypatch.setattr(asyncio, "sleep", slept)
    monkeypatch.setattr(provider, "time", SimpleNamespace(monotonic=lambda: 0.0))
    models.mood = mood

    def tick(count: int) -> None:
        if count:
            models.held.set()  # what came is read: the line may be torn

    made = with_model(TASK, GIVEN, endpoint(models, seconds=10_000), "petit", tick)
    assert (made.answer.said, made.by, made.why) == ("source", RULES, "cut")
    assert len(models.asked) == 1


def test_one_that_falls_silent_in_mid_answer_is_given_up_by_its_line_too(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock that ends a call stands still: that nothing comes any more ends it as well."""
    monkeypatch.setattr(provider, "time", SimpleNamespace(monotonic=lambda: 0.0))
    models.mood = "stalls"
    made = with_model(TASK, GIVEN, endpoint(models, seconds=0.5), "petit")
    assert (made.answer.said, made.by, made.why) == ("source", RULES, "too_slow")
    assert len(models.asked) == 1


@pytest.mark.parametrize("remote", [False, True])
@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_server_that_sends_us_on_is_not_followed(
    models: Models, status: str, *, remote: bool
) -> None:
    with model_server() as other:
        other.says, models.mood = models.says, status
        models.elsewhere = f"{other.url}/chat/completions"
        where = Endpoint(models.url, KEY, remote=remote, seconds=30)
        made = with_model(TASK, GIVEN, where, "petit")
        assert (made.by, made.why, len(models.asked)) == (RULES, "refused", 1)
        assert not other.called


def test_no_proxy_of_the_machine_hears_what_is_asked(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model_server() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert with_model(TASK, GIVEN, endpoint(models), "petit").by == "petit"
        assert not proxy.called


def test_a_server_that_breaks_over_a_shape_is_asked_in_another_way(models: Models) -> None:
    models.breaks = ("json_schema",)
    where = endpoint(models)
    assert with_model(TASK, GIVEN, where, "petit").by == "petit"
    assert way_told(where, "petit") == "json_object"
    models.breaks = ("json_schema", "json_object", "")
    made = with_model(TASK, GIVEN, where, "petit")
    assert (made.by, made.why) == (RULES, "refused")


def test_a_shape_is_told_without_the_lengths_of_texts() -> None:
    told = str(ways(Drafts.model_json_schema()))
    assert "drafts" in told
    assert "axLength" not in told
    assert "inLength" not in told


def test_a_server_that_does_not_stream_is_read_too(models: Models) -> None:
    models.mood = "whole"
    made = with_model(TASK, GIVEN, endpoint(models), "petit")
    assert (made.by, made.reply.tokens_out) == ("petit", 5)


def test_who_stops_it_has_it_stopped_while_it_hangs(models: Models) -> None:
    models.mood = "hangs"

    def tick(_: int) -> None:
        if models.held.is_set():
            raise KeyError("not wanted any more")

    with pytest.raises(KeyError):
        with_model(TASK, GIVEN, endpoint(models, seconds=600), "petit", tick)


def test_a_public_address_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, models: Models
) -> None:
    found = [(2, 1, 6, "", ("192.0.66.1", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(HelperFault, match="public_address"):
        line_to("http://models.example.org/v1", remote=False)
    assert line_to("http://models.example.org/v1", remote=True).url.endswith("example.org/v1")
    made = with_model(TASK, GIVEN, Endpoint("http://models.example.org/v1"), "petit")
    assert (made.by, made.why) == (RULES, "public_address")
    assert not models.asked


def test_it_is_called_by_the_very_address_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, models: Models
) -> None:
    """A name that means another address a moment later leads nowhere else."""
    looked: list[str] = []
    found = socket.getaddrinfo

    def once(host: Any, *more: Any, **named: Any) -> Any:
        if host == "modeles.maison.example":
            looked.append(host)
            return found("127.0.0.1" if len(looked) == 1 else "192.0.66.1", *more, **named)
        return found(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    where = Endpoint(models.url.replace("127.0.0.1", "modeles.maison.example"), KEY, seconds=30)
    assert "une source" in where.ask("petit", "Dites.", GIVEN.model_dump(), {}).text
    assert looked == ["modeles.maison.example"]


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("127.0.0.1", True),
        ("192.168.1.4", True),
        ("10.2.3.4", True),
        ("::1", True),
        ("fd00::1", True),
        ("8.8.8.8", False),
        ("0.0.0.0", False),  # noqa: S104
        ("2001:4860:4860::8888", False),
        ("::ffff:8.8.8.8", False),
        ("64:ff9b:1::808:808", False),  # a gateway of ours goes on to the outside
        ("64:ff9b:1::a00:1", True),
        ("2001:0:808:808::1", False),
        ("", False),
    ],
)
def test_which_addresses_are_the_house_s(address: str, ours: bool) -> None:
    assert is_ours(address) is ours


def test_without_a_server_nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    settings = load(_env_file=None)
    assert Endpoint.of(settings) is None
    card = message.Card(lang="fr", occasion="first", tone="warm")
    assert by_rules(TASK, GIVEN).by == RULES
    assert by_rules(message.task(PHRASES), card).answer.drafts
    assert by_rules(wording.TASK, wording.Compared(lang="fr", names=("Vendeur",))).answer.proposals
    assert by_rules(employers.TASK, employers.Wanted(lang="fr", position="x")).answer.names == ()
    assert doctor._model(settings) == []


def test_the_doctor_asks_the_model_a_short_question(models: Models) -> None:
    given = {"helper_url": models.url, "helper_key": KEY, "helper_model": "petit, message=autre"}
    settings = load(_env_file=None, **given)
    assert (settings.model_for("titles"), settings.model_for("message")) == ("petit", "autre")
    (found,) = doctor._model(settings)
    assert (found.state, found.what) == ("ok", "model")
    assert "json_schema" in found.said
    (found,) = doctor._model(load(_env_file=None, **{**given, "helper_key": ""}))
    assert found.state == "warn"
    assert "HELPER_KEY" in found.said


@pytest.mark.parametrize(
    "given",
    [{"helper_url": "ollama"}, {"helper_url": "http://localhost:11434/v1"}],
)
def test_a_setting_that_cannot_work_stops_the_start(given: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="HELPER_"):
        load(_env_file=None, **given)
