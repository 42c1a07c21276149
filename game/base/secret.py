"""The key that signs cookies and links: given, or made once and kept."""

import secrets

from game.base.config import ConfigError, Settings
from game.base.private import private_file, private_folder

KEPT = "secret_key"
SHORTEST = 16  # characters


def secret_key(settings: Settings) -> str:
    """The secret: SECRET_KEY, else the one in the instance folder, made on the first start."""
    if settings.secret_key:
        return settings.secret_key
    kept = settings.instance_dir / KEPT
    if not kept.exists():
        keep_secret(settings, secrets.token_hex(32))
    secret = kept.read_text(errors="replace").strip()
    if len(secret) < SHORTEST:
        raise ConfigError(
            f"SECRET_KEY: {kept} is damaged; restore it, or delete it: everybody signs in anew"
        )
    return secret


def keep_secret(settings: Settings, secret: str) -> None:
    """Keeps a secret in the instance folder, for the owner's eyes."""
    private_folder(settings.instance_dir)
    with private_file(settings.instance_dir / KEPT) as file:
        file.write(secret.encode())
