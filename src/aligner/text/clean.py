r"""Finds the lines that belong to the website and not to the report, each with a reason.

The rules are in data/boilerplate_*.toml. Those of both languages are always used, because
Vietnamese pages have English buttons. Dropping a sentence of the report is worse than keeping a
line of the site, so a rule is for a whole line, and weak signs count only in certain places or
beside a line that certainly belongs to the site.

A rule fits a line if all of its conditions do: `lines` (one matches the whole line, in any case),
`words` (the line has no other words), `all` and `none` (found, or not found, outside quotation
marks), and `max_words`. In the patterns, \p{Lu} and \p{Ll} are a capital and a small letter of
either language, for use within (?-i:...). A rule holds anywhere, or only in certain places
(`where`):

- "first": before anything else of the text,
- "top": up to the second paragraph; "caption": the same, below a line that is kept (the headline),
- "end": below the last paragraph,

or only beside a line dropped for one of the reasons in `next_to`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aligner.package_data import read_toml

FRAGMENT = "fragment among boilerplate"

_MAX_WORDS = 110  # a longer line is always text of the report
_MAX_LENGTH = 2000  # characters of a line that are examined
_BODY_WORDS = 8  # from so many words on, a line with a full stop is a paragraph of the report
_LONG_WORDS = 25  # from so many on, also a line without a full stop
_FRAGMENT_WORDS = 6
_FRAGMENT_RUN = 3  # unknown fragments in a row among boilerplate; more may be something else
_TOP_PARAGRAPHS = 2  # standfirst, caption and byline are above or around the first paragraph
_QUOTED = re.compile(r"\"[^\"]{2,}\"|“[^“”]{2,}”|«[^«»]{2,}»")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_PLAIN_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|h|am|pm|g)?\d*")
_CLOSED = re.compile(r"[.?!…][\"'”’»)\]]*$")
_ORNAMENT = " .:!…|>»›→•·*-–—[]()■►▶"


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    lines: re.Pattern[str] | None
    words: frozenset[str]
    all: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]
    max_words: int
    where: frozenset[str]
    next_to: frozenset[str]
    opens_list: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with everything that the rules examine."""

    text: str
    core: str  # without brackets and ornaments around it
    unquoted: str
    words: frozenset[str]
    length: int

    @property
    def is_body(self) -> bool:
        closed = self.length >= _BODY_WORDS and _CLOSED.search(self.text) is not None
        return closed or self.length >= _LONG_WORDS

    @property
    def is_fragment(self) -> bool:
        return self.length <= _FRAGMENT_WORDS and not re.search(r"[.?!…\"”’]$", self.text)


def find_boilerplate(lines: Sequence[str]) -> dict[int, str]:
    """Return the indices of the lines that belong to the site, each with the reason.

    `lines` are tidy lines in order; blank ones are ignored.

    >>> find_boilerplate(["Share this article", "Talks resume in Geneva", "", "Read more"])
    {0: 'share buttons', 3: 'navigation'}
    """
    places = [place for place, line in enumerate(lines) if line]
    found = _Search([_line(lines[place]) for place in places]).run()
    return {places[k]: found[k].reason for k in sorted(found)}


