"""Reads the times of day in a sentence: 9h30, 7 giờ tối, chiều qua; 9.30 a.m., noon, last night."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from aligner.model import Lang

_TIMES: Mapping[Lang, re.Pattern[str]] = {
    # "9 giờ", "9h" and "2 giờ 30 phút" may also be durations.
    "vi": re.compile(
        r"(?<![\w.,:/])(?P<at>lúc |(?:từ|đến|tới|trước) (?=\d{1,2}h))?(?P<hour>\d{1,2})"
        r"(?: ?(?:h|giờ)(?: ?(?P<minute>\d\d)(?P<lasting> phút)?)?|:(?P<minutes>\d\d)(?: giờ)?)"
        r"(?: (?P<part>sáng|trưa|chiều|tối|đêm))?(?![\w:]|[.,]\d)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<![\w.,:/])(?<!\d: )(?P<hour>\d{1,2})"
        r"(?:(?:[:.](?P<minute>\d\d))? ?(?P<part>[ap])(?:\.m\.?|m)(?!\w)"
        r"|:(?P<minutes>\d\d)(?![\w:]|[.,]\d))",
        re.IGNORECASE,
    ),
}
_DAY = 24 * 60  # minutes
_TWELVE = {"giữa trưa": 12, "nửa đêm": 0, "noon": 12, "midday": 12, "midnight": 0}
_NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(_TWELVE)})(?!\w)", re.IGNORECASE)
# The hours that a part of the day may mean, from the first to the last; from 24 on, the next day.
_PARTS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("rạng sáng", "dawn"), (0, 8)),
    **dict.fromkeys(("sáng", "morning"), (0, 12)),
    **dict.fromkeys(("trưa", "lunchtime"), (10, 15)),
    **dict.fromkeys(("chiều", "afternoon"), (12, 19)),
    **dict.fromkeys(("tối", "evening", "tonight"), (17, 26)),
    **dict.fromkeys(("đêm", "night", "overnight"), (18, 31)),
}
# "Sáng" also means bright, so a day has to follow.
_PART = re.compile(
    r"(?<!\w)(?:(?:rạng sáng|sáng|trưa|chiều|tối|đêm)"
    r"(?= (?:hôm|nay|qua|mai|thứ|chủ nhật|ngày|cùng|\d{1,2}[/-]\d))"
    r"|(?:dawn|morning|lunchtime|afternoon|evening|tonight|night|overnight)(?!\w))",
    re.IGNORECASE,
)
# If a time zone is named, two texts may give one moment as two different times. A capital at the
# beginning of a sentence ("This time") names none.
_ZONE = re.compile(
    r"\b(?:GMT|UTC|[CEMP][DS]?T)\b"
    r"|(?:(?<=[\w.,] )|(?<=\())[A-Z]\w+ [Tt]ime\b"
    r"|\bgiờ (?:miền|mùa|[A-ZĐ])"
)


class ClockTime(NamedTuple):
    """A time of day: the minutes since midnight that it may mean, and its span."""

    minutes: frozenset[int]
    start: int
    end: int


def times_of_day(text: str, lang: Lang) -> Iterator[ClockTime]:
    """Yield the times of day in a sentence, or none if it names a time zone.

    "9:30" may also mean 21:30.

    >>> [sorted(time.minutes) for time in times_of_day("lúc 7 giờ tối hoặc 9h30", "vi")]
    [[1140], [570, 1290]]
    """
    if _ZONE.search(text):
        return
    times = [*_named(text), *_told(text, lang)]
    yield from times
    for match in _PART.finditer(text):
        if not any(time.start < match.end() and match.start() < time.end for time in times):
            first, last = _PARTS[match.group().casefold()]
            minutes = frozenset(minute % _DAY for minute in range(60 * first, 60 * last))
            yield ClockTime(minutes, match.start(), match.end())


def _named(text: str) -> Iterator[ClockTime]:
    for match in _NAMED.finditer(text):
        hour = _TWELVE[match.group().casefold()]
        yield ClockTime(frozenset({60 * hour}), match.start(), match.end())


def _told(text: str, lang: Lang) -> Iterator[ClockTime]:
    for match in _TIMES[lang].finditer(text):
        said = match.groupdict()
        hour, minute = int(said["hour"]), int(said["minute"] or said["minutes"] or 0)
        is_time = said["part"] or said.get("at") or said["minutes"]
        is_time = is_time or (said["minute"] and not said.get("lasting"))
        if is_time and hour <= 24 and minute < 60:
            hours = _hours(hour, said["part"])
            minutes = frozenset((60 * hour + minute) % _DAY for hour in hours)
            yield ClockTime(minutes, match.start("hour"), match.end())


def _hours(hour: int, part: str | None) -> tuple[int, ...]:
    """Return the hours (0 to 24) that "7" may mean in a part of the day, or in any."""
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
