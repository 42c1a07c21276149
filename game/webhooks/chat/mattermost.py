"""Mattermost: an incoming webhook takes `text`, which it reads as Markdown."""

from game.base.json_object import Json
from game.webhooks.chat.contract import Provider, unmarked

NOTHING = "\u200b"  # a space of no width: "@all" in a name calls nobody


def body(text: str) -> Json:
    """The message, as it was typed."""
    return {"text": unmarked(text).replace("@", f"@{NOTHING}")}


PROVIDER = Provider("mattermost", "Mattermost", body)
