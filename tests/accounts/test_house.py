"""Signing in with the company's account, against a real provider: believed only when all fits."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from sqlalchemy import select, update

from game.accounts import house
from game.accounts import user as accounts
from game.accounts.provider import Asked, Away, Provider, Refused, is_verified
from game.base.config import ConfigError, Settings, load
from game.serving import doctor
from game.store.tables import AuditEntry, SignIn, User
from tests.addresses import call_from_elsewhere
from tests.desk.at_desk import Desk, desk_in
from tests.provider import come_back, knows, oidc_provider
from tests.serving import LONG, Server

OURS = {"oidc_client_id": "sourcerie", "oidc_client_secret": "a secret of ours"}
HERE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider() as url:
        yield url


def settings(issuer: str, **more: str) -> Settings:
    given = {"oidc_issuer": issuer, "public_url": HERE, **OURS, **more}
    return load(_env_file=None, **given)


@pytest.fixture(scope="module")
def desk(issuer: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    given = {"oidc_issuer": issuer, "public_url": HERE, **OURS, "passwords": "off"}
    given["oidc_admits"] = "rh.maison.fr=recruiter, ada@rh.maison.fr=dpo"
    with desk_in(tmp_path_factory.mktemp("house") / "instance", **given) as made:
        yield made


class Browser:
    """Somebody's browser, which goes to the provider and comes back."""

    def __init__(self, desk: Desk, lang: str = "fr") -> None:
        self.client: FlaskClient = call_from_elsewhere(desk.app.test_client())
        self.client.post(f"/lang/{lang}")

    def leave(self, path: str = "/sign-in/house?next=/desk/agenda") -> str:
        return str(self.client.get(path).location)

    def back(self, answer: dict[str, str]):  # type: ignore[no-untyped-def]
        return self.client.get(f"/sign-in/house/back?{urlencode(answer)}")

    def enter(self, subject: str, **more: str):  # type: ignore[no-untyped-def]
        return self.back(come_back(self.leave(), subject, **more))

    def is_in(self) -> bool:
        return self.client.get("/account").status_code == 200


def invited(desk: Desk, mail: str, role: str = "recruiter") -> str:
    return str(desk.write(lambda s: accounts.add_user(s, mail, role).id))


def test_who_was_invited_comes_in_and_is_known_from_then_on(desk: Desk, issuer: str) -> None:
    user_id = invited(desk, "solenn@maison.fr")
    knows(issuer, "s-1", email="Solenn@Maison.fr", name="Solenn Kerguelen")
    browser = Browser(desk)
    assert "Entrer avec le compte" in browser.client.get("/sign-in").text
    assert browser.enter("s-1").location == "/desk/agenda"
    assert browser.is_in()
    assert "Solenn Kerguelen" in browser.client.get("/account").text
    knows(issuer, "s-1", email="solenn.dubois@maison.fr")  # she married, and stays herself
    assert Browser(desk).enter("s-1").location == "/desk/agenda"
    knows(issuer, "s-2", email="solenn@maison.fr")  # somebody else got the address
    other = Browser(desk)
    refused = other.enter("s-2")
    assert refused.status_code == 403
    assert "autre compte d’entreprise" in refused.text
    assert not other.is_in()
    noted = desk.read(
        lambda s: s.execute(select(AuditEntry.action, AuditEntry.detail).filter_by(user_id=user_id))
    ).all()
    assert ("signed_in", {"by": "house"}) in [tuple(row) for row in noted]


