"""All pages of integrations, on one blueprint."""

from game.web.integrations import chats, tokens, webhooks
from game.web.integrations.surface import blueprint

__all__ = ["blueprint", "chats", "tokens", "webhooks"]
