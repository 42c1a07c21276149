"""Posting to what may be told, and to nothing else."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks import Webhook, WebhookVerificationError

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.webhooks import address, signature
from game.webhooks.contract import Outcome
from game.webhooks.http import Http
from tests.waiting import free_port
from tests.webhooks.receiver import receiver

PRIVATE = (
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.0", "224.0.0.1", "255.255.255.255"),  # noqa: S104
    *("::", "::1", "fe80::1", "fc00::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    *("2001:0:7f00:1::", "64:ff9b:1::a00:1", "::127.0.0.1", "::ffff:0:127.0.0.1", "fec0::1"),
    *("2606:4700::5efe:7f00:1", "fe80::5efe:5db8:d822"),
)
PUBLIC = ("93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822", "::ffff:93.184.216.34")


@pytest.mark.parametrize("number", PRIVATE)
def test_what_is_not_public(number: str) -> None:
    assert not address.is_public(ip_address(number))


@pytest.mark.parametrize("number", PUBLIC)
def test_what_is_public(number: str) -> None:
    assert address.is_public(ip_address(number))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://exemple.fr/", "https_only"),
        ("ftp://exemple.fr/", "https_only"),
        ("https://", "link_invalid"),
        ("https://moi:secret@exemple.fr/", "link_invalid"),
        ("https://exemple.fr:99999/", "link_invalid"),
        ("https://exemple.fr/ x", "link_invalid"),
        ("https://127.0.0.1/", "address_refused"),
        ("https://[::1]/", "address_refused"),
        ("https://localhost/", "address_refused"),
        (f"https://exemple.fr/{'x' * 500}", "link_invalid"),
    ],
)
def test_an_address_that_cannot_be_declared(url: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        address.checked(url, private=False)
    assert refused.value.fields == {"url": code}


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "127.0.0.1"])
def test_a_name_is_looked_at_where_it_leads_when_it_is_sent_to(host: str) -> None:
    """However it is written, nothing comes to the receiver of this machine."""
    with receiver() as got:
        port = got.url.rpartition(":")[2]
        told = Http().post(f"https://{host}:{port}/", b"{}", {})
    assert (told.fault, got.got) == ("address_refused", [])


def test_a_redirect_is_not_followed() -> None:
    with receiver() as first, receiver() as second:
        first.says, first.to = [307], second.url
        told = Http(private=True).post(f"{first.url}/a//b?c=1", b"{}", {"X-Own": "1"})
        assert told == Outcome(307, "answered")
        ((path, headers, body),) = first.got
        assert (path, headers["X-Own"], body) == ("/a//b?c=1", "1", b"{}")
        assert headers["Host"] == first.url.removeprefix("http://")
        assert second.got == []
        assert Http(private=True).post(second.url, b"{}", {}) == Outcome(200)


def test_who_cannot_be_reached_is_said() -> None:
    http = Http(private=True)
    assert http.post(f"http://127.0.0.1:{free_port()}/", b"{}", {}).fault == "unreachable"
    assert http.post("https://nulle-part.invalid/", b"{}", {}).fault == "unresolved"
    with receiver() as got:  # speaks no TLS
        assert http.post(got.url.replace("http:", "https:"), b"{}", {}).fault == "not_trusted"


def test_a_library_of_standard_webhooks_takes_our_signature() -> None:
    keys = [signature.key("a secret of ours", "9f2c41d07be83a65", nonce) for nonce in "ab"]
    body, now = b'{"type":"lead_erased"}', now_ms() // 1000
    for key in keys:  # both sign while one follows the other
        signed = signature.headers("m1", now, body, keys)
        assert Webhook(signature.shown(key)).verify(body, signed) == {"type": "lead_erased"}
    for id, at, said in (("m2", now, body), ("m1", now, b"{}"), ("m1", now - 301, body)):
        wrong = {**signature.headers(id, at, said, keys[:1]), "webhook-id": "m1"}
        with pytest.raises(WebhookVerificationError):
            Webhook(signature.shown(keys[0])).verify(body, wrong)


NAME = "hooks.exemple.test"


def leads_here(patch: pytest.MonkeyPatch) -> list[str]:
    """The name is one of this machine; returns what is looked up from now on."""
    asked: list[str] = []

    def found(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", ("127.0.0.1", port))]

    patch.setattr(address, "getaddrinfo", found)
    return asked


def test_a_name_is_looked_up_once_and_that_number_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = leads_here(monkeypatch)
    with receiver() as got:
        port = got.url.rpartition(":")[2]
        assert Http(private=True).post(f"http://{NAME}:{port}/", b"{}", {}) == Outcome(200)
        assert got.got[0][1]["Host"] == f"{NAME}:{port}"
        assert Http().post(f"https://{NAME}:{port}/", b"{}", {}).fault == "address_refused"
    assert (asked, len(got.got)) == ([NAME, NAME], 1)


def test_a_certificate_is_to_be_the_name_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    leads_here(monkeypatch)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with receiver(certificate(tmp_path, NAME)) as got:
        port = got.url.rpartition(":")[2]
        http = Http(private=True)
        assert http.post(f"https://{NAME}:{port}/", b"{}", {}) == Outcome(200)
        assert http.post(f"https://other.test:{port}/", b"{}", {}).fault == "not_trusted"
        monkeypatch.delenv("SSL_CERT_FILE")
        assert http.post(f"https://{NAME}:{port}/", b"{}", {}).fault == "not_trusted"
    assert len(got.got) == 1


def certificate(folder: Path, name: str) -> Path:
    """A key and a certificate of this name, signed by `ca.pem` beside it: itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(issuer_name=who, subject_name=who, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    private = key.private_bytes(*plain, serialization.NoEncryption())
    (folder / "ca.pem").write_bytes(public)
    (folder / "own.pem").write_bytes(private + public)
    return folder / "own.pem"


def test_a_name_that_leads_into_the_local_network_too_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whichever of its numbers would be connected to first."""
    found = [(2, 1, 6, "", (number, 443)) for number in ("9.9.9.9", "10.0.0.7")]
    parts = address.checked("https://double.exemple.fr/", private=False)
    for told in (found, found[::-1]):
        monkeypatch.setattr(address, "getaddrinfo", lambda *_, told=told, **__: told)
        with pytest.raises(Refusal, match="address_refused"):
            address.resolved(parts, private=False)
