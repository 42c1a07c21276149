"""Webhooks: events that other programs are told of, by addresses that an administrator declares.

The contract, then what fulfils it. What is told is identifiers and states, nobody's data.
"""

from game.webhooks.contract import EVENTS, Event, Outcome, Sender

__all__ = ["EVENTS", "Event", "Outcome", "Sender"]
