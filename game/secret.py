"""The key that signs cookies and links: given, or made once and kept."""

import os
import secrets

from game.config import Settings


def secret_key(settings: Settings) -> str:
    """The secret: SECRET_KEY, else the one in the instance folder, made on the first start."""
    if settings.secret_key:
        return settings.secret_key
    kept = settings.instance_dir / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return kept.read_text().strip()
