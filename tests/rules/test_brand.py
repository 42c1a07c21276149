"""A company's two colours: whatever they are, what is written in them can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules import brand
from tests.test_styles import COLOURS, contrast

CODES = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@given(CODES, CODES)
def test_whatever_the_colours_all_is_legible(act: str, earn: str) -> None:
    for theme, least in (("day", 4.5), ("night", 7.0)):  # the projector's night is read from afar
        worn = brand.tokens(brand.colour_of(act), brand.colour_of(earn), theme)
        grounds = [COLOURS[theme][name] for name in ("ground", "raised", "sunk")]
        read = [(worn[one], ground) for one in ("teal", "amber-ink") for ground in grounds]
        read += [(worn["teal"], worn["teal-wash"]), (worn["amber-ink"], worn["amber-wash"])]
        assert min(contrast(one, other) for one, other in read) >= least - 0.05
        pairs = [(worn["on-teal"], worn["teal"]), (worn["on-amber"], worn["amber"])]
        assert min(contrast(one, other) for one, other in pairs) >= 4.5 - 0.01


@given(CODES)
def test_a_colour_that_is_legible_already_stays_as_it_is(code: str) -> None:
    colour = brand.colour_of(code)
    found = brand.legible(colour, brand.GROUNDS["day"], 4.5, lighter=False)
    if all(contrast(colour, ground) > 4.55 for ground in brand.GROUNDS["day"]):
        assert abs(found.light - colour.light) < 0.002
        assert abs(found.chroma - colour.chroma) < 0.006
    assert found.light <= colour.light + 0.001


def test_the_grounds_are_those_of_the_sheets() -> None:
    for theme, grounds in brand.GROUNDS.items():
        assert [tuple(one) for one in grounds] == [
            COLOURS[theme][name] for name in ("ground", "raised", "sunk")
        ]
        assert tuple(brand.INK[theme]) == COLOURS[theme]["on-amber"]


def test_the_sheet_stands_in_the_layer_of_brands() -> None:
    sheet = brand.sheet("#0A7F8C", "#ffb000")
    assert sheet.startswith("@layer brand {")
    assert sheet.count("var(--day, ") == 7
    assert not re.search(r"[^\w\s.,;:(){}@\[\]-]", sheet), "nothing but names and numbers"


@pytest.mark.parametrize("code", ["", "red", "#12345", "#12345g", "#123456;}"])
def test_what_is_no_colour_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="colour_invalid"):
        brand.colour_of(code)
