"""Words: every French text has its English one, and every refusal its sentence."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel, gettext, ngettext

from game.base import paths
from game.base.languages import LANGS
from game.base.speech import typeset
from game.screens import messages
from game.web import i18n
from tests.pseudo import LONGER, pseudo

ROOT = Path(__file__).parent.parent
METHODS = [("game/**.py", "python"), ("templates/**.html", "jinja2")]


@cache
def _extracted() -> list[str | tuple[str, ...]]:
    found = extract_from_dir(
        str(ROOT), METHODS, keywords={"_": None, "_l": None, "ngettext": (1, 2)}
    )
    return [message for _, _, message, _, _ in found]


def extracted() -> set[str]:
    return {id if isinstance(id, str) else id[0] for id in _extracted()}


def plurals() -> set[tuple[str, ...]]:
    return {id for id in _extracted() if not isinstance(id, str)}


def _values(file: Path) -> str:
    """What a file of content says to readers: its comments and its list of insults are for us."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return (
        "" if file.stem == "rude" else "".join(x for x in lines if not x.lstrip().startswith("#"))
    )


POST = re.compile(r"\bposts?\b(?!-mortem)", re.IGNORECASE)
LETTERS = ("by post", "Post in a", "event or post ", "link for a post", "To post, or to hand")


def test_in_english_a_post_is_a_letter_or_an_announcement_and_work_is_a_job() -> None:
    po = paths.translations() / "en/LC_MESSAGES/messages.po"
    said = [str(m.string) for m in read_po(BytesIO(po.read_bytes()))]
    for file in (paths.content() / "en").rglob("*.yaml"):
        said += _values(file).splitlines()
    assert len(said) > 300
    assert [s for s in said if POST.search(s) and not any(it in s for it in LETTERS)] == []


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


NBSP, NARROW = "\u00a0", "\u202f"
PLAIN = re.compile(r"\w'|[ \u00a0][?!:;»%](?!\()|«[ \u00a0]")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("L'atelier, c'est fini", "L’atelier, c’est fini"),
        ("Aller au podium ?", f"Aller au podium{NARROW}?"),
        ("%(field)s : %(fault)s", f"%(field)s{NARROW}: %(fault)s"),
        ("de %(num)s personnes", "de %(num)s personnes"),
        (f"« {{round}}{NBSP}» : non", f"«{NARROW}{{round}}{NARROW}»{NARROW}: non"),
        ("50 % et 0:30, https://a.fr", f"50{NARROW}% et 0:30, https://a.fr"),
    ],
)
def test_french_is_set_as_print_sets_it(written: str, shown: str) -> None:
    assert typeset(written, "fr") == shown


def test_english_has_real_apostrophes_and_no_french_spaces() -> None:
    assert typeset("It's the players' : %(n)s", "en") == "It’s the players’ : %(n)s"


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_is_shown_with_the_signs_of_its_language(lang: str) -> None:
    app = Flask(__name__)
    i18n.install(app)
    wrong = re.compile(r"\w'") if lang != "fr" else PLAIN
    with app.test_request_context(headers={"Accept-Language": lang}):
        from_page = [gettext(one) for one in sorted(extracted())]
        from_page += [ngettext(one, many, n) for one, many in plurals() for n in (0, 1, 2)]
    pack = "".join(_values(file) for file in (ROOT / "content" / lang).rglob("*.yaml"))
    assert len(from_page) > 300
    assert not [one for one in from_page if wrong.search(one)]
    assert not [line for line in pack.splitlines() if wrong.search(line)]


def test_the_language_of_tests_is_longer_and_keeps_what_is_filled_in() -> None:
    said = "%(n)s pistes de {name}, <b>100 %%</b> sûres"
    told = pseudo(said)
    assert told.startswith("[")
    assert all(kept in told for kept in ("%(n)s", "{name}", "<b>", "%%", "</b>"))
    texts = [text for text in extracted() if len(text) > 8]
    assert all(len(pseudo(text)) >= LONGER * len(text) - 2 for text in texts)
