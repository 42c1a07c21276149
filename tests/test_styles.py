"""The sheets: one place for colours, both of day and night legible, and no rule that shouts."""

import re
from itertools import product
from math import cos, radians, sin
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOKENS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
SHEETS = [*(ROOT / "static/css").rglob("*.css"), *(ROOT / "static/rounds").glob("*.css")]
TRIPLET = r"([\d.]+ [\d.]+ [\d.]+)"
RAW = re.findall(rf"--raw-([\w-]+): var\(--day, {TRIPLET}\) var\(--night, {TRIPLET}\);", TOKENS)
COLOURS = {
    theme: {name: tuple(map(float, both[at].split())) for name, *both in RAW}
    for at, theme in enumerate(("day", "night"))
}
GROUNDS = ("ground", "raised", "sunk")
TEAMS = ("drop", "leaf", "stone", "flame", "star", "shell")
READ = [
    *product(("ink", "soft", "teal", "amber-ink", "red"), GROUNDS),
    *((ink, wash) for ink in ("ink",) for wash in ("teal-wash", "amber-wash", "red-wash")),
    *(("teal", "teal-wash"), ("amber-ink", "amber-wash"), ("red", "red-wash")),
    *(("on-teal", "teal"), ("on-amber", "amber"), ("ground", "red"), ("ground", "ink")),
]


def linear(triplet: tuple[float, ...]) -> tuple[float, float, float]:
    """An OKLCH colour as linear sRGB, within what a screen can show.

    https://www.w3.org/TR/css-color-4/#color-conversion-code
    """
    light, chroma, hue = triplet
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    shown = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (min(1.0, max(0.0, part)) for part in shown)
    return red, green, blue


def luminance(triplet: tuple[float, ...]) -> float:
    red, green, blue = linear(triplet)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def as_hex(triplet: tuple[float, ...]) -> str:
    curved = (
        12.92 * p if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in linear(triplet)
    )
    return "#" + "".join(f"{round(255 * part):02x}" for part in curved)


@pytest.mark.parametrize("theme", COLOURS)
def test_what_is_read_is_legible(theme: str) -> None:
    colours = COLOURS[theme]
    faint = {(i, g): contrast(colours[i], colours[g]) for i, g in READ}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", COLOURS)
def test_drawings_and_edges_stand_out(theme: str) -> None:
    colours = COLOURS[theme]
    seen = {(i, g): contrast(colours[i], colours[g]) for i in (*TEAMS, "edge") for g in GROUNDS}
    assert {pair: ratio for pair, ratio in seen.items() if ratio < 3} == {}


def test_each_colour_is_written_once_and_only_among_the_tokens() -> None:
    names = re.findall(r"(--raw-[\w-]+):", TOKENS)
    assert len(names) == len(set(names)) == len(RAW) > 20
    colour = re.compile(r"oklch\(|rgba?\(|hsla?\(|#[0-9a-fA-F]{3,8}\b(?! *(?:\{|\d))")
    for sheet in SHEETS:
        rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "!important" not in rules, sheet
        rules = re.sub(r"(?:-webkit-)?mask-image:[^;]*;", "", rules)  # there, black is no colour
        if sheet.name != "tokens.css":
            assert not [line for line in rules.splitlines() if colour.search(line)], sheet


def test_browsers_tint_their_own_bars_like_the_ground() -> None:
    page = (ROOT / "templates/phone/page.html").read_text(encoding="utf-8")
    told = re.findall(r'theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)', page)
    wanted = {"light": as_hex(COLOURS["day"]["ground"]), "dark": as_hex(COLOURS["night"]["ground"])}
    assert {scheme: shade for shade, scheme in told} == wanted


def test_every_sheet_names_the_layers_and_stands_in_one() -> None:
    common = (ROOT / "static/css/common.css").read_text(encoding="utf-8")
    assert common.startswith("@layer tokens, base, components, surface, kind, brand;")
    for sheet in (ROOT / "static/css/surfaces").glob("*.css"):
        lines = sheet.read_text(encoding="utf-8").split("\n")
        assert all(re.search(r'common\.css";|layer\(\w+\);', line) for line in lines if line), sheet


def test_a_paragraph_is_no_lead() -> None:
    pages = (ROOT / "templates").rglob("*.html")
    assert not [
        page for page in pages if re.search(r'class="(?:[\w -]+ )?lead[ "]', page.read_text())
    ]
    assert not [s for s in SHEETS if re.search(r"\.lead\b(?!-)", s.read_text(encoding="utf-8"))]
