"""Numbers of French departments, as somebody types them."""

import re

# metropolitan ones, Corsica's two, overseas: so few that no list of them is too long to ask for
NUMBER = re.compile(r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|9[78]\d")


def departments_of(typed: str) -> tuple[str, ...] | None:
    """The numbers in a text, each once, parted by commas or spaces; None where one is none."""
    found = dict.fromkeys(typed.upper().replace(",", " ").split())
    return tuple(found) if all(map(NUMBER.fullmatch, found)) else None
