"""Chat rooms of a house: short notices by incoming webhooks; one file a provider."""

from collections.abc import Mapping

from game.webhooks.chat import mattermost, slack, teams
from game.webhooks.chat.contract import Provider

PROVIDERS: Mapping[str, Provider] = {
    one.key: one for one in (teams.PROVIDER, slack.PROVIDER, mattermost.PROVIDER)
}

__all__ = ["PROVIDERS", "Provider"]
