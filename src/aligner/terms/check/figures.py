"""Finds numbers, dates and ordinals in a translation that do not agree with those of its source.

Only a number in place of another one is reported: one that counts the same kind of thing, or the
only other one. Numbers that were left out, written out or converted are not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from aligner.model import Lang
from aligner.term_pair import Finding
from aligner.terms.check.reading import Reading
from aligner.text.clock import times_of_day
from aligner.text.figures import Figure, count_one_thing, count_other_things, figures
from aligner.text.marks import located_marks
from aligner.text.numbers import currency_before
from aligner.text.ordinals import ordinals

# Signs that a number is the time of day, or the day of a date without its month.
_TIME_BEHIND = re.compile(
    r"\s?(?:h\d|h\b|am\b|pm\b|a\.m|p\.m|:\d|GMT|phút\b"
    r"|giờ(?: (?:\d|sáng|trưa|chiều|tối|đêm|ngày|GMT|địa phương)))"
)
_DAY_BEFORE = re.compile(r"(?:\b(?:ngày|mùng|hôm|thứ|lúc) |\d:)$", re.IGNORECASE)
_HOUR_BEFORE, _HOUR_BEHIND = re.compile(r"\bat $"), re.compile(r"\s*(?:[,;]|\.(?!\d)|$|on\b)")
_BEFORE, _BEHIND = 6, 16  # characters before and after a number in which they are looked for
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
_UNIT_BEHIND = re.compile(
    r"\s?[%$£€¥₫]"
    r"|[\s-]*(?:hải lý|cây số|đô la|nhân dân tệ|(?:điểm )?phần trăm|percentage[ -]points?"
    r"|per cent|\w+)"
)
_THOUSANDS = re.compile(r"\d[.,]\d{3}(?!\d)")  # or three decimals
# Thứ ba is Tuesday if a day is meant, and otherwise the third.
_DAY_OF_WEEK = re.compile(r"(?:\b(?:hôm|ngày|sáng|trưa|chiều|tối|đêm|vào) |^)$", re.IGNORECASE)
# Units that texts convert: kilometres of a mile, feet of a metre, months of a year.
_CONVERTED = frozenset(
    ["mile", "foot", "feet", "inch", "pound", "acre", "year", "month", "week", "day", "hour"]
)
_FACTORS = (1.609, 1.852, 2.471, 3.281, 2.205, 4.047, 2.54, 7.0, 12.0, 24.0, 60.0)
_ABOUT = 0.05  # share by which a converted figure may be off

_Kind = Literal["number", "year", "date", "month", "weekday", "time", "ordinal", "quarter"]
#: Kinds that are compared with each other: a mistyped year may look like a number.
_ALIKE: tuple[tuple[_Kind, ...], ...] = (
    ("year",),
    ("number", "year"),
    ("date",),
    ("month",),
    ("weekday",),
    ("time",),
    ("ordinal",),
    ("quarter",),
)


class _Mention(NamedTuple):
    """A number or date in a sentence, which is numbered from 0."""

    sentence: int
    text: str
    start: int
    end: int
    kind: _Kind
    value: str
    figure: Figure | None = None  # of a number
    minutes: frozenset[int] = frozenset()  # of the day, that a time may mean

    @property
    def written(self) -> str:
        """The words of the number or date."""
        return self.text[self.start : self.end]

    @property
    def measured(self) -> _Mention:
        """The mention, extended by the sign of its currency or the unit after it."""
        if before := currency_before(self.text[: self.start]):
            return self._replace(start=before.start())
        behind = _UNIT_BEHIND.match(self.text, self.end)
        return self._replace(end=behind.end() if behind else self.end)

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.written)


def find_figures(reading: Reading) -> Iterator[Finding]:
    """Yield the contradictions between source and translation, those of each bead once."""
    source, target = reading.source, reading.target
    for numbers, opposite in reading.links():
        ours, theirs = _mentions(reading, source, numbers), _mentions(reading, target, opposite)
        our_left, their_left = _unmatched(ours, theirs), _unmatched(theirs, ours)
        yield from _other_units(reading, ours, theirs)
        told: set[tuple[int, int]] = set()
        for kinds in _ALIKE:
            some = [said for said in our_left if said.kind in kinds]
            others = [said for said in their_left if said.kind in kinds]
            for finding in _contrary(reading, some, others):
                if (finding.at, finding.start) not in told:
                    told.add((finding.at, finding.start))
                    yield finding


def _mentions(reading: Reading, lang: Lang, numbers: Sequence[int]) -> list[_Mention]:
    return [said for n in numbers for said in _in_sentence(n, reading.text(lang, n), lang)]


def _in_sentence(number: int, text: str, lang: Lang) -> Iterator[_Mention]:
    years = {match.span(): match.group() for match in _YEAR.finditer(text)}
    for (start, end), year in years.items():
        yield _Mention(number, text, start, end, "year", year)
    for figure in figures(text, lang):
        if (figure.start, figure.end) not in years:
            value = f"{figure.value:.12g}"
            yield _Mention(number, text, figure.start, figure.end, "number", value, figure)
    for time in times_of_day(text, lang):
        yield _Mention(number, text, time.start, time.end, "time", "", minutes=time.minutes)
    for one in ordinals(text, lang):
        yield _Mention(number, text, one.start, one.end, one.kind, str(one.value))
    for (kind, value), start, end in located_marks(text, lang):
        match kind:
            case "date" | "month":
                yield _Mention(number, text, start, end, kind, value)
            case "weekday" if _is_day(text, start, end):
                yield _Mention(number, text, start, end, "weekday", value)


def _is_day(text: str, start: int, end: int) -> bool:
    word = text[start:end].split()[-1]
    return word[0].isupper() or bool(_DAY_OF_WEEK.search(text[max(0, start - _BEFORE) : start]))


def _unmatched(some: Sequence[_Mention], others: Sequence[_Mention]) -> list[_Mention]:
    """Return the mentions that are not on the other side in any form."""
    values = {(other.kind, other.value) for other in others}
    figures = [other for other in others if other.figure or other.kind == "year"]
    written = {other.digits for other in figures} - {""}
    months, days = (
        {other.value[part].lstrip("0") for other in others if other.kind == "date"}
        for part in (slice(2), slice(3, 5))
    )
    times = [other for other in others if other.kind == "time"]
    hours = [other for other in times if other.digits] or times

    def is_told(one: _Mention) -> bool:
        if one.kind == "time":
            may_be = hours if one.digits else times  # 23h is no "night flights" beside "11 a.m."
            return any(not one.minutes.isdisjoint(other.minutes) for other in may_be)
        if (one.kind, one.value) in values:
            return True
        if any(_is_written_alike(one, other) for other in figures):
            return True
        match one.kind:
            case "number":
                return _is_small(one) or one.digits in days
            case "month":
                return one.value in months
            case "date":  # "từ 3 đến 5/6" has but one date, as has "June 3 to 5"
                return one.value[3:].lstrip("0") in written
            case _:
                return False

    return [one for one in some if not is_told(one)]


def _is_written_alike(one: _Mention, other: _Mention) -> bool:
    """Return whether two numbers have the same digits, and no words that make them differ.

    3,4 triệu is not 3.4 billion. But 500 is 500 million in "500 to 600 million", and one text may
    write 3,400 for the 3.400 of another.
    """
    if not one.digits or one.digits != other.digits:
        return False
    scaled = all(any(map(str.isalpha, said.written)) for said in (one, other))
    return not scaled or any(_THOUSANDS.search(said.written) for said in (one, other))


def _is_small(one: _Mention) -> bool:
    """Return whether a number is a time of day, the day of a date, or just "one"."""
    before = one.text[max(0, one.start - _BEFORE) : one.start]
    behind = one.text[one.end : one.end + _BEHIND]
    if _TIME_BEHIND.match(behind) or _DAY_BEFORE.search(before):
        return True
    if _HOUR_BEFORE.search(before) and _HOUR_BEHIND.match(behind) and one.written.isdecimal():
        return True
    return not one.digits and float(one.value) == 1.0  # an article more often than a number


def _contrary(
    reading: Reading, ours: Sequence[_Mention], theirs: Sequence[_Mention]
) -> Iterator[Finding]:
    for their in theirs:
        alike = [our for our in ours if _count_one_thing(reading, our, their)]
        if not alike and len(ours) == len(theirs) == 1 and not _may_agree(ours[0], their):
            alike = list(ours)
        if alike:
            yield _finding(reading, alike, their)


def _finding(reading: Reading, ours: Sequence[_Mention], their: _Mention) -> Finding:
    expected = [our.written for our in ours]
    message = f"The source has “{expected[0]}”, the translation “{their.written}”."
    where, span = (reading.target, their.sentence), (their.start, their.end)
    return reading.finding("figure", where, span, dict.fromkeys(expected), message)


def _other_units(
    reading: Reading, ours: Sequence[_Mention], theirs: Sequence[_Mention]
) -> Iterator[Finding]:
    """Yield the numbers that are also in the source, but with another unit."""
    for their in theirs:
        ours_alike = [our for our in ours if our.figure and our.value == their.value]
        theirs_alike = [one for one in theirs if one.figure and one.value == their.value]
        if their.figure is None or len(ours_alike) != 1 or len(theirs_alike) != 1:
            continue
        vi, en = ours_alike[0].figure, their.figure
        if reading.source == "en":
            vi, en = en, vi
        if vi and count_other_things(vi, en):
            yield _finding(reading, [ours_alike[0].measured], their.measured)


def _count_one_thing(reading: Reading, our: _Mention, their: _Mention) -> bool:
    vi, en = (our, their) if reading.source == "vi" else (their, our)
    return bool(vi.figure and en.figure and count_one_thing(vi.figure, en.figure))


def _may_agree(our: _Mention, their: _Mention) -> bool:
    """Return whether two numbers may be the same in different units, or be unrelated."""
    if "number" in (our.kind, their.kind) and not (our.digits and their.digits):
        return True
    if our.figure is None or their.figure is None:
        return False
    less, more = sorted((our.figure.value, their.figure.value))
    units = our.figure.unit | their.figure.unit
    return not units.isdisjoint(_CONVERTED) and any(
        abs(more - factor * less) <= _ABOUT * more for factor in _FACTORS
    )
