"""Messages with fields: what is filled in, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.room import pack
from game.rules.letter import FIELDS, NAMES, faults, fill, lacking
from game.rules.touch import KINDS, NOTICE

VALUES = {name: f"<{name}>" for name in NAMES}


@pytest.mark.parametrize("lang", sorted(FIELDS))
def test_every_field_is_filled_in(lang: str) -> None:
    text = " ".join("{" + written + "}" for written in FIELDS[lang])
    assert fill(text, lang, VALUES) == " ".join(f"<{name}>" for name in FIELDS[lang].values())


@given(st.text(st.sampled_from("{}prénom\n x"), max_size=60), st.text(max_size=20))
def test_what_is_filled_in_is_never_read_again(text: str, name: str) -> None:
    filled = fill(text, "fr", {**VALUES, "first_name": name})
    assert filled == name.join(text.split("{prénom}"))


@pytest.mark.parametrize(
    ("subject", "body", "kind", "wrong"),
    [
        ("", "Bonjour", "message", {"subject": "missing"}),
        ("Mot", " ", "message", {"body": "missing"}),
        ("Mot", "Bonjour {pseudo}", "message", {"body": "field_unknown"}),
        ("Mot", "Bonjour {recommandé par}", "message", {"body": "field_unknown"}),
        ("x" * 161, "Bonjour", "message", {"subject": "too_long"}),
        ("Mot\nBcc: x", "Bonjour", "message", {"subject": "invalid"}),
        ("Mot", "Bonjour", NOTICE, {"body": "notice_missing"}),
        ("Mot", "Bonjour {notice}", NOTICE, {}),
    ],
)
def test_a_fault_is_named(subject: str, body: str, kind: str, wrong: dict[str, str]) -> None:
    assert faults(subject, body, "fr", kind) == wrong


def test_what_is_not_known_is_told() -> None:
    assert lacking("{prénom} de {entreprise}", "fr", {"first_name": "Ada"}) == {"company"}


def test_the_ready_made_ones_are_sound() -> None:
    for one in pack().letters:
        assert one.kind in KINDS
        assert faults(one.subject, one.body, "fr", one.kind) == {}
