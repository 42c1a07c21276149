"""The facilitator's eye: which of the room's texts a room sees."""

from collections.abc import Sequence


class AllBut(frozenset[str]):
    """Every key but these: what is kept from a room whose facilitator looks first."""

    def __contains__(self, key: object) -> bool:
        return not super().__contains__(key)


def kept_back(hidden: Sequence[str] | None, passed: Sequence[str] | None) -> frozenset[str]:
    """The keys of what a room does not see: what was hidden; or all that was not let `passed`."""
    return frozenset(hidden or ()) if passed is None else AllBut(passed)
