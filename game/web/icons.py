"""The mark as pictures of dots for home screens, which take no SVG: drawn when asked for."""

import hashlib
import io
import re
from base64 import b32encode
from collections.abc import Iterator
from math import cos, pi, sin

from PIL import Image, ImageDraw

SIZES = (180, 192, 512)  # iOS, then Android's
GROUND = "#fdf9f1"  # home screens round the corners, and show black where nothing is
SHARE = 0.68  # of the picture that the mark is high: a round mask cuts none of it
FINER = 4  # times as many dots are drawn, so that edges are smooth
STEPS = 24  # straight lines a curve
BOX = 32  # the mark's own height and width
WORDS = re.compile(r"[a-zA-Z]|-?\d*\.?\d+")
Point = complex  # x and y


class Icons:
    """The pictures of one mark, by names that change with what they show."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        sign = b32encode(hashlib.sha256(f"{mark}{GROUND}{SHARE}".encode()).digest())[:8].decode()
        self.sizes = {f"sourcerie-{size}-{sign}.png": size for size in SIZES}
        self.names = {f"sourcerie-{size}.png": name for name, size in self.sizes.items()}

    def draw(self, name: str) -> bytes:
        """The picture of this name."""
        return png(self.mark, self.sizes[name])


def png(mark: str, size: int) -> bytes:
    """A mark, which is an SVG of filled paths, as a PNG of so many dots in height and width."""
    whole = size * FINER
    picture = Image.new("RGB", (whole, whole), GROUND)
    draw = ImageDraw.Draw(picture)
    scale = whole * SHARE / BOX
    middle = complex(whole, whole) / 2 - complex(BOX, BOX) / 2 * scale
    for colour, path in re.findall(r'fill="(#\w+)" d="([^"]+)"', mark):
        placed = [point * scale + middle for point in outline(path)]
        draw.polygon([(point.real, point.imag) for point in placed], fill=colour)
    out = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def outline(path: str) -> list[Point]:
    """A path of M, C, c and half circles (a) as the points of its outline."""
    words = iter(WORDS.findall(path))
    points: list[Point] = []
    command = ""
    for word in words:
        first = [word]
        if word.isalpha():
            command, first = word, []
        if command not in ("Z", "z"):
            points += _drawn(command, points[-1] if points else 0j, _numbers(first, words, command))
    return points


def _numbers(first: list[str], words: Iterator[str], command: str) -> list[float]:
    wanted = {"m": 2, "c": 6, "a": 7}[command.lower()]
    return [float(word) for word in (*first, *(next(words) for _ in range(wanted - len(first))))]


def _drawn(command: str, at: Point, said: list[float]) -> list[Point]:
    if command.lower() == "a":
        return _half_circle(at, at + complex(*said[5:]))
    base = at if command.islower() else 0j
    given = [base + complex(x, y) for x, y in zip(said[::2], said[1::2], strict=True)]
    return given if command.lower() == "m" else _curve(at, *given)


def _curve(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    def at(t: float) -> Point:
        left = 1 - t
        return left**3 * start + 3 * left * left * t * one + 3 * left * t * t * two + t**3 * end

    return [at(n / STEPS) for n in range(1, STEPS + 1)]


def _half_circle(start: Point, end: Point) -> list[Point]:
    """Clockwise, as it is seen, from one end of its diameter to the other."""
    middle, arm = (start + end) / 2, (start - end) / 2
    turns = (pi * n / STEPS for n in range(1, STEPS + 1))
    return [middle + arm * complex(cos(turn), sin(turn)) for turn in turns]
