"""Where templates, static files and content are: beside the package, or bundled inside it."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def _root() -> Path:
    bundle = PACKAGE / "_bundle"
    return bundle if bundle.is_dir() else PACKAGE.parent


def templates() -> Path:
    """The folder of templates."""
    return _root() / "templates"


def built() -> Path:
    """The folder of what browsers are given, as the build made it of `static`."""
    return _root() / "static" / "built"


def content() -> Path:
    """The folder of content packs."""
    return _root() / "content"


def translations() -> Path:
    """The folder of message catalogues."""
    return PACKAGE / "translations"
