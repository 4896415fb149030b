"""The words of a query, weighted by their rarity, and how many of them a sentence shares."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import mul

from aligner.model import Lang, Span
from aligner.search.folding import folded
from aligner.search.store import Store
from aligner.search.units import LOOSE, Unit, is_function_word, units_of
from aligner.search.words import WORD, Token, keys_of, stem, tokens
from aligner.text.lexicon import (
    english_words,
    heads,
    listed_words,
    load_lexicon,
    rendered,
    words_rendered_by,
)
from aligner.text.words import english_key

FEW = 3  # the most syllables of a query that is taken for one word that the list lacks


@dataclass(frozen=True)
class Words:
    """The words of a query with their weights."""

    lang: Lang
    tokens: Sequence[Token]
    units: Sequence[Unit]

    @classmethod
    def of(cls, text: str, lang: Lang, store: Store) -> Words:
        """Weigh the words of a query by how rare they are in the sentences of its language."""
        found = tokens(text, lang)
        rarities = store.rarities({token.plain for token in found}, lang)
        return cls(lang, found, units_of(found, lang, rarities))

    def shared(self, text: str, lang: Lang) -> tuple[float, float]:
        """Return the share of the query's words in a text, and of its pairs of neighbouring words.

        Both are weighted and lie between 0 and 1. In a text of the other language, only names that
        are written alike can be shared.
        """
        if lang == self.lang:
            keys = f" {' '.join(keys_of(text, lang))} "
            loose = LOOSE if self._is_phrase and f" {self._phrase} " not in keys else 1.0
            there = [loose * unit.stands_in(keys) for unit in self.units]
            beside = [f" {a.forms[0]} {b.forms[0]} " in keys for a, b in pairwise(self.units)]
        else:
            names = f" {' '.join(_names(text))} "
            there = [_as_names(unit.tokens, names) for unit in self.units]
            beside = [
                f" {a.tokens[-1].written} {b.tokens[0].written} " in names
                for a, b in pairwise(self.units)
            ]
        return _share(self._single, there), _share(self._pairs, beside)

    def rendered(self, text: str) -> float:
        """Return the weighted share (0 to 1) of words that a text of the other language renders.

        A word is rendered if the word list says so, or if it is a name that is written alike.
        """
        names = f" {' '.join(_names(text))} "
        there = [_as_names(unit.tokens, names) for unit in self.units]
        if self.lang == "vi":
            english = english_words(text)
            met = [bool(_parts(unit, english)) for unit in self.units]
        else:
            words = self._met(listed_words(text))
            met = [key in words for key in self._english]
        return _share(self._single, list(map(max, there, met)))

    def spans(self, text: str, lang: Lang) -> tuple[Span, ...]:
        """Return the spans of a text that match words of the query.

        In the other language, these are names that are written alike and the words that render the
        query according to the word list.
        """
        there = tokens(text, lang)
        if lang == self.lang:
            forms = {tuple(form.split()) for unit in self.units for form in unit.forms}
            return _runs(there, [token.key for token in there], forms)
        names = {token.written for token in self.tokens}
        found = {(token.start, token.end) for token in there if token.name in names}
        if lang == "en":
            english = english_words(text)
            parts = {part for unit in self.units for part in _parts(unit, english)}
            found |= {(t.start, t.end) for t in there if english_key(t.written) in parts}
            return tuple(sorted(found))
        words = {tuple(word.split()) for word in listed_words(text) if self._met([word])}
        found |= {*_runs(there, [token.key for token in there], words)}
        return tuple(sorted(found))

    def renderings(self) -> list[list[str]]:
        """Return the renderings of the query's words in the word list, each as its plain words.

        English words come without their endings.
        """
        telling = [unit for unit in self.units if not is_function_word(unit.tokens, self.lang)]
        if self.lang == "en":
            english = frozenset(english_key(unit.tokens[0].written) for unit in telling)
            return [WORD.findall(folded(word)) for word in words_rendered_by(english)]
        known = load_lexicon().entries
        texts = [text for unit in telling for text in known.get(unit.listed, "").split("; ")]
        return [[stem(word) for word in WORD.findall(folded(text))] for text in texts if text]

    @cached_property
    def weights(self) -> dict[str, float]:
        """The weight of each plain word: that of the unit it belongs to."""
        return {token.plain: unit.weight for unit in self.units for token in unit.tokens}

    def _met(self, words: Collection[str]) -> set[str]:
        """Return the English words of the query that Vietnamese words, or their heads, render."""
        found: set[str] = set()
        for word in words:
            found |= heads(word).intersection(self._english)
            for parts in rendered(word, frozenset(self._english)):
                found |= parts
        return found

    @cached_property
    def _phrase(self) -> str:
        return " ".join(token.key for token in self.tokens)

    @cached_property
    def _is_phrase(self) -> bool:
        """True if the query is probably one word that the list lacks: a few syllables, no name."""
        single = all(len(unit.tokens) == 1 for unit in self.units)
        names = any(token.name for token in self.tokens)
        return self.lang == "vi" and 1 < len(self.units) <= FEW and single and not names

    @cached_property
    def _english(self) -> list[str]:
        return [english_key(unit.tokens[0].written) for unit in self.units]

    @cached_property
    def _single(self) -> list[float]:
        return [unit.weight for unit in self.units]

    @cached_property
    def _pairs(self) -> list[float]:
        return [a + b for a, b in pairwise(self._single)]


def _parts(unit: Unit, english: Set[str]) -> set[str]:
    """Return the keys of the English words that render a Vietnamese word of a query."""
    if unit.listed not in load_lexicon().entries:
        return set()
    return set().union(*rendered(unit.listed, english))


def _runs(
    there: Sequence[Token], keys: Sequence[str], forms: Set[tuple[str, ...]]
) -> tuple[Span, ...]:
    """Return the spans where the keys of tokens match one of the forms, the longest first."""
    found, start = [], 0
    while start < len(there):
        sizes = (len(form) for form in forms if tuple(keys[start : start + len(form)]) == form)
        size = max(sizes, default=0)
        if size:
            found.append((there[start].start, there[start + size - 1].end))
        start += size or 1
    return tuple(found)


def _as_names(part: Sequence[Token], names: str) -> float:
    """Return the share of tokens that occur among names, given as words between blanks."""
    return sum(f" {token.written} " in names for token in part) / len(part)


def _names(text: str) -> list[str]:
    """Return the words of a text in small letters, with "" for those that cannot be names."""
    return ["" if word[0].islower() else word.lower() for word in WORD.findall(text)]


def _share(weights: Sequence[float], there: Sequence[float]) -> float:
    total = sum(weights)
    return sum(map(mul, weights, there)) / total if total else 0.0
