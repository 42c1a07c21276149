"""Slack: an incoming webhook takes `text`, in which three signs are escaped.

So no text calls a whole channel together, as `<!channel>` would.
"""

from game.base.json_object import Json
from game.webhooks.chat.contract import Provider


def body(text: str) -> Json:
    """The message; it is shown as typed, without Slack's own marks."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": plain, "mrkdwn": False}


PROVIDER = Provider("slack", "Slack", body)
