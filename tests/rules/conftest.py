"""The shipped French pack, for the rules to play with."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from pydantic import BaseModel

from game import content
from game.base import paths
from game.rules.pack import Pack
from game.rules.registry import kinds, made_up_before
from game.rules.round import Setting


@pytest.fixture(scope="session")
def pack() -> Pack:
    return content.load(paths.content())["fr"]


IDEAS = ("Salon de la soudure", "Lycée Vauban", "Forum des chaudronniers", "Club de vélo")


def setting_of(pack: Pack, kind: str, **options: object) -> Setting:
    """A round of a kind in the French pack, with the brief of its first deck."""
    brief = next(b for b in pack.briefs if b.key == pack.parts["decks"][0].brief)
    found = kinds()[kind]
    if found.votes_on:
        options = {**found.votes_on(IDEAS), **options}
    made = Setting(found.options.model_validate(options), pack, pack.points, brief)
    return replace(made, before=made_up_before(made)) if found.looks_back else made


def plain(shown: Any) -> Any:
    """A view as JSON would hold it: whatever is in it, with the name of each field."""
    if is_dataclass(shown):
        return {field.name: plain(getattr(shown, field.name)) for field in fields(shown)}
    if isinstance(shown, BaseModel):
        return {name: plain(getattr(shown, name)) for name in type(shown).model_fields}
    if isinstance(shown, dict):
        return {key: plain(inner) for key, inner in shown.items()}
    return [plain(each) for each in shown] if isinstance(shown, list | tuple) else shown
