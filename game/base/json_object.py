"""JSON as it is stored or sent: an object whose values nobody has looked at yet."""

from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = Mapping[str, object]
