"""Pages asked for too often say so, and promise nothing of an answer that nobody gave."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from game.base.limits import Limits
from game.screens import messages
from game.store.tables import Workshop
from tests.addresses import call_from_elsewhere
from tests.privacy.pages import application, game_of

KEY = "k" * 32
PAGES = (
    f"/calendar/{KEY}.ics",
    f"/card/{KEY}",
    f"/colleague/{KEY}",
    f"/contact/{KEY}",
    f"/evening/{KEY}",
    f"/invitation/{KEY}",
    f"/remote/by/{KEY}",
    f"/sign-in/link/{KEY}",
    f"/stand/{KEY}/",
    f"/year/{KEY}",
)
SAID = {
    "fr": "Trop de demandes à la fois. Dans une minute, tout ira bien.",
    "en": "Too many requests at once. All will be well in a minute.",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with application(Path(tmp_path_factory.mktemp("often")) / "instance") as app:
        game_of(app).writer.write(
            lambda s: s.add(Workshop(name="A", code="PORT", stage="lobby", created_at=1))
        )
        yield call_from_elsewhere(app.test_client())


@pytest.fixture
def busy(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client whose address has asked for all that one address may."""
    client.get("/PORT")  # its cookie, so that a fault is told about the pace and not about cookies
    monkeypatch.setattr(Limits, "_allows", lambda *_: False)
    return client


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_it_in_the_readers_language(busy: FlaskClient, path: str, lang: str) -> None:
    busy.post(f"/lang/{lang}")
    answer = busy.get(path, headers={"Accept-Language": lang})
    assert answer.status_code == 429
    assert SAID[lang] in answer.text


@pytest.mark.parametrize("as_json", [True, False])
def test_the_door_says_it_with_what_was_typed(busy: FlaskClient, as_json: bool) -> None:
    typed = {"nickname": "Ortie", "page": "p" * 16}
    busy.post("/lang/fr")
    asked = {"json": typed} if as_json else {"data": typed}
    answer = busy.post("/PORT/join", **asked)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert SAID["fr"] in (answer.json["error"]["text"] if answer.json else answer.text)
    assert as_json or 'value="Ortie"' in answer.text


def test_only_what_is_sent_again_by_itself_is_said_to_be_kept(client: FlaskClient) -> None:
    with client.application.test_request_context():
        kept = {code for code, text in messages.texts().items() if "réponse est gardée" in text}
    assert kept == {"busy", "catching_up", "throttled", "failed"}
