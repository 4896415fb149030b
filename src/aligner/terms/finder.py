"""Finds terms in sentences, in any inflected form."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from aligner.model import Lang
from aligner.text.vietnamese import vietnamese_words
from aligner.text.words import Word, split_parts, term_key

# What comes before the first word of a sentence, whose capital says nothing.
_HEAD = re.compile(r"(?:^|[.!?:])[\s\"“”'‘’«(\[-]*$")
# Words that follow a pronoun, but not a country: Anh ấy.
_OF_A_PRONOUN = frozenset(["ấy", "ta", "này", "kia", "nọ"])


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence of a term in a sentence: `surface` is `sentence[start:end]`."""

    term: str
    start: int
    end: int
    surface: str


class TermFinder:
    """Finds many terms of one language at once, in time that grows with the sentence alone.

    Inflected forms, other letter case and other hyphens match (agreements, agreement), and so do
    the parts of a compound (Nga in Nga-Mỹ). A Vietnamese name of one syllable must have its
    capital, and at the beginning of a sentence it must be a word by itself: Nga is Russia, but ngà
    is ivory, đức is not Đức, and Pháp luật is law.
    """

    def __init__(self, terms: Iterable[str], lang: Lang) -> None:
        self._lang = lang
        self._terms: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        lengths: defaultdict[str, set[int]] = defaultdict(set)  # by the first word of a term
        for term in dict.fromkeys(terms):
            key = term_key(term, lang)
            if key:
                self._terms[key].append(term)
                lengths[key[0]].add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, sentence: str) -> list[Occurrence]:
        """Return every occurrence in order, including shorter terms within longer ones."""
        words = split_parts(sentence, self._lang)
        keys = tuple(word.key for word in words)
        found = []
        for start, word in enumerate(words):
            for length in self._lengths.get(word.key, ()):
                stop = start + length
                for term in self._terms.get(keys[start:stop], ()) if stop <= len(words) else ():
                    if length > 1 or self._stands_alone(term, word, sentence):
                        span = word.start, words[stop - 1].end
                        found.append(Occurrence(term, *span, sentence[slice(*span)]))
        return found

    def _stands_alone(self, term: str, word: Word, sentence: str) -> bool:
        if self._lang == "en" or not term[:1].isupper():
            return True
        if not word.text[:1].isupper():
            return False
        return not _HEAD.search(sentence[: word.start]) or _is_word(word, sentence)


def outermost(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Return the occurrences that are not within a longer one, in order."""
    kept: list[Occurrence] = []
    for found in sorted(occurrences, key=lambda o: (o.start, -o.end)):
        if not kept or found.end > kept[-1].end:
            kept.append(found)
    return kept


def _is_word(syllable: Word, sentence: str) -> bool:
    """Return whether a syllable is a word by itself: Pháp, but not Pháp luật, nor Anh ấy."""
    own, rest = (
        unicodedata.normalize("NFC", text) for text in (syllable.text, sentence[syllable.start :])
    )
    first, *others = vietnamese_words(rest)
    is_pronoun = bool(others) and others[0].casefold() in _OF_A_PRONOUN
    return not first.startswith(f"{own} ") and not is_pronoun
