"""What goes wrong is said by us, in the reader's language, and what was typed is given back."""

import re
import warnings
from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from game import create_app
from game.base.config import load

TYPED = "Zoë <b> & l'amie"
HERE = {"Origin": "http://localhost", "Referer": "http://localhost/desk"}
WORDS = {
    "fr": {
        400: "Cette demande",
        403: "Cette page est pour d",
        404: "Il n’y a rien ici",
        405: "ne s’ouvre pas ainsi",
        413: "C’est trop lourd",
        429: "Un peu vite",
        500: "de notre côté",
    },
    "en": {
        400: "not understood",
        403: "isn’t for you",
        404: "nothing here",
        405: "can’t be opened this way",
        413: "too large",
        429: "Too fast",
        500: "on our side",
    },
}
FOREIGN = ("Bad Request", "Forbidden", "Not Found", "Method Not Allowed", "Internal Server Error")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with a page that answers with whatever is asked for."""
    settings = load(instance_dir=tmp_path_factory.mktemp("faults"), database_url="")
    settings = settings.model_copy(update={"async_mode": "threading", "wire": "stock"})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet's notice, as `serving.async_patch` does
        made = create_app(settings, serving=False)

    def broken(status: int) -> None:
        if status == 500:
            raise ValueError(TYPED)
        abort(status)

    broken.right = None  # type: ignore[attr-defined]
    for where in ("/desk/broken/<int:status>", "/broken/<int:status>"):
        made.add_url_rule(where, where, broken, methods=["GET", "POST"])
    yield made
    made.extensions["sourcerie"].stop()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token(text: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found
    return found[1]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500])
@pytest.mark.parametrize("where", ["/broken", "/desk/broken"])
def test_every_code_is_ours_in_both_languages(
    client: FlaskClient, lang: str, status: int, where: str
) -> None:
    page = client.get(f"{where}/{status}", headers={"Accept-Language": lang})
    assert page.status_code == status
    text = page.text
    assert f'<html lang="{lang}"' in text
    assert WORDS[lang][status] in text
    assert not any(word in text for word in FOREIGN)
    assert ('href="/workshops"' if where.startswith("/desk") else 'href="/"') in text
    told = client.get(
        f"{where}/{status}", headers={"Accept-Language": lang, "Accept": "application/json"}
    )
    assert told.status_code == status
    assert told.json["ok"] is False
    assert set(told.json["error"]) == {"code", "text", "fields"}
    assert told.json["error"]["text"] in text


def test_a_page_that_is_not_there_and_a_way_that_is_not_meant(client: FlaskClient) -> None:
    assert client.get("/nothing/here/at/all").status_code == 404
    wrong = client.put("/sign-in")
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["Allow"]


def test_a_form_that_is_too_old_is_given_back_and_goes(client: FlaskClient) -> None:
    typed = {"mail": TYPED, "password": "une source claire", "csrf_token": "old"}
    client.get("/sign-in")
    given = client.post("/sign-in?next=/desk", data=typed, headers=HERE)
    assert given.status_code == 400
    assert "À envoyer une nouvelle fois" in given.text
    assert 'name="mail" hidden>\nZoë &lt;b&gt; &amp; l&#39;amie</textarea>' in given.text
    assert "une source claire" not in given.text
    assert 'type="password" name="password"' in given.text
    assert 'action="/sign-in?next=/desk"' in given.text
    again = {"mail": TYPED, "password": "une source claire", "csrf_token": token(given.text)}
    sent = client.post("/sign-in?next=/desk", data=again, headers=HERE)
    assert sent.status_code == 422, "it was taken: only mail and password do not go together"


@pytest.mark.parametrize("status", [400, 403, 429, 500])
def test_what_was_typed_is_given_back_for_other_faults_too(app: Flask, status: int) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    given = app.test_client().post(f"/broken/{status}", data={"why": f"\n{TYPED}\n"}, headers=HERE)
    app.config["WTF_CSRF_ENABLED"] = True
    assert f'name="why" hidden>\n\n{TYPED.replace("<b>", "&lt;b&gt;")}'[:30] in given.text
    assert "Envoyer à nouveau" in given.text


def test_a_stranger_with_a_form_is_told_to_sign_in_and_loses_nothing(client: FlaskClient) -> None:
    typed = {"csrf_token": token(client.get("/sign-in").text), "reason": TYPED}
    given = client.post("/desk/leads/0000000000000000/verdict", data=typed, headers=HERE)
    assert given.status_code == 403
    assert "Il faut être connecté" in given.text
    assert "/sign-in" in given.text
    assert "Zoë &lt;b&gt;" in given.text


@pytest.mark.parametrize(
    "header",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", **HERE},
    ],
)
def test_what_another_site_sends_is_not_offered_to_be_sent_again(
    client: FlaskClient, header: dict[str, str]
) -> None:
    given = client.post("/sign-in", data={"mail": TYPED}, headers=header)
    assert given.status_code == 400
    assert "Zoë" not in given.text
    assert "<textarea" not in given.text


def test_too_much_is_told(client: FlaskClient) -> None:
    sent = client.post("/sign-in", data={"mail": "x" * 3_000_000}, headers=HERE)
    assert sent.status_code == 413
    assert "C’est trop lourd" in sent.text


def test_a_fault_of_ours_leaves_no_data_in_the_log(client: FlaskClient) -> None:
    with capture_logs() as lines:
        client.get("/broken/500?token=secretive")
    (line,) = lines
    assert (line["event"], line["fault"]) == ("page_failed", "ValueError")
    assert any("test_faults.py" in place for place in line["at"])
    assert not any(word in str(line) for word in ("Zoë", "secretive", "/broken/500"))


def test_a_token_lasts_as_long_as_its_sign_in(app: Flask) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None
