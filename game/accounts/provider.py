"""The house's provider of identities, by OpenID Connect (Core 1.0, the code flow, with PKCE).

Everything here waits for a network: the caller runs it aside from the players.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from game.accounts.house import Known
from game.base.address import public_url
from game.base.clock import now_ms
from game.base.config import Settings

BACK = "/sign-in/house/back"
SCOPE = "openid email profile"
WAIT = 10  # seconds for an answer
FRESH = 3600.0  # seconds for which the provider's addresses and keys are believed
LEEWAY = 120  # seconds that two machines' clocks may differ
# signed by a key that only the provider has: neither `none` nor a secret that both have
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
WHERE = "/.well-known/openid-configuration"  # OpenID Connect Discovery 1.0, 4


class Away(Exception):
    """The provider does not answer, or with something that is no answer."""


class Refused(Exception):
    """What came back is not to be believed, or the provider let nobody in; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Asked:
    """Where somebody is sent, and what the answer is held against."""

    address: str
    state: str
    nonce: str
    verifier: str

    @property
    def kept(self) -> list[str]:
        """What their browser keeps meanwhile."""
        return [self.state, self.nonce, self.verifier]


class Provider:
    """The provider that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.facts: dict[str, object] = {}
        self.keys: KeySet | None = None
        self.read_at = 0.0

    def ask(self) -> Asked:
        """A new question to the provider. Raises Away."""
        made = Asked("", *(secrets.token_urlsafe(32) for _ in range(3)))
        address, _state = self._client().create_authorization_url(
            self._known()["authorization_endpoint"],
            state=made.state,
            nonce=made.nonce,
            code_verifier=made.verifier,
        )
        return Asked(str(address), *made.kept)

    def hear(self, asked: Asked, answer: Mapping[str, str]) -> Known:
        """Who came back with an answer to this question. Raises Away or Refused.

        Refused: house_declined, where they or the provider did not want to; house_failed.
        """
        issuer = answer.get("iss", self.settings.oidc_issuer)  # RFC 9207
        if not same(answer.get("state", ""), asked.state) or issuer != self.settings.oidc_issuer:
            raise Refused("house_failed")
        if answer.get("error") == "access_denied":
            raise Refused("house_declined")
        if "error" in answer or not answer.get("code"):
            raise Refused("house_failed")
        token = self._token(answer["code"], asked.verifier)
        return self._person(token, self.claims(token, asked.nonce))

    def _client(self) -> OAuth2Session:
        basic = "client_secret_basic"
        how = self.facts.get("token_endpoint_auth_methods_supported")
        by_post = isinstance(how, list) and basic not in how
        return OAuth2Session(
            self.settings.oidc_client_id,
            self.settings.oidc_client_secret,
            token_endpoint_auth_method="client_secret_post" if by_post else basic,
            scope=SCOPE,
            redirect_uri=f"{public_url(self.settings)}{BACK}",
            code_challenge_method="S256",
        )

    def _known(self) -> dict[str, object]:
        """The provider's addresses, by its own account; it must be the one that was meant."""
        if not self.facts or time.monotonic() - self.read_at > FRESH:
            found = _read(f"{self.settings.oidc_issuer.rstrip('/')}{WHERE}")
            wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if found.get("issuer") != self.settings.oidc_issuer or not all(map(found.get, wanted)):
                raise Away("not the issuer")
            self.facts, self.keys, self.read_at = found, None, time.monotonic()
        return self.facts

    def _token(self, code: str, verifier: str) -> dict[str, object]:
        client, address = None, self._known()["token_endpoint"]
        try:
            client = self._client()
            return dict(
                client.fetch_token(
                    address,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    timeout=WAIT,
                )
            )
        except AuthlibBaseError:
            raise Refused("house_failed") from None
        except requests.HTTPError as error:
            status = error.response.status_code if error.response is not None else 500
            raise (Refused("house_failed") if status < 500 else Away("token")) from None
        except (requests.RequestException, ValueError) as error:
            raise Away(type(error).__name__) from None
        finally:
            if client is not None:
                client.close()

    def claims(
        self, token: Mapping[str, object], nonce: str, now: int | None = None
    ) -> CodeIDToken:
        """What the identity token says, once signature, issuer, audience, time and nonce fit.

        `now` is in seconds since the epoch. Raises Away or Refused.
        """
        read = self._decoded(str(token.get("id_token", "")))
        facts = {"iss": {"essential": True, "value": self.settings.oidc_issuer}}
        about = {"nonce": nonce, "client_id": self.settings.oidc_client_id}
        found = CodeIDToken(read.claims, read.header, facts, about)
        try:
            found.validate(now=now or now_ms() // 1000, leeway=LEEWAY)
        except (JoseError, AuthlibBaseError, ValueError, TypeError):
            raise Refused("house_failed") from None
        if not same(str(found.get("nonce", "")), nonce):
            raise Refused("house_failed")
        return found

    def _decoded(self, text: str) -> jwt.Token:
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        for keys in (self._keys(), None):
            try:
                return jwt.decode(text, keys or self._keys(anew=True), registry=registry)
            except (JoseError, ValueError, TypeError):
                continue  # it may have made new keys since
        raise Refused("house_failed")

    def _keys(self, *, anew: bool = False) -> KeySet:
        if self.keys is None or anew:
            try:
                self.keys = KeySet.import_key_set(_read(self._known()["jwks_uri"]))  # type: ignore[arg-type]
            except (JoseError, ValueError, KeyError):
                raise Away("keys") from None
        return self.keys

    def _person(self, token: Mapping[str, object], claims: Mapping[str, object]) -> Known:
        """Who it is; providers that tell a mail only when asked for it are asked."""
        subject, said = str(claims["sub"]), dict(claims)
        more = self._known().get("userinfo_endpoint")
        told_all = {"email", "email_verified"} <= said.keys()
        if not told_all and more and token.get("access_token"):
            told = _read(str(more), str(token["access_token"]))
            if told.get("sub") != subject:
                raise Refused("house_failed")
            said |= told
        mail, name = str(said.get("email") or ""), str(said.get("name") or "")
        silent = self.settings.oidc_mails == "all"
        if is_verified(said.get("email_verified"), silent=silent):
            return Known(self.settings.oidc_issuer, subject, mail, name)
        return Known(self.settings.oidc_issuer, subject, "", name, is_doubtful=bool(mail))


def is_verified(told: object, *, silent: bool) -> bool:
    """Does the provider stand for a mail? `told` is its `email_verified`; some say it as a text.

    Where it says nothing, nobody knows who typed that mail (OpenID Connect Core 1.0, 5.1 and 5.7;
    with some, whoever administers another company's accounts): it is believed where `silent` says
    that the house does so.
    """
    return silent if told is None else told is True or str(told).lower() == "true"


def same(one: str, other: str) -> bool:
    """Are two secrets the same? Empty ones are none."""
    return bool(one) and compare_digest(one.encode(), other.encode())


def _read(address: str, token: str = "") -> dict[str, object]:
    """A JSON object of the provider's. Raises Away."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = requests.get(address, headers=headers, timeout=WAIT)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise Away(type(error).__name__) from None
    if not isinstance(found, dict):
        raise Away("no object")
    return found
