"""Templates in which a name that is not there is a fault, not a gap."""

from collections.abc import Iterator, Mapping

from jinja2 import Undefined


class Missing(Undefined):
    """A name or attribute that does not exist; a key that a mapping lacks is nothing, as ever."""

    __slots__ = ()

    def _checked(self) -> None:
        if not isinstance(self._undefined_obj, Mapping):
            self._fail_with_undefined_error()

    def __str__(self) -> str:
        self._checked()
        return ""

    def __bool__(self) -> bool:
        self._checked()
        return False

    def __iter__(self) -> Iterator[object]:
        self._checked()
        return iter(())

    def __len__(self) -> int:
        self._checked()
        return 0

    def __eq__(self, other: object) -> bool:
        self._checked()
        return super().__eq__(other)

    __hash__ = Undefined.__hash__
