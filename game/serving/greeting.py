"""What the terminal says once the game is served: where to join, and how to sign in first."""

from flask import Flask

from game.accounts.user import first_admin_link
from game.base.address import public_url, terminal_qr
from game.base.loopback import is_loopback

UNREACHABLE = (
    "  Phones cannot reach this address: it leads to this machine only.\n"
    "  Join a network, or set PUBLIC_URL to an address that phones reach.\n"
)


def greeting(app: Flask) -> str:
    """The lines to print."""
    base = public_url(app.extensions["sourcerie"].settings)
    link = first_admin_link(app)
    lines = [
        "",
        "  Sourcerie",
        terminal_qr(base),
        f"  Join:       {base}",
        f"  Projector:  {base}/workshops  (each workshop has its own projector link)",
        f"  Remote:     {base}/workshops",
    ]
    if is_loopback(base):
        lines.append(UNREACHABLE)
    if link:
        lines.append(f"  First sign-in, good once:\n  {link}\n")
    return "\n".join(lines)