def test_who_was_not_invited_stays_out_unless_the_house_admits_them(
    desk: Desk, issuer: str
) -> None:
    knows(issuer, "x-1", email="visiteur@ailleurs.fr")
    knows(issuer, "x-2", email="lea@rh.maison.fr", name="Léa")
    knows(issuer, "x-3", email="ADA@rh.maison.fr")
    knows(issuer, "x-4", email="max@rh.maison.fr", email_verified=False)
    knows(issuer, "x-5")
    knows(issuer, "x-6", email="zoe@rh.maison.fr", email_verified="false")  # some say it so
    for subject in ("x-1", "x-4", "x-5", "x-6"):
        browser = Browser(desk, "en")
        refused = browser.enter(subject)
        assert refused.status_code == 403
        doubt = subject in ("x-4", "x-6")
        assert ("no access to Sourcerie yet" in refused.text) is not doubt
        assert ("email address is verified" in refused.text) is doubt
        assert not browser.is_in()
    for subject, role in (("x-2", "recruiter"), ("x-3", "dpo")):
        assert Browser(desk).enter(subject).status_code == 302
        roles = desk.read(lambda s: dict(s.execute(select(User.mail, User.role)).all()))
        mail = {"x-2": "lea@rh.maison.fr", "x-3": "ada@rh.maison.fr"}[subject]
        assert roles[mail] == role


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "pas que son adresse mail est"), ("en", "email address is verified")]
)
def test_a_mail_that_nobody_stands_for_opens_nothing(
    desk: Desk, issuer: str, lang: str, words: str
) -> None:
    """Also of who was invited: with some providers another company's administrator types it."""
    mail = f"silence-{lang}@maison.fr"
    invited(desk, mail)
    knows(issuer, f"v-{lang}", email=mail, email_verified=None)
    refused = Browser(desk, lang).enter(f"v-{lang}")
    assert refused.status_code == 403
    assert words in " ".join(refused.text.split())
    knows(issuer, f"v-{lang}", email=mail)
    assert Browser(desk, lang).enter(f"v-{lang}").status_code == 302
    knows(issuer, f"v-{lang}", email=mail, email_verified=None)  # who is bound needs no mail
    assert Browser(desk, lang).enter(f"v-{lang}").status_code == 302


@pytest.mark.parametrize(
    ("told", "by_default", "of_all"),
    [
        *((True, True, True), ("true", True, True), (None, False, True)),
        *((False, False, False), ("false", False, False), ("", False, False), (1, False, False)),
    ],
)
def test_which_mails_are_believed(told: object, by_default: bool, of_all: bool) -> None:
    assert is_verified(told, silent=False) is by_default
    assert is_verified(told, silent=True) is of_all


def test_a_house_may_believe_a_provider_that_says_nothing(issuer: str) -> None:
    knows(issuer, "w-1", email="silence@maison.fr", email_verified=None)
    knows(issuer, "w-2", email="refus@maison.fr", email_verified=False)
    for trusted, mails in (("all", ["silence@maison.fr", ""]), ("verified", ["", ""])):
        provider = Provider(settings(issuer, oidc_mails=trusted))
        found = []
        for subject in ("w-1", "w-2"):
            asked = provider.ask()
            known = provider.hear(asked, come_back(asked.address, subject))
            found.append(known.mail)
            assert known.is_doubtful is (known.mail == "")
        assert found == mails


def test_a_disabled_account_stays_out(desk: Desk, issuer: str) -> None:
    user_id = invited(desk, "partie@maison.fr")
    knows(issuer, "d-1", email="partie@maison.fr")
    desk.write(lambda s: accounts.set_disabled(s, user_id, user_id, disabled=True))
    browser = Browser(desk)
    assert "désactivé" in browser.enter("d-1").text
    assert not browser.is_in()


