"""Phrases of a sentence that could be terms: names, noun phrases, words that carry a meaning.

A candidate neither begins nor ends with a function word, crosses no punctuation, and is at most
six syllables (Vietnamese) or five words (English) long. Longer ones hold shorter ones: which of
them a term base would hold is decided later, by what they are linked to.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.model import Lang
from aligner.text.words import Word, english_forms, split_words, vietnamese_key

MAX_SYLLABLES, MAX_WORDS = 6, 5
# Part-of-speech tags (VLSP 2013) of words that a Vietnamese term is made of.
_VI_TAGS = frozenset(["N", "Np", "Ny", "Nb", "V", "A", "I", "Z"])
_EN_JOINTS = frozenset(["of", "for", "the"])  # stand inside names and terms
_EN_CLASSES = frozenset(["NOUN", "PROPN", "VERB", "ADJ"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """A candidate where it stands: `sentence[start:end]` is `text`; forms of a term share a key."""

    key: str
    text: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        """True where capitals say that it is a name or an office."""
        return any(part[:1].isupper() for part in self.text.split())


def phrases(sentence: str, lang: Lang) -> list[Phrase]:
    """Return the candidate phrases of a sentence in NFC, by place, shorter ones first."""
    return list(_vi_phrases(sentence) if lang == "vi" else _en_phrases(sentence))


def _vi_phrases(sentence: str) -> Iterator[Phrase]:
    words = _vi_words(sentence)
    for first in range(len(words)):
        for last in range(first, len(words)):
            span = words[first : last + 1]
            start, end = span[0][1], span[-1][2]
            syllables = sentence[start:end].split()
            if span[-1][3] not in _VI_TAGS or len(syllables) > MAX_SYLLABLES:
                break
            if last > first and sentence[span[-2][2] : span[-1][1]].strip():
                break
            if _vi_term(span, syllables, sentence):
                key = " ".join(map(vietnamese_key, syllables))
                yield Phrase(key, sentence[start:end], start, end)


def _vi_words(sentence: str) -> list[tuple[str, int, int, str]]:
    """Return the words of underthesea with their places and tags; a word spans syllables."""
    from underthesea import pos_tag

    found, place = [], 0
    for word, tag in pos_tag(sentence):
        start = end = place
        for number, part in enumerate(word.split()):
            at = sentence.find(part, end)
            if at < 0:  # the tagger rewrote it
                break
            start, end = (at if number == 0 else start), at + len(part)
        if end > place or not place:
            found.append((word, start, end, tag))
            place = end
    return found


def _vi_term(
    span: Sequence[tuple[str, int, int, str]], syllables: Sequence[str], sentence: str
) -> bool:
    if not syllables or not all(part[0].isalpha() for part in syllables):
        return False
    stops, starts = function_words("vi"), span[0][1]
    for word, _, _, _ in (span[0], span[-1]):
        if word.casefold() in stops and not (word[0].isupper() and starts > 0):
            return False
    if any(part in function_words("vi_inside") for part in syllables):
        return False
    if len(syllables) == 1:  # half a word more often than a term
        at_head = not any(c.isalnum() for c in sentence[:starts])
        return syllables[0][0].isupper() and not (at_head and span[0][3] not in ("Np", "Ny"))
    return True


def _en_phrases(sentence: str) -> Iterator[Phrase]:
    words = split_words(sentence, "en")
    for first, head in enumerate(words):
        if _is_function(head) or not head.text[0].isalpha():
            continue
        for last in range(first, min(len(words), first + MAX_WORDS)):
            word = words[last]
            if last > first and not _joins(words[first : last + 1], sentence):
                break
            span = words[first : last + 1]
            if not _is_function(word) and _en_term(span):
                key = " ".join(w.key for w in span)
                yield Phrase(key, sentence[head.start : word.end], head.start, word.end)


def _joins(span: Sequence[Word], sentence: str) -> bool:
    """Return whether the last word of a span may follow the others in one term."""
    left, word = span[-2:]
    if sentence[left.end : word.start].strip() not in ("", "'s", "’s", "'", "’"):
        return False
    if not _is_function(word):
        return True
    # "Ministry of Trade and Industry", but not "Putin and Foreign Minister".
    joints = {w.text for w in span[:-1]} & _EN_JOINTS
    return word.text in _EN_JOINTS or (word.text == "and" and bool(joints))


def _en_term(span: Sequence[Word]) -> bool:
    last = span[-1].text
    if len(last) < 2 or "'" in last or "’" in last:
        return False
    classes = [english_forms(word.text.casefold()).keys() & _EN_CLASSES for word in span]
    if len(span) == 1:
        return True
    # "met Russian President" is no phrase; "suspended sentence" and "trading partner" are.
    verbs = any(
        found == {"VERB"} and not word.text.endswith(("ed", "ing"))
        for found, word in zip(classes, span, strict=True)
    )
    return not verbs and (not classes[-1] or "NOUN" in classes[-1] or last[0].isupper())


def _is_function(word: Word) -> bool:
    acronym = word.text.isupper() and len(word.text) > 1  # US is no pronoun
    return word.text.casefold() in function_words("en") and not acronym


@cache
def function_words(table: str) -> frozenset[str]:
    """Return the words that neither begin nor end a term ("vi", "en") or stand in none."""
    text = files("aligner.terms").joinpath("data/function_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[table].split())
