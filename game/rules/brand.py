"""A company's two colours, corrected until what is written in them can be read by day and by night.

Colours are OKLCH: lightness 0 to 1, chroma, hue in degrees. The grounds are those of the sheets.
"""

import re
from collections.abc import Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

HEX = re.compile(r"#[0-9a-f]{6}")
LEGIBLE = {"day": 4.5, "night": 7.0}  # the projector's night is read from afar
STEP = 0.005


class Colour(NamedTuple):
    """An OKLCH colour."""

    light: float
    chroma: float
    hue: float

    def __str__(self) -> str:
        return f"{self.light:.3f} {self.chroma:.3f} {self.hue:.1f}"


GROUNDS = {
    "day": (Colour(0.984, 0.012, 85), Colour(0.998, 0.004, 85), Colour(0.953, 0.018, 84)),
    "night": (Colour(0.205, 0.062, 272), Colour(0.262, 0.068, 273), Colour(0.172, 0.055, 272)),
}
INK = {"day": Colour(0.275, 0.095, 281), "night": Colour(0.205, 0.062, 272)}  # on areas of earn


def linear(colour: Colour) -> tuple[float, float, float]:
    """A colour as linear sRGB; out of 0 to 1 where no screen can show it.

    https://www.w3.org/TR/css-color-4/#color-conversion-code
    """
    a = colour.chroma * cos(radians(colour.hue))
    b = colour.chroma * sin(radians(colour.hue))
    long = (colour.light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def colour_of(code: str) -> Colour:
    """The colour of a code like #0a7f8c. Raises ValueError."""
    if not HEX.fullmatch(code.strip().lower()):
        raise ValueError("colour_invalid")
    digits = code.strip()[1:]
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return Colour(light, hypot(a, b), degrees(atan2(b, a)) % 360)


def luminance(colour: Colour) -> float:
    """How bright a colour is, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in linear(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def shown(colour: Colour) -> Colour:
    """The colour with as much of its chroma as a screen can show."""
    while colour.chroma > 0 and not all(-0.0005 <= part <= 1.0005 for part in linear(colour)):
        colour = colour._replace(chroma=max(0.0, colour.chroma - STEP))
    return Colour(round(colour.light, 3), round(colour.chroma, 3), round(colour.hue, 1))


def legible(colour: Colour, grounds: Sequence[Colour], ratio: float, *, lighter: bool) -> Colour:
    """The colour, as much lighter or darker as it takes to be read on each of these grounds."""
    light = colour.light
    while 0 < light < 1:
        found = shown(colour._replace(light=light))
        if all(contrast(found, ground) >= ratio for ground in grounds):
            return found
        light += STEP if lighter else -STEP
    return Colour(1.0 if lighter else 0.0, 0.0, colour.hue)


def tokens(act: Colour, earn: Colour, theme: str) -> dict[str, Colour]:
    """The raw colours of one theme that a company's two colours take the place of."""
    night = theme == "night"
    ratio, grounds = LEGIBLE[theme], GROUNDS[theme]
    wash_light, wash_chroma = (0.315, 0.05) if night else (0.94, 0.03)
    washes = [
        shown(Colour(wash_light, min(one.chroma, wash_chroma), one.hue)) for one in (act, earn)
    ]
    teal = legible(act, (*grounds, washes[0]), ratio, lighter=night)
    return {
        "teal": teal,
        "teal-wash": washes[0],
        "on-teal": grounds[0] if night else Colour(0.995, 0.006, act.hue),
        "amber": legible(earn, (INK[theme],), ratio, lighter=True),
        "amber-wash": washes[1],
        "amber-ink": legible(earn, (*grounds, washes[1]), ratio, lighter=night),
        "on-amber": INK[theme],
    }


def sheet(act: str, earn: str) -> str:
    """The sheet of a company's colours, in the layer of brands. Raises ValueError."""
    by_theme = [tokens(colour_of(act), colour_of(earn), theme) for theme in ("day", "night")]
    day, night = by_theme
    lines = [
        f"  --raw-{name}: var(--day, {day[name]}) var(--night, {night[name]});" for name in day
    ]
    return "\n".join(["@layer brand {", ":root, [data-theme] {", *lines, "}", "}", ""])
