"""Posting to what may be told, and to nothing else."""

from ipaddress import ip_address

import pytest
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
    *("2001:0:7f00:1::", "64:ff9b:1::a00:1"),
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
