"""Microsoft Teams: the webhook of a workflow takes an adaptive card as an attachment."""

from game.base.json_object import Json
from game.webhooks.chat.contract import Provider, unmarked

CARD = "application/vnd.microsoft.card.adaptive"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def body(text: str) -> Json:
    """The message: a card of one text."""
    said = {"type": "TextBlock", "text": unmarked(text), "wrap": True}
    card = {"$schema": SCHEMA, "type": "AdaptiveCard", "version": "1.2", "body": [said]}
    return {"type": "message", "attachments": [{"contentType": CARD, "content": card}]}


PROVIDER = Provider("teams", "Microsoft Teams", body)
