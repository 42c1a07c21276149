"""One meeting as a calendar file (RFC 5545), for whoever takes part in it."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from game.exports.calendar_file import PRODUCT


def written(id: str, at: int, minutes: int, title: str, place: str, url: str) -> bytes:
    """The file; `at` is the beginning, in milliseconds since the epoch.

    `id` stays the same when the time changes: the calendar then moves what it has.
    """
    calendar, event = Calendar(), Event()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    begins = datetime.fromtimestamp(at / 1000, UTC)
    event.add("uid", f"talk-{id}@sourcerie")
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=minutes))
    event.add("summary", title)
    if place:
        event.add("location", place)
    event.add("class", "PRIVATE")
    event.add("url", url)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
