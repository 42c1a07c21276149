"""One meeting as a calendar file (RFC 5545), for whoever takes part in it."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from game.exports.calendar_file import PRODUCT

EPOCH = 1_700_000_000  # seconds: a sequence is a number of 31 bits


def written(
    id: str, at: int, minutes: int, title: str, place: str, url: str, *, off: bool = False
) -> bytes:
    """The file; `at` is the beginning, in milliseconds since the epoch.

    `id` stays the same when the time changes: the calendar then moves what it has. With `off` it
    takes the meeting out again. What is written later counts for more (its sequence grows).
    """
    calendar, event = Calendar(), Event()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "PUBLISH")
    begins = datetime.fromtimestamp(at / 1000, UTC)
    event.add("uid", f"talk-{id}@sourcerie")
    now = datetime.now(UTC)
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()) - EPOCH)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=minutes))
    event.add("summary", title)
    if place:
        event.add("location", place)
    event.add("class", "PRIVATE")
    event.add("url", url)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
