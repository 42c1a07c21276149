"""Every action that the log can hold is told in words, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask_babel import force_locale

import game
from game.screens.audit_words import audit_words

HANDED_ON = {"text_let_through", "text_struck"}  # game/pool/held_text.py gets them as arguments


def told_in(tree: ast.AST) -> Iterator[str]:
    """The actions that calls of `audit`, or of `note` as pages call it, name."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or len(call.args) < 3:
            continue
        if isinstance(call.func, ast.Name) and call.func.id in ("audit", "note"):
            action = call.args[2]
            said = (action.body, action.orelse) if isinstance(action, ast.IfExp) else (action,)
            yield from (str(one.value) for one in said if isinstance(one, ast.Constant))


def test_every_action_has_words(app: Flask) -> None:
    source = Path(game.__file__).parent
    told = {one for file in source.rglob("*.py") for one in told_in(ast.parse(file.read_text()))}
    assert {"lead_shown", "letter_refused", "audit_exported"} <= told
    with app.test_request_context():
        with force_locale("fr"):
            french = audit_words()
        with force_locale("en"):
            english = audit_words()
    assert set(french) == told | HANDED_ON
    assert len(set(french.values())) == len(set(english.values())) == len(french)
    assert all("_" not in word for word in (*french.values(), *english.values()))
