"""While answers come one by one, the loop takes several at a time.

To be woken for a message takes more of the processor than to read it. So whoever knows that
nothing is lost by it may have the loop look away from its sockets for a moment: it sleeps, and
then reads at once whatever has come. Timers and what else is ready to run are not kept waiting.
"""

import time

from eventlet.hubs.hub import BaseHub
from eventlet.patcher import original

sleep = original("time").sleep


class Gathering:
    """Called with seconds, a hub looks at its sockets again when they are over."""

    def __init__(self, hub: BaseHub) -> None:
        self.until = 0.0
        self.wait = hub.wait
        hub.wait = self._wait

    def __call__(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    def _wait(self, seconds: float) -> None:
        """In the place of the hub's own: `seconds` are those until its next timer."""
        pause = max(min(self.until - time.monotonic(), seconds), 0)
        if pause:
            sleep(pause)
        self.wait(seconds - pause)
