"""A row that a select found."""

from collections.abc import Iterator
from typing import Any, Protocol


class Found(Protocol):
    """Its columns by name and by place, as the statement that found it has them."""

    def __getattr__(self, name: str, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