class _Search:
    """A search in the lines of an article, in which the certain ones are found first."""

    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.found: dict[int, _Rule] = {}

    def run(self) -> dict[int, _Rule]:
        """Return the rule that drops each dropped line."""
        certain = [rule for rule in _rules() if not rule.where and not rule.next_to]
        for k in range(len(self.lines)):
            self._try(k, certain)
        self._first()
        self._beside()
        self._top()
        last = self._end()
        self._beside()
        self._lists(last)
        self._fragments(last)
        return self.found

    def _try(self, k: int, rules: Iterable[_Rule]) -> bool:
        """Drop line k if one of the rules fits it; return whether it is dropped by now."""
        if k not in self.found and self.lines[k].length <= _MAX_WORDS:
            fitting = next((rule for rule in rules if _fits(rule, self.lines[k])), None)
            if fitting:
                self.found[k] = fitting
        return k in self.found

    def _first(self) -> None:
        # The last line is never dropped, because something must be left.
        for k in range(len(self.lines) - 1):
            if not self._try(k, _rules_for("first", "top")):
                return

    def _top(self) -> None:
        paragraphs = 0
        rules = _rules_for("top")
        for k, line in enumerate(self.lines):
            if not self._try(k, rules):
                rules = _rules_for("top", "caption")
                paragraphs += line.is_body
                if paragraphs >= _TOP_PARAGRAPHS:
                    return

    def _end(self) -> int:
        """Drop the lines below the last paragraph; return the index of that paragraph, or -1."""
        bodies = (k for k, line in enumerate(self.lines) if line.is_body and k not in self.found)
        first = next(bodies, len(self.lines))
        for k in range(len(self.lines) - 1, -1, -1):
            dropped = self._try(k, _rules_for("end") if k > first else ())
            if not dropped and self.lines[k].is_body:
                return k
        return -1

    def _beside(self) -> None:
        # Down and up again, so that a whole run beside a dropped line is dropped.
        for order in (range(len(self.lines)), range(len(self.lines) - 1, -1, -1)):
            for k in order:
                beside = {self.found[n].reason for n in (k - 1, k + 1) if n in self.found}
                if beside:
                    self._try(k, (rule for rule in _rules() if rule.next_to & beside))

    def _lists(self, last: int) -> None:
        """Drop the headlines of other articles below "Related articles" at the end."""
        for k in range(last + 1, len(self.lines)):
            above = self.found.get(k - 1)
            listed = above is not None and above.opens_list and k not in self.found
            if above and listed and not _CLOSED.search(self.lines[k].text):
                self.found[k] = above

    def _fragments(self, last: int) -> None:
        """Drop short fragments between dropped lines below the last paragraph."""
        run: list[int] = []
        for k in range(last + 1, len(self.lines) + 1):
            if k < len(self.lines) and k not in self.found:
                run.append(k)
                continue
            enclosed = bool(run) and last >= 0 and run[0] - 1 in self.found
            scraps = len(run) <= _FRAGMENT_RUN and all(self.lines[n].is_fragment for n in run)
            if enclosed and scraps:
                self.found.update((n, _rule({"reason": FRAGMENT})) for n in run)
            run = []


def _fits(rule: _Rule, line: _Line) -> bool:
    if line.length > rule.max_words:
        return False
    if rule.lines and not (rule.lines.fullmatch(line.core) or rule.lines.fullmatch(line.text)):
        return False
    if rule.words and not line.words <= rule.words:
        return False
    return all(pattern.search(line.unquoted) for pattern in rule.all) and not any(
        pattern.search(line.unquoted) for pattern in rule.none
    )


def _line(text: str) -> _Line:
    head = text[:_MAX_LENGTH]
    words = _PLAIN_WORD.findall(head.lower())
    return _Line(
        text=head,
        core=head.strip(_ORNAMENT),
        unquoted=_QUOTED.sub(" ", head),
        words=frozenset(word for word in words if not _NUMBER.fullmatch(word)),
        length=len(_WORD.findall(head)) if len(text) <= _MAX_LENGTH else _MAX_WORDS + 1,
    )


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(_read_rules())


@lru_cache
def _rules_for(*places: str) -> tuple[_Rule, ...]:
    return tuple(rule for rule in _rules() if rule.where & set(places))


def _read_rules() -> Iterator[_Rule]:
    for lang in ("en", "vi"):
        yield from map(_rule, read_toml("text", f"boilerplate_{lang}.toml")["rule"])


def _rule(table: Mapping[str, Any]) -> _Rule:
    lines = "|".join(f"(?:{line})" for line in table.get("lines", ()))
    return _Rule(
        reason=table["reason"],
        lines=_pattern(lines) if lines else None,
        words=frozenset(table.get("words", ())),
        all=tuple(map(_pattern, table.get("all", ()))),
        none=tuple(map(_pattern, table.get("none", ()))),
        max_words=table.get("max_words", _MAX_WORDS),
        where=frozenset(table.get("where", ())),
        next_to=frozenset(table.get("next_to", ())),
        opens_list=table.get("opens_list", False),
    )


def _pattern(text: str) -> re.Pattern[str]:
    for name, letters in _letters().items():
        text = text.replace(name, f"[{letters}]")
    return re.compile(text, re.IGNORECASE)


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """Return the letters by case, for which `re` has no class."""
    latin = [chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1F00))]
    return {
        r"\p{Lu}": "".join(char for char in latin if char.isupper()),
        r"\p{Ll}": "".join(char for char in latin if char.islower()),
    }