def test_an_answer_is_taken_once_and_only_by_who_asked(desk: Desk, issuer: str) -> None:
    invited(desk, "marc@maison.fr")
    knows(issuer, "m-1", email="marc@maison.fr")
    marc, thief = Browser(desk), Browser(desk)
    answer = come_back(marc.leave(), "m-1")
    for wrong in (thief.back(answer), marc.back({**answer, "state": "another"})):
        assert wrong.status_code == 422
        assert "n’a pu être vérifiée" in wrong.text
    assert not thief.is_in()
    assert not marc.is_in()  # one that was held against a wrong answer counts no more
    assert marc.back(answer).status_code == 422
    answer = come_back(marc.leave(), "m-1")
    with marc.client.session_transaction() as cookie:
        cookie["asked"] = [cookie["asked"][0], "another nonce", *cookie["asked"][2:]]
    assert marc.back(answer).status_code == 422
    assert not marc.is_in()
    answer = come_back(marc.leave(), "m-1")
    assert marc.back({**answer, "iss": "https://elsewhere.example"}).status_code == 422
    denied = come_back(marc.leave(), "m-1", action="deny")
    with marc.client.session_transaction() as cookie:
        declined = {**denied, "state": cookie["asked"][0]}  # this provider leaves it out there
    declined = marc.back(declined)
    assert declined.status_code == 422
    assert "refusée ou abandonnée" in declined.text
    assert marc.enter("m-1").status_code == 302
    assert marc.back(answer).status_code == 422


def test_no_other_page_is_come_to(desk: Desk, issuer: str) -> None:
    invited(desk, "lou@maison.fr")
    knows(issuer, "l-1", email="lou@maison.fr")
    browser = Browser(desk)
    answer = come_back(browser.leave("/sign-in/house?next=https://evil.example/"), "l-1")
    assert browser.back(answer).location == "/workshops"


def test_passwords_can_be_off(desk: Desk) -> None:
    stranger = call_from_elsewhere(desk.app.test_client())
    shown = stranger.get("/sign-in").text
    assert 'name="password"' not in shown
    assert stranger.post("/sign-in", data={"mail": "a@b.fr", "password": "x"}).status_code == 404
    assert stranger.get("/sign-in/forgotten").status_code == 404
    browser, _user = desk.person()  # by a link, for when the provider fails
    assert 'name="password"' not in browser.get("/account").text
    form = {"name": "Rosa", "lang": "fr", "password": "une source claire"}
    browser.post("/account", data=form)
    kept = desk.read(lambda s: set(s.scalars(select(User.password_hash))))
    assert kept == {""}
    desk.write(lambda s: s.execute(update(User).values(password_hash="of before")))
    desk.write(lambda s: s.execute(update(SignIn).values(by_link=False)))
    browser.post("/account/second", data={"do": "begin"})
    assert 'name="current"' not in browser.get("/account/second").text
    desk.write(lambda s: s.execute(update(User).values(password_hash="")))


def asked_and_answered(provider: Provider, subject: str) -> tuple[Asked, dict[str, str]]:
    asked = provider.ask()
    return asked, come_back(asked.address, subject)


