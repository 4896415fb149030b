"""Finds what two languages write alike in a sentence: names, numbers, dates.

A mark is a pair (kind, value) that is the same in both languages: ("name", "moscow"),
("number", "1500000"), ("date", "10-12"). It comes with the words that carried it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import isfinite
from typing import Any

from aligner.model import Lang

Mark = tuple[str, str]
# "in October" is a month, "may" and "march" alone are words.
_BEFORE_MONTHS = "|".join(
    rf"(?<=\b{word} )" for word in ("in", "since", "until", "last", "next", "early", "late")
)
MIN_NAME = 3  # letters; shorter capitals are initials or chance


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns and tables of one language, compiled once."""

    exonyms: re.Pattern[str]
    concepts: Mapping[str, str]
    dates: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: re.Pattern[str]
    scales: Mapping[str, float]
    numerals: Mapping[str, int]
    words: re.Pattern[str]
    common: frozenset[str]
    group: str
    decimal: str


def find_marks(text: str, lang: Lang) -> dict[Mark, str]:
    """Return the marks of a sentence in NFC, each with the words it was read from."""
    found: dict[Mark, str] = {}
    rest = text
    for reader in (_dates, _numbers, _exonyms, _words):
        left = list(rest)
        for mark, start, end in reader(rest, _forms(lang)):
            found.setdefault(mark, text[start:end])
            left[start:end] = "\n" * (end - start)  # so that no later reader takes the same words
        rest = "".join(left)
    return found


def fold(text: str) -> str:
    """Return the text in small letters without accents; đ becomes d."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(c for c in plain if not unicodedata.combining(c))


_folded_name = lru_cache(maxsize=10_000)(fold)


def _dates(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    for match in forms.dates.finditer(text):
        part = {key: value for key, value in match.groupdict().items() if value}
        name = (
            next((part[k] for k in ("m1", "m2", "m3", "m4") if k in part), "")
            .casefold()
            .rstrip(".")
        )
        day = next((part[k] for k in ("d1", "d2", "d3", "d4") if k in part), None)
        digits = next((part[k] for k in ("n1", "n2", "n3") if k in part), None)
        month = forms.months.get(name) or int(digits or 0)
        if "weekday" in part:
            weekday = forms.weekdays.get(part["weekday"].casefold())
            if weekday:  # "FRİDAY" fits the pattern, but is no key of the table
                yield ("weekday", str(weekday)), match.start(), match.end()
        elif 1 <= month <= 12 and day is not None and 1 <= int(day) <= 31:
            yield ("date", f"{month:02}-{int(day):02}"), match.start(), match.end()
        elif 1 <= month <= 12 and day is None:
            yield ("month", str(month)), match.start(), match.end()


def _numbers(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    for match in forms.numbers.finditer(text):
        value = _value(match["figure"], forms)
        scale = forms.scales.get((match["scale"] or "").casefold(), 1.0)
        if value is not None:
            yield ("number", f"{value * scale:.12g}"), match.start(), match.end()


def _value(figure: str, forms: _Forms) -> float | None:
    """Read a figure; groups of three after either sign are thousands, else it is a decimal."""
    whole = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})+", figure)
    if whole and (whole[1] == forms.group or figure.count(whole[1]) > 1):
        return _finite(re.sub("[.,]", "", figure))
    plain = figure.replace(forms.group, "") if forms.decimal in figure else figure
    return _finite(plain.replace(",", "."))


def _finite(digits: str) -> float | None:
    """Return the number, or None for a version ("1.2.3") and for what no float can hold."""
    try:
        value = float(digits)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _exonyms(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    for match in forms.exonyms.finditer(text):
        yield ("name", forms.concepts[match.group()]), match.start(), match.end()


def _words(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    """Yield the numbers that are written as words, then the names."""
    capitals = []
    for match in forms.words.finditer(text):
        value = forms.numerals.get(match.group().casefold())
        if value is not None:
            yield ("number", str(value)), match.start(), match.end()
        elif text[match.start()].isupper():
            capitals.append(match)
    for match in capitals:
        word = match.group().removesuffix("'s").removesuffix("’s")
        if len(word) >= MIN_NAME and word.casefold() not in forms.common:
            yield ("name", _folded_name(word)), match.start(), match.start() + len(word)


@cache
def _forms(lang: Lang) -> _Forms:
    table = _load("marks.toml")[lang]
    concepts = {}
    for entry in _load("exonyms.toml")["names"]:
        for form in entry[lang]:
            concepts[unicodedata.normalize("NFC", form)] = fold(entry["en"][0])
    return _Forms(
        exonyms=_any_of(concepts),
        concepts=concepts,
        dates=_date_pattern(lang, table),
        months=table["months"],
        weekdays=table["weekdays"],
        numbers=re.compile(
            r"(?<![\w.,])(?P<figure>\d+(?:[.,]\d+)*)(?:[ \xa0-]?(?P<scale>"
            + "|".join(map(re.escape, table["scales"]))
            + r"))?(?!\w)",
            re.IGNORECASE,
        ),
        scales=table["scales"],
        numerals=table["numerals"],
        words=_word_pattern(table["numerals"]),
        common=frozenset(table["common"]),
        group=table["group"],
        decimal=table["decimal"],
    )


def _word_pattern(numerals: Mapping[str, int]) -> re.Pattern[str]:
    """Return what finds words, and numbers that are written as two ("mười hai")."""
    pairs = "|".join(re.escape(words) for words in numerals if " " in words)
    word = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
    return re.compile(rf"(?i:(?<!\w)(?:{pairs})(?!\w))|{word}" if pairs else word)


def _any_of(phrases: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def _date_pattern(lang: Lang, table: Mapping[str, Any]) -> re.Pattern[str]:
    def names(key: str) -> str:
        return "|".join(sorted(map(re.escape, table[key]), key=len, reverse=True))

    year = r"(?:[ ,/.-]*(?:năm )?\d{4})?"
    forms: tuple[str, ...]
    if lang == "vi":
        forms = (
            r"(?<![\d/])(?P<d1>\d{1,2}) tháng (?P<n1>\d{1,2})" + year,
            r"(?<![\d/.])(?P<d2>\d{1,2})[/-](?P<n2>\d{1,2})" + r"(?:[/-]\d{4})?(?![/\d%])",
            rf"(?<![\d/])(?P<d3>\d{{1,2}}) (?P<m1>{names('months')})",
            r"tháng (?P<n3>\d{1,2})(?!\d)(?:/\d{4})?",
            rf"(?P<m2>{names('months')})",
            rf"(?P<weekday>{names('weekdays')})",
        )
    else:
        forms = (
            rf"(?P<m1>{names('months')})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)",
            rf"(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{names('months')})",
            rf"(?P<m3>{names('months')})\.?(?= \d{{4}}(?!\d))",
            rf"(?:{_BEFORE_MONTHS})(?P<m4>{names('months')})",
            rf"(?P<weekday>{names('weekdays')})",
        )
    return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)", re.IGNORECASE)


def _load(name: str) -> dict[str, Any]:
    text = files("aligner.text").joinpath("data", name).read_text(encoding="utf-8")
    return tomllib.loads(text)
