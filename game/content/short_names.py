"""The list of short forms of first names, for all languages: people move."""

from functools import cache
from pathlib import Path

import yaml

from game.rules.person import fold
from game.rules.short_names import ShortNames, short_names


@cache
def load(root: Path) -> ShortNames:
    """The list of `root/short_names.yaml`; an empty one where there is no such file."""
    file = root / "short_names.yaml"
    groups = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else []
    return short_names([fold(str(name)) for name in group] for group in groups or ())
