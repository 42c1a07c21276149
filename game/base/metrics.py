"""Measures of a running game, for Prometheus: numbers only, of nobody in particular."""

import os
from pathlib import Path

from prometheus_client import REGISTRY as ALONE
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name: where workers share their counts
QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

PHONES = Gauge("sourcerie_phones", "Phones connected.", multiprocess_mode="livesum")
QUEUE = Gauge("sourcerie_queue_depth", "Writes that wait.", multiprocess_mode="livesum")
COMMIT = Histogram("sourcerie_commit_seconds", "One transaction of the writer.", buckets=QUICK)
WRITTEN = Counter("sourcerie_written", "Writes committed.")
ACK = Histogram("sourcerie_ack_seconds", "From an answer's arrival to its commit.", buckets=QUICK)
FANOUT = Histogram("sourcerie_fanout_seconds", "A changed screen to all phones.", buckets=QUICK)
CUT = Counter("sourcerie_lost_clients", "Phones cut because they did not read.")
BAD = Counter("sourcerie_bad", "Frames, packets and handshakes that were none, by kind.", ["kind"])
ENDED = Counter("sourcerie_ended", "Connections ended: their request did not come, or in need.")
SHORT = Counter("sourcerie_short", "Connections for which no place or descriptor was free.")
LEFT_OUT = Counter("sourcerie_log_left_out", "Lines of the log that would only have said it again.")
REFUSED = Counter("sourcerie_refused", "Events refused.", ["code"])


def page() -> bytes:
    """Today's measures of all workers, in the text format of Prometheus."""
    if not os.environ.get(SHARED):
        return generate_latest(ALONE)
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)


def share(folder: Path) -> None:
    """Has the processes started from now on count together; forgets what others counted."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.db"):
        old.unlink()
    os.environ[SHARED] = str(folder)


def forget(pid: int) -> None:
    """A worker is gone: its phones and its queue are too."""
    multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]
