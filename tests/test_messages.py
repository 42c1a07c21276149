"""Words: every French text has its English one, and every refusal its sentence."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel

from game.base import paths
from game.screens import messages

ROOT = Path(__file__).parent.parent
METHODS = [("game/**.py", "python"), ("templates/**.html", "jinja2")]


def extracted() -> set[str]:
    found = extract_from_dir(
        str(ROOT), METHODS, keywords={"_": None, "_l": None, "ngettext": (1, 2)}
    )
    ids = (message for _, _, message, _, _ in found)
    return {id if isinstance(id, str) else id[0] for id in ids}


def test_every_text_is_translated() -> None:
    po = paths.translations() / "en/LC_MESSAGES/messages.po"
    catalog = read_po(BytesIO(po.read_bytes()))
    told = {
        m.id if isinstance(m.id, str) else m.id[0]
        for m in catalog
        if m.id and not m.fuzzy and all(m.string if isinstance(m.string, tuple) else (m.string,))
    }
    wanted = extracted()
    assert len(wanted) > 300
    assert wanted - told == set()
    assert told - wanted == set(), "texts that nobody uses any more"


@pytest.mark.parametrize("file", sorted((ROOT / "game").rglob("*.py")), ids=lambda f: f.stem)
def test_every_refusal_has_a_sentence(file: Path) -> None:
    app = Flask(__name__)
    Babel(app)
    raised = set(re.findall(r'Refusal\("([a-z_]+)"', file.read_text()))
    raised |= set(re.findall(r'ValueError\("([a-z_]+)"\)', file.read_text()))
    with app.test_request_context():
        assert raised <= set(messages.texts())
