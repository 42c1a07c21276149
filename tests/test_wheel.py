"""The built wheel, installed in a clean environment, gets a joined player."""

import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import requests

from tests.serving import LONG, Phone, Remote, Server, lead

ROOT = Path(__file__).parent.parent


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`sourcerie` in an environment that has nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder))
    run(sys.executable, *build, cwd=ROOT)
    venv.create(folder / "env", with_pip=True)
    pip = (str(folder / "env/bin/python"), "-m", "pip", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock"), cwd=folder)
    run(*pip, "--no-deps", str(next(folder.glob("*.whl"))), cwd=folder)
    return folder / "env/bin/sourcerie"


def test_the_wheel_serves_a_whole_room(
    command: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tests.serving.SERVE", (str(command), "serve"))
    server = Server(tmp_path).start()
    try:
        staff = server.admin()
        workshop = staff.demo()
        phone, remote = Phone(server, workshop).play(), Remote(staff, workshop)
        round_id = str(remote.until("round", "open")["round"])
        assert phone.submit(round_id, lead())["ok"]
        page = requests.get(f"{server.url}/projector/{workshop['key']}", timeout=LONG).text
        files = set(re.findall(r'"(/static/[^"]+)"', page))
        assert {path.rpartition(".")[2] for path in files} == {
            *("css", "js", "png", "svg", "woff2"),
            *("mp4", "webm"),  # the silent film that keeps a screen awake
        }
        for path in files:
            assert staff.get(path).ok, path
        english = requests.get(
            f"{server.url}/sign-in", headers={"Accept-Language": "en"}, timeout=LONG
        )
        assert "Sign in" in english.text
    finally:
        server.kill()


def test_the_wheel_checks_its_content(command: Path, tmp_path: Path) -> None:
    assert "All packs are fine." in run(str(command), "content", "check", cwd=tmp_path)
