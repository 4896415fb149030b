"""Decides by the words on both sides whether a stop (one of .?!…) ends a sentence.

The word lists are data, one file per language: data/vi.toml and data/en.toml, section [segment].
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from string import ascii_letters

from aligner.model import Lang
from aligner.package_data import read_toml

_QUOTES = frozenset("\"'”’»›“‘")
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,5}|[A-Za-zĐđ])"
_LABEL = re.compile(rf"(?:(?P<heading>\w+(?: \w+)?) )?{_NUMBER}")
_INLINE_LABEL = re.compile(r"[:;]\s{1,3}[(\[]?\d{1,2}$")
_LABEL_LENGTH = 24  # characters of the longest label: "Điều 5. ", "Section IV. "
_INITIALS = frozenset(f"{ascii_letters}Đđ")
_TIME_ZONE = re.compile(r"[A-Z]{1,3}T|UTC")  # ET, GMT, AEST
_LETTER = re.compile(r"(\w{2,}|&)[\s-]\w$")  # "vitamin C", "Super-G"

_PLAIN_WORD = r"[^\s.,;:?!]{1,30}"
# What may follow a verb of speech before the clause ends: "added on Monday."
_REST = rf"(?:\s{{1,3}}{_PLAIN_WORD}){{0,2}}\s?[.,;]"


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """Word lists of one language; the comments in its data file say what each list is for."""

    never_ends: frozenset[str]
    seldom_ends: frozenset[str]
    before_number: frozenset[str]
    ends_before_capital: frozenset[str]
    after_clock: frozenset[str]
    headings: frozenset[str]
    before_letter: frozenset[str]
    marked_names: frozenset[str]
    starters: frozenset[str]
    attribution: re.Pattern[str]


@cache
def sentence_rules(lang: Lang) -> SentenceRules:
    """Read the rules of a language; the file is opened once, at the first call."""
    lists: dict[str, list[str]] = read_toml("text", f"{lang}.toml")["segment"]
    verbs = "|".join(map(re.escape, lists.pop("speech_verbs")))
    titles = "|".join(map(re.escape, lists["never_ends"]))
    # Up to five words, initials and titles with their stops among them: "Mr. J. Kerry asked.".
    subject = rf"(?:(?:(?:{titles}|\w)\.|{_PLAIN_WORD})\s{{1,3}}){{1,5}}?"
    return SentenceRules(
        attribution=re.compile(rf"{subject}(?:{verbs})\b{_REST}"),
        **{name: frozenset(words) for name, words in lists.items()},
    )


@dataclass(frozen=True, slots=True)
class Stop:
    """A run of stops with the closing marks after it, and the words on both sides."""

    at: int  # the first stop
    end: int  # after the closing marks, where the sentence would end
    gap: str  # the blanks that follow; none inside a figure or an address
    marks: str  # the run itself: ".", "?!", "..."
    closers: str  # quotes, brackets and later stops
    token: str  # the word before, with its inner stops: "U.S", "TP.HCM", "5"
    word: str  # the next word, "" if none is near
    word_at: int
    between: str  # what is between the blanks and that word


def ends_sentence(text: str, start: int, stop: Stop, rules: SentenceRules) -> bool:
    """Return whether the sentence that began at `start` ends with this stop."""
    if not stop.word or stop.between[:1] in tuple(",;:)"):
        return False
    if not stop.gap:
        return _lacks_blank(text, stop)
    if stop.word[0].islower() and not _may_open(stop):
        return False
    if any(mark in stop.closers for mark in ".?!…"):
        return True  # the quotation closed, then the sentence: `"Vì sao?". Bà đáp`
    if not _QUOTES.isdisjoint(stop.closers) and _is_attribution(text, stop, rules):
        return False
    if stop.marks == ".":
        return _full_stop_ends(text, start, stop, rules)
    return _other_mark_ends(text, stop, rules)


def _may_open(stop: Stop) -> bool:
    """Return whether a word in small letters opens a sentence: a brand, or a quotation typed so."""
    quotation = stop.between[:1] in tuple('"“«') and stop.marks == "."
    return stop.word[1:2].isupper() or quotation  # iPhone; `Bà nói. "tôi tin`


def _is_attribution(text: str, stop: Stop, rules: SentenceRules) -> bool:
    """Return whether a name and its verb say who spoke: `"Who is there?" Mr. Lan asked.`."""
    if stop.word != "I" and _opens_sentence(text, stop, rules):
        return False
    clause = rules.attribution.match(text, stop.word_at)
    if clause is None:
        return False
    # After a full stop, a clause with a comma begins a new sentence: `… xong." Ông Lan nói, "`.
    return stop.marks != "." or clause[0][-1] == "."


def _lacks_blank(text: str, stop: Stop) -> bool:
    """Return whether a blank was forgotten ("bình thường.Hoa Kỳ"); an address or brand has none."""
    left, right = stop.token, stop.word
    before = text[stop.at - len(left) - 1 : stop.at - len(left)]
    behind = text[stop.word_at + len(right) : stop.word_at + len(right) + 1]
    return (
        not stop.between
        and len(stop.marks) == 1
        and len(left) > 1
        and left.isalpha()
        and left.islower()
        and right[0].isupper()
        and (right[1:].islower() or len(right) == 1)
        and before not in tuple("/@.-")
        and behind in tuple(" ,\u00a0\n")
    )


def _other_mark_ends(text: str, stop: Stop, rules: SentenceRules) -> bool:
    """Return whether "?", "!" or an ellipsis ends a sentence before a word with a capital."""
    if text[stop.at - 1 : stop.at] in tuple("(["):
        return False  # "(?)", "[...]": a remark
    if stop.marks[0] in ".…" and stop.word[0].isdigit():
        return False  # "1, 2, ... 10"
    starter = _opens_sentence(text, stop, rules)
    if stop.token + stop.marks in rules.marked_names and not stop.closers:
        return starter
    if ")" in stop.closers and stop.marks[0] in "?!":
        return starter  # "Mr. Lan (who else?) Hanoi": the remark ended, not the sentence
    return True


def _full_stop_ends(text: str, start: int, stop: Stop, rules: SentenceRules) -> bool:
    token, number = stop.token, stop.word[0].isdigit()
    last = token.rpartition(".")[2]  # "TS" of "PGS.TS"
    if token in rules.ends_before_capital:
        clock = stop.word in rules.after_clock or _TIME_ZONE.fullmatch(stop.word) is not None
        return stop.word[0].isupper() and not clock
    if token in rules.never_ends or last in rules.never_ends:
        return False
    if token in rules.before_number:
        return not number
    abbreviation = token in rules.seldom_ends or last in rules.seldom_ends
    # "Ý" and "Á" are Italy and Asia; only plain letters abbreviate.
    letter = last in _INITIALS and (last.isupper() or "." in token)
    if abbreviation or (letter and not _letter_is_name(text, stop.at, rules)):
        return _opens_sentence(text, stop, rules) and not _is_label(text, start, stop, rules)
    return not _is_label(text, start, stop, rules)


def _letter_is_name(text: str, at: int, rules: SentenceRules) -> bool:
    """Return whether a single letter is a name and no abbreviation: "vitamin C", "Super-G"."""
    named = _LETTER.search(text[max(0, at - 20) : at])
    return named is not None and named[1].lower() in rules.before_letter


def _opens_sentence(text: str, stop: Stop, rules: SentenceRules) -> bool:
    """Return whether the next word often opens sentences and is no initial ("J. A. Smith")."""
    behind = text[stop.word_at + len(stop.word) : stop.word_at + len(stop.word) + 1]
    word = stop.word.capitalize() if stop.word.isupper() else stop.word
    return word in rules.starters and behind != "."


def _is_label(text: str, start: int, stop: Stop, rules: SentenceRules) -> bool:
    """Return whether a list item or section is numbered here: "1. ", "Điều 5. ", "follows: 2. "."""
    if stop.token[-1:].isdigit() and _INLINE_LABEL.search(text[max(start, stop.at - 8) : stop.at]):
        return True
    if stop.at - start > _LABEL_LENGTH:
        return False
    label = _LABEL.fullmatch(text[start : stop.at].lstrip("([“\"' "))
    return label is not None and (label["heading"] is None or label["heading"] in rules.headings)
