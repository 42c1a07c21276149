"""Planned touchpoints as a calendar (RFC 5545): days, and no more of people than was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Sourcerie//FR"


@dataclass(frozen=True)
class Entry:
    """One thing on one day; `id` stays the same when it is asked for again."""

    id: str
    day: date
    title: str
    at: int  # when it was planned, in milliseconds since the epoch
    url: str = ""


def by_count(entries: Sequence[Entry], said: Mapping[date, str]) -> list[Entry]:
    """One entry a day, with what is said of that day; nothing of any person."""
    first: dict[date, Entry] = {}
    for entry in entries:
        first.setdefault(entry.day, entry)
    return [
        Entry(f"day-{day.isoformat()}", day, said[day], entry.at) for day, entry in first.items()
    ]


def written(name: str, entries: Sequence[Entry]) -> bytes:
    """The calendar's file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}@sourcerie")
    event.add("dtstamp", datetime.fromtimestamp(entry.at / 1000, UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("transp", "TRANSPARENT")  # a day with a call in it is not a day that is taken
    event.add("class", "PRIVATE")
    if entry.url:
        event.add("url", entry.url)
    return event
