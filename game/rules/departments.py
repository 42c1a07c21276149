"""Numbers of French departments, as somebody types them."""

import re

# metropolitan ones, Corsica's two, overseas: so few that no list of them is too long to ask for
NUMBER = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|9[78]\d", re.ASCII)


def departments_of(typed: str) -> tuple[str, ...] | None:
    """The numbers in a text, each once, parted by commas or spaces; None where one is none."""
    found = dict.fromkeys(typed.upper().replace(",", " ").split())
    return tuple(found) if all(map(NUMBER.fullmatch, found)) else None
