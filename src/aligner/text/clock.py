"""Reads the times of day in a sentence: 9h30, 7 giờ tối, nửa đêm; 9.30 a.m., 21:00, noon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from aligner.model import Lang

_VI = r"(?P<part>sáng|trưa|chiều|tối|đêm)"
_TIMES: Mapping[Lang, re.Pattern[str]] = {
    # "9 giờ" and "2 giờ 30 phút" may be so many hours.
    "vi": re.compile(
        r"(?<![\w.,:/])(?P<at>lúc )?(?P<hour>\d{1,2})"
        r"(?: ?(?:h|giờ)(?: ?(?P<minute>\d\d)(?P<lasting> phút)?)?|:(?P<minutes>\d\d))"
        rf"(?: {_VI})?(?![\w:]|[.,]\d)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<![\w.,:/])(?<!\d: )(?P<hour>\d{1,2})"
        r"(?:(?:[:.](?P<minute>\d\d))? ?(?P<part>[ap])(?:\.m\.?|m)(?!\w)"
        r"|:(?P<minutes>\d\d)(?![\w:]|[.,]\d))",
        re.IGNORECASE,
    ),
}
_TWELVE = {"giữa trưa": 12, "nửa đêm": 0, "noon": 12, "midday": 12, "midnight": 0}
_NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(_TWELVE)})(?!\w)", re.IGNORECASE)
# Where a zone is named, two texts may mean one time by two.
_ZONE = re.compile(
    r"\b(?:GMT|UTC|[CEMP][DS]?T|(?:local|[A-Z]\w+) time|giờ địa phương)\b"
    r"|\bgiờ (?:miền|mùa|[A-ZĐ])"
)


class ClockTime(NamedTuple):
    """A time of day: the minutes since midnight that it may mean, and where it stands."""

    minutes: frozenset[int]
    start: int
    end: int


def times_of_day(text: str, lang: Lang) -> Iterator[ClockTime]:
    """Yield the times of day, none where a time zone is named; "9:30" may be half past 21 too.

    >>> [sorted(time.minutes) for time in times_of_day("lúc 7 giờ tối hoặc 9h30", "vi")]
    [[1140], [570, 1290]]
    """
    if _ZONE.search(text):
        return
    for match in _NAMED.finditer(text):
        hour = _TWELVE[match.group().casefold()]
        yield ClockTime(frozenset({60 * hour}), match.start(), match.end())
    for match in _TIMES[lang].finditer(text):
        said = match.groupdict()
        hour, minute = int(said["hour"]), int(said["minute"] or said["minutes"] or 0)
        is_time = said["part"] or said.get("at") or said["minutes"]
        is_time = is_time or (said["minute"] and not said.get("lasting"))
        if is_time and hour <= 24 and minute < 60:
            minutes = {60 * (hour % 24) + minute for hour in _hours(hour, said["part"])}
            yield ClockTime(frozenset(minutes), match.start("hour"), match.end())


def _hours(hour: int, part: str | None) -> tuple[int, ...]:
    """Return the hours of the day that an hour may be, in a part of it or in any."""
    if hour > 12 or hour == 0:
        return (hour,)
    early, late = hour % 12, hour % 12 + 12
    match (part or "").casefold():
        case "a" | "sáng":
            return (early,)
        case "đêm":
            return (early,) if early < 6 else (late,)
        case "trưa":
            return (early,) if early > 9 else (late,)
        case "p" | "chiều" | "tối":
            return (late,)
        case _:
            return early, late
