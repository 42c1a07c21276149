"""The shipped French pack, for the rules to play with."""

import pytest

from game import content
from game.base import paths
from game.rules.pack import Pack
from game.rules.round import Setting, kinds


@pytest.fixture(scope="session")
def pack() -> Pack:
    return content.load(paths.content())["fr"]


def setting_of(pack: Pack, kind: str, **options: object) -> Setting:
    """A round of a kind in the French pack, with the brief of its first deck."""
    brief = next(b for b in pack.briefs if b.key == pack.parts["decks"][0].brief)
    return Setting(kinds()[kind].options.model_validate(options), pack, pack.points, brief)
