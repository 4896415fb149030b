"""Reads the numbers of a text, in digits and in words: 1,5 triệu, $3.2m, hai phần ba, a dozen.

The words are in `data/numbers.toml`; how they combine is defined here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import NamedTuple

from aligner.model import Lang
from aligner.package_data import read_toml
from aligner.text.word_patterns import any_of

# What may directly follow a figure: 450kg, 36.5ºC. With other letters, it is a name (5G, 1st).
_UNIT = r"(?:[kcm]?m[²³23]?|kg|km/h|kph|mph|ha|[kMG]W|kWh|[MGT]B|[º°][CF])(?![^\W_])"
_CODE = r"(?<=(?<!\w)[A-Z]{3})"  # VND65 trillion
HALF = "rưỡi"  # behind a number, half of its last unit: một triệu rưỡi
_BEFORE = 5  # characters before a figure in which they are looked for


class Number(NamedTuple):
    """A number in a text, with its span."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns and tables of one language, compiled once.

    A word has a value (`values`: hai, twelve), multiplies what is before it (`factors`: trăm,
    dozen) or divides it (`parts`: ba in hai phần ba). Those in `silent` are not numbers when they
    are alone.
    """

    digits: re.Pattern[str]
    words: re.Pattern[str]
    values: Mapping[str, int]
    factors: Mapping[str, float]
    scales: Mapping[str, float]
    parts: Mapping[str, int]
    silent: frozenset[str]
    group: str
    decimal: str


def numbers_in_digits(text: str, lang: Lang) -> Iterator[Number]:
    """Yield the numbers in digits, multiplied by the words after them.

    >>> [number.value for number in numbers_in_digits("hơn 1,5 triệu người, 20%", "vi")]
    [1500000.0, 20.0]
    """
    forms = _forms(lang)
    for match in forms.digits.finditer(text):
        value, scale, end = _value(match["figure"], forms), match["scale"] or "", match.end()
        before = text[max(match.start() - _BEFORE, 0) : match.start()]
        if before[-1:].isalpha() and not currency_before(before):
            continue  # the name of something: MIG29
        if scale in ("m", "M") and not currency_before(before):
            if match.end("figure") == match.start("scale"):
                continue  # metres or millions
            scale, end = "", match.end("figure")
        if value is not None:
            value += 0.5 if match["half"] else 0.0
            yield Number(value * forms.scales.get(scale.casefold(), 1.0), match.start(), end)


def numbers_in_words(text: str, lang: Lang) -> Iterator[Number]:
    """Yield the numbers that are written out.

    >>> [number.value for number in numbers_in_words("a dozen of the twenty-five million", "en")]
    [12.0, 25000000.0]
    >>> [number.value for number in numbers_in_words("ba phần tư số phiếu", "vi")]
    [0.75]
    """
    forms = _forms(lang)
    for match in forms.words.finditer(text):
        words = re.findall(r"[^\W\d_]+", match.group().casefold())
        said = {name: word.casefold() for name, word in match.groupdict("").items()}
        if parts := forms.parts.get(said["part"]) or forms.values.get(said.get("among", "")):
            value = forms.values.get(said["count"], 1) / parts
        elif len(words) > 1 or words[0] not in forms.silent:
            value = _worth(words, forms)
        else:
            continue
        yield Number(value, match.start(), match.end())


def currency_before(text: str) -> re.Match[str] | None:
    """Return the match of the sign or code of a currency at the end of a text, before a figure.

    >>> currency_before("worth VND")[0]
    'VND'
    """
    return _money().search(text)


@cache
def _money() -> re.Pattern[str]:
    money = read_toml("text", "numbers.toml")["money"]
    return re.compile(rf"(?:{any_of(money['signs'])}|(?<!\w){any_of(money['codes'])})\s?$")


def _worth(words: Iterable[str], forms: _Forms) -> float:
    """Return the value of a number in words; "thousand" and more multiply all that is before."""
    total = last = 0.0
    unit = 1.0  # the last factor, of which "rưỡi" is a half
    for word in words:
        if word == HALF:
            return total + last + unit / 2
        factor = forms.factors.get(word, 1.0)
        unit = factor if factor > 1 else unit
        if factor >= 1000:
            total, last = (total + last or 1.0) * factor, 0.0
        elif factor > 1:
            last = (last or 1.0) * factor
        elif word in forms.values:
            total, last = total + last, float(forms.values[word])
    return total + last


def _value(figure: str, forms: _Forms) -> float | None:
    """Return the value of a figure, in which a separator may mean thousands or decimals.

    Vietnamese texts sometimes have English separators: 30,000 never means 30.
    """
    whole = re.fullmatch(r"[1-9]\d{0,2}(?:([.,])\d{3})+", figure)
    round_one = forms.group == "." and figure.endswith("00")
    if whole and (whole[1] == forms.group or figure.count(whole[1]) > 1 or round_one):
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


@cache
def _forms(lang: Lang) -> _Forms:
    table = read_toml("text", "numbers.toml")[lang]
    words: dict[str, dict[str, int]] = table["words"]
    scales, scale = table["scales"], any_of(table["factors"])
    grammar = (_vietnamese if lang == "vi" else _english)(
        **{kind: any_of(values) for kind, values in words.items()}
    )
    # "Two-thirds", "a third of", "one in three"; but "a third" may be the next one.
    ones, parts = any_of(words["ones"]), any_of(table["parts"])
    if lang == "vi":
        divided = rf" phần (?P<part>{parts})"
    else:
        divided = rf"(?:(?:-| (?=\w+ of\b))(?P<part>{parts})s?| in (?P<among>{ones}))"
    fraction = rf"(?P<count>a|{ones}){divided}"
    # "Ba-cu" is Baku, "three-day" three days.
    end = r"(?!\w|-[^\W\d_])" if lang == "vi" else r"(?!\w)"
    return _Forms(
        digits=re.compile(
            rf"(?:(?<![\w.,])|{_CODE})(?P<figure>\d++(?:[.,]\d++)*+)"
            rf"(?:(?:[ \xa0-]?(?P<scale>{any_of(scales)})(?P<half> {HALF})?)?(?!\w)|(?={_UNIT}))",
            re.IGNORECASE,
        ),
        words=re.compile(
            rf"(?<!\w)(?:{fraction}|(?:{grammar}|a(?= {scale}))(?:[ -]{scale})*(?: {HALF})?){end}",
            re.IGNORECASE,
        ),
        values={word: value for values in words.values() for word, value in values.items()},
        factors=table["factors"] | table["small_factors"],
        scales=scales,
        parts=table["parts"],
        silent=frozenset(table["silent"]),
        group=table["group"],
        decimal=table["decimal"],
    )


def _vietnamese(ones: str, ten: str, after_tens: str) -> str:
    """Return a pattern of numbers below a thousand: mười hai, hai mươi lăm, ba trăm linh tư."""
    below = rf"(?:{ten}(?: (?:một|{after_tens}))?|(?:{ones} )?mươi(?: {after_tens})?)"
    return rf"{ones} trăm(?: (?:linh|lẻ) {ones}| {below})?|{below}|{ones}"


def _english(ones: str, teens: str, tens: str) -> str:
    """Return a pattern of numbers below a thousand: twelve, twenty-five, two hundred and four."""
    below = rf"(?:{tens}(?:[- ]{ones})?|{teens}|{ones})"
    return rf"(?:(?:a|{ones}) )?dozen|(?:a|{ones}) hundred(?:(?: and)? {below})?|{below}"
