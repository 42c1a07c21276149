"""Tests that hold whatever the machine, the hour and the dice: what none of them may do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server
from tests.waiting import LONG, PORTS, free_port

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.py"))
NAMES = [str(file.relative_to(HERE)) for file in FILES]
WAITS = {"timeout", "seconds", "wait_timeout"}
PATIENT = {"wait_until", "wait_screen", "get", "post", "request", "run", "create_connection"}
# a few letters or figures that a token, an id or a hash may spell by chance
SHORT = re.compile(r"[\w-]{1,4}", re.ASCII)
RAW = re.compile(r"\.(?:text|content\(\)|data|get_data\(.*\)|inner_html\(\))$|^page\(")


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Each call in a file, and what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            yield node, name or (node.func.id if isinstance(node.func, ast.Name) else "")


def hasty(tree: ast.AST) -> Iterator[str]:
    """Waits that a busy machine outlasts."""
    for call, name in calls(tree):
        least = LONG * 1_000 if name.startswith(("to_", "not_to_")) else LONG
        for given in call.keywords:
            counts = given.arg in WAITS and (name in PATIENT or least > LONG)
            if counts and isinstance(given.value, ast.Constant) and given.value.value < least:
                yield f"line {call.lineno}: {given.arg}={given.value.value}"
        if name == "wait_for_timeout":
            yield f"line {call.lineno}: a fixed sleep"
        of_all = ast.unparse(call.args[0]) if name == "timeout" and call.args else ""
        if of_all.isdigit() and int(of_all) < 4 * LONG:
            yield f"line {call.lineno}: less than a few waits in a row"


def lucky(tree: ast.AST) -> Iterator[str]:
    """Short words that must not be in a page as it is sent, where random signs may spell them."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        raw = {
            target.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and RAW.search(ast.unparse(node.value))
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.NotIn):
                continue
            word, where = node.left, ast.unparse(node.comparators[0])
            said = isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value
            if said and SHORT.fullmatch(said) and (where in raw or RAW.search(where)):
                yield f"line {node.lineno}: {said!r} not in {where}"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_test_is_hasty_or_needs_luck(file: Path) -> None:
    tree = ast.parse(file.read_text())
    drawn = file.parent.name != "rules"  # where nothing is drawn by lot
    assert [*hasty(tree), *(lucky(tree) if drawn else ())] == []


def test_the_eyes_see() -> None:
    seen = ast.parse(
        "def test():\n page = get('/').text\n assert 'Ada' not in page\n"
        " assert 'b2' not in got.get_data(as_text=True)\n assert 'Ada' not in words_of(page)\n"
        " requests.get('/', timeout=9)\n expect(x).to_be_visible(timeout=9_000)\n"
        " page.wait_for_timeout(60_000)\n wait_until(done, seconds=60)\n"
    )
    assert len(list(lucky(seen))) == 2
    assert len(list(hasty(seen))) == 3


def test_a_port_is_nobody_else_s_until_it_is_taken() -> None:
    given = [free_port() for _ in range(50)]
    assert len(set(given)) == 50
    assert set(given) <= set(PORTS)
    told = Path("/proc/sys/net/ipv4/ip_local_port_range")
    if told.exists():  # whoever calls out is given one of these
        assert PORTS.stop <= int(told.read_text().split()[0])


def test_a_server_that_cannot_start_says_why_and_leaves_no_process(tmp_path: Path) -> None:
    server = Server(tmp_path, DATABASE_URL="mysql://nobody@127.0.0.1/none")
    with pytest.raises(AssertionError, match="DATABASE_URL: "):
        server.start()
    assert server.process is not None
    assert server.process.poll() is not None


def test_a_server_that_never_answers_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(tmp_path)

    def never() -> bool:
        raise AssertionError("waited in vain")

    monkeypatch.setattr(server, "_answers", never)
    with pytest.raises(AssertionError, match="in vain"):
        server.start()
    assert server.process is not None
    ended = server.process.poll() is not None
    server.kill()
    assert ended
