"""Settings: each checked at start, a bad one named in one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from game.base.config import ConfigError, load
from tests.waiting import STARTS

BAD = [
    ({"PORT": "0"}, "PORT"),
    ({"PORT": "eight"}, "PORT"),
    ({"PUBLIC_URL": "play.example.org"}, "PUBLIC_URL"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ({"DATABASE_URL": "mysql://u:p@h/d"}, "DATABASE_URL"),
    ({"REDIS_URL": "localhost"}, "REDIS_URL"),
    ({"ASYNC_MODE": "fibres"}, "ASYNC_MODE"),
    ({"ASYNC_MODE": "gevent"}, "ASYNC_MODE"),  # what cannot be served with is no choice
    ({"ASYNC_MODE": "threading"}, "ASYNC_MODE"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
    ({"GRACE_SECONDS": "-1"}, "GRACE_SECONDS"),
    ({"TRUSTED_PROXIES": "many"}, "TRUSTED_PROXIES"),
    ({"DEFAULT_COUNTRY": "Belgique"}, "DEFAULT_COUNTRY"),
    ({"DEFAULT_COUNTRY": "XX"}, "DEFAULT_COUNTRY"),
    ({"TIME_ZONE": "Paris"}, "TIME_ZONE"),
]


@pytest.mark.parametrize(("env", "name"), BAD)
def test_a_bad_setting_is_named_in_one_line(
    env: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for key, value in env.items():
        monkeypatch.setenv(key, value)
    with pytest.raises(ConfigError) as stopped:
        load()
    assert str(stopped.value).startswith(f"{name}: ")
    assert "\n" not in str(stopped.value)


def test_the_command_stops_with_that_line(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "sourcerie"), "serve"]
    done = subprocess.run(
        command, env={"PORT": "x"}, cwd=tmp_path, capture_output=True, text=True, timeout=STARTS
    )
    assert done.returncode == 2
    assert done.stderr.strip().startswith("PORT: ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", "hush")
    with pytest.raises(ConfigError) as stopped:
        load()
    assert "hush" not in str(stopped.value)


def test_dotenv_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("PORT=8123\n")
    assert load().port == 8123