def test_what_is_asked_has_state_nonce_and_a_challenge(issuer: str) -> None:
    one, other = Provider(settings(issuer)).ask(), Provider(settings(issuer)).ask()
    assert not set(one.kept) & set(other.kept)
    sent = {name: values[0] for name, values in parse_qs(urlsplit(one.address).query).items()}
    digest = hashlib.sha256(one.verifier.encode()).digest()
    assert sent["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert sent["code_challenge_method"] == "S256"
    assert (sent["state"], sent["nonce"]) == (one.state, one.nonce)
    assert sent["redirect_uri"] == f"{HERE}/sign-in/house/back"
    assert one.verifier not in one.address


def test_a_token_must_be_for_us_from_them_now_and_whole(issuer: str) -> None:
    knows(issuer, "t-1", email="t@maison.fr")
    provider = Provider(settings(issuer))
    asked, answer = asked_and_answered(provider, "t-1")
    token = provider._token(answer["code"], asked.verifier)
    good = provider.claims(token, asked.nonce)
    assert good["email"] == "t@maison.fr"
    someone = Provider(settings(issuer, oidc_client_id="somebody else"))
    elsewhere = Provider(settings(issuer.replace("127.0.0.1", "localhost")))
    head, body, signature = token["id_token"].split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    for refused, text, nonce, now in (
        (provider, token["id_token"], "another", None),
        (provider, token["id_token"], "", None),
        (provider, token["id_token"], asked.nonce, good["exp"] + 600),
        (provider, token["id_token"], asked.nonce, good["iat"] - 600),
        (someone, token["id_token"], asked.nonce, None),
        (elsewhere, token["id_token"], asked.nonce, None),
        (provider, f"{none}.{body}.", asked.nonce, None),
        (provider, f"{head}.{body}.{signature[::-1]}", asked.nonce, None),
        (provider, "no token", asked.nonce, None),
        (provider, "", asked.nonce, None),
    ):
        with pytest.raises(Refused, match="house_failed"):
            refused.claims({**token, "id_token": text}, nonce, now)
    with pytest.raises(Refused, match="house_failed"):
        provider.hear(asked, answer)  # the provider takes its code back once


def test_a_provider_that_is_not_there_or_another_is_away(issuer: str) -> None:
    closed = Provider(settings("http://127.0.0.1:9"))
    with pytest.raises(Away):
        closed.ask()
    other = Provider(settings(f"{issuer}/"))  # it names itself without the slash
    with pytest.raises(Away):
        other.ask()
    states = [doctor.sign_in(provider.settings).state for provider in (closed, other)]
    assert [*states, doctor.sign_in(settings(issuer)).state] == ["FAIL", "FAIL", "ok"]


def test_the_page_says_that_the_provider_is_away(tmp_path: Path) -> None:
    given = {"oidc_issuer": "http://127.0.0.1:9", "public_url": HERE, **OURS}
    with desk_in(tmp_path / "away", **given) as alone:
        shown = alone.app.test_client().get("/sign-in/house")
        assert shown.status_code == 503
        assert "ne répond pas" in shown.text
        assert 'name="password"' in shown.text


def test_a_role_is_by_mail_before_domain() -> None:
    admits = "maison.fr=facilitator, rosa@maison.fr = recruiter"
    assert house.role_of(admits, " Rosa@Maison.FR") == "recruiter"
    assert house.role_of(admits, "ada@maison.fr") == "facilitator"
    assert house.role_of(admits, "ada@evil-maison.fr") == ""
    assert house.role_of(admits, "") == house.role_of("", "ada@maison.fr") == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"oidc_issuer": "http://login.example.org"}, "OIDC_ISSUER: must start with https://"),
        ({"oidc_issuer": "https://login.example.org"}, "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"),
        ({"oidc_issuer": "https://login.example.org", **OURS}, "PUBLIC_URL: must be set"),
        ({"passwords": "off"}, "PASSWORDS: cannot be off"),
        ({"oidc_admits": "maison.fr=king"}, "OIDC_ADMITS: must look like"),
    ],
)
def test_settings_that_do_not_go_together_are_said(given: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load(_env_file=None, **given)


def test_it_works_beneath_the_game_s_own_loop(issuer: str, tmp_path: Path) -> None:
    given = {f"{name.upper()}": value for name, value in OURS.items()}
    knows(issuer, "e-1", email="evan@maison.fr")
    server = Server(tmp_path, OIDC_ISSUER=issuer, OIDC_ADMITS="maison.fr=admin", **given).start()
    try:
        http = requests.Session()
        off = http.get(f"{server.url}/sign-in/house", allow_redirects=False, timeout=LONG)
        answer = come_back(off.headers["Location"], "e-1")
        came = http.get(f"{server.url}/sign-in/house/back", params=answer, timeout=LONG)
        assert came.url == f"{server.url}/workshops"
        assert http.get(f"{server.url}/users", timeout=LONG).ok
        assert "a secret of ours" not in server.log.read_text()
        assert answer["code"] not in server.log.read_text()
    finally:
        server.kill()


def test_keys_that_the_provider_changed_are_asked_for_again(issuer: str) -> None:
    knows(issuer, "k-1", email="k@maison.fr")
    with oidc_provider() as another:  # stands in for the keys of before
        old = Provider(settings(another))
        old.ask()
        stale = old._keys()
    provider = Provider(settings(issuer))
    asked, answer = asked_and_answered(provider, "k-1")
    provider.keys = stale
    assert provider.hear(replace(asked, address=""), answer).subject == "k-1"
