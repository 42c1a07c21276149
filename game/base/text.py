"""Text that can be stored, shown and written anywhere: without what no file format can hold."""

import re

# what XML 1.0 (2.2, Char) forbids: one such sign makes a whole spreadsheet unreadable. Lone
# surrogates are among them, which no database takes; and so is NUL.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text without what XML 1.0 forbids."""
    return FORBIDDEN.sub("", text)


def all_printable(value: object) -> object:
    """The same for each text in a value of JSON; keys stay."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {key: all_printable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [all_printable(inner) for inner in value]
        case _:
            return value
