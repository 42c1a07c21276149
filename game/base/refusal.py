"""Refusals: what is not taken, as codes that a screen puts into words."""

from collections.abc import Mapping


class Refusal(Exception):
    """An answer that is not taken: a code for the whole, and codes for the fields at fault."""

    def __init__(self, code: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.fields = dict(fields or {})
