"""The tokens of a sentence, and the runs of tokens that could be a term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aligner.model import Lang
from aligner.terms.finder import Occurrence, outermost
from aligner.terms.names.offices import office_finder, place_finder, place_of
from aligner.terms.word_lists import begins_institution
from aligner.text.words import Word, english_forms

LONG_NAME = 12  # most syllables or words in the name of an institution
_AND = frozenset(["and", "và"])
_BEFORE_NAMES = frozenset(["St", "Mt"])  # St. Petersburg


@dataclass(frozen=True, slots=True)
class Token:
    """A Vietnamese syllable or English word, with what decides how phrases may contain it."""

    word: Word
    opens: bool  # a phrase may begin with it
    closes: bool  # a phrase may end with it
    joins: bool  # it can only be within a phrase
    breaks: bool  # no phrase contains it
    glued: bool  # it belongs to one name with the token before it
    tag: str


def spans(tokens: Sequence[Token], sentence: str, limit: int) -> Iterator[Sequence[Token]]:
    """Yield the runs that could be terms: up to `limit` tokens, or more if they are names."""
    for first, head in enumerate(tokens):
        if not head.opens or head.glued or head.breaks or head.joins:
            continue
        comma = False  # whose "and" is still to come
        for last in range(first, min(first + LONG_NAME, len(tokens))):
            before, token = tokens[last - 1], tokens[last]
            if token.breaks:
                break
            if last > first and _gap(before, token, sentence):
                comma = _goes_on(tokens, last, sentence)
                if not comma:
                    break
            comma = comma and token.word.text not in _AND
            if last - first >= limit and not is_capital(head):
                break
            cut = last + 1 < len(tokens) and tokens[last + 1].glued
            long = last - first >= limit and not _ends_name(before, token)
            if token.closes and not (token.joins or cut or long or comma):
                yield tokens[first : last + 1]


def inside_names(sentence: str, lang: Lang) -> tuple[set[int], set[int]]:
    """Return the offsets in a sentence at which no phrase begins, and those at which none ends.

    They are within a known place, organisation or office (so Bảo an is no phrase in Hội đồng Bảo
    an, nor Sea resort in Black Sea resort), except at the ends of another one within it, or at the
    institution of a Vietnamese office (Chủ tịch | Ủy ban nhân dân tỉnh).
    """
    offices = office_finder(lang).find(sentence)
    names = place_finder(lang).find(sentence) + offices
    inside = {at for name in outermost(names) for at in range(name.start + 1, name.end)}
    starts = {name.start for name in names}
    if lang == "vi":
        starts |= {at for office in offices for at in _institutions(sentence, office)}
    return inside - starts, inside - {name.end for name in names}


def _institutions(sentence: str, office: Occurrence) -> Iterator[int]:
    """Yield where the names of institutions begin within an office."""
    words = list(re.finditer(r"\w+", sentence[office.start : office.end]))
    for word, after in pairwise(words):
        if word.group()[0].isupper() and begins_institution([word.group(), after.group()]):
            yield office.start + word.start()


def _gap(left: Token, right: Token, sentence: str) -> bool:
    """Return whether there is punctuation between two tokens, apart from the dot of an acronym."""
    between = sentence[left.word.end : right.word.start].strip()
    if between in ("'s", "’s", "'", "’"):
        return not _may_own(left, right)
    text = left.word.text
    acronym = text.replace(".", "").isupper() and ("." in text or len(text) == 1)
    if acronym or text in _BEFORE_NAMES:
        between = between.removeprefix(".").strip()
    return bool(between)


def _goes_on(tokens: Sequence[Token], place: int, sentence: str) -> bool:
    """Return whether the comma before a token may be within a name: Culture, Sports and Tourism.

    An "and" and one more word with a capital must follow.
    """
    if not sentence.startswith(", ", tokens[place - 1].word.end):
        return False
    rest = tokens[place : place + LONG_NAME]
    for left, right in pairwise(rest):
        if _gap(left, right, sentence):
            return False
        if left.word.text in _AND:
            return is_capital(rest[0]) and is_capital(right)
    return False


def _may_own(left: Token, right: Token) -> bool:
    """Return whether an owner and what is owned can be one term or name.

    The people's committee and Lloyd's List can, Kerry's visit and Russia's Duma cannot.
    """
    if english_forms(left.word.text.casefold()):
        return True
    return is_capital(left) and is_capital(right) and not place_of(left.word.text, "en")


def _ends_name(before: Token, token: Token) -> bool:
    """Return whether a token may end a long name: its word begins with a capital (Giao dịch)."""
    return is_capital(token) or (not token.opens and is_capital(before))


def is_capital(token: Token) -> bool:
    """Return whether a token is written with a capital."""
    return token.word.text[:1].isupper()


def is_acronym(token: Token) -> bool:
    """Return whether a token is written in capitals alone: HC (huy chương), UBND."""
    return token.word.text.isupper() and len(token.word.text) > 1
