"""The words that a query and a sentence share, weighed by how rare they are in the index."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress, pairwise
from math import log

from aligner.model import Lang, other_language
from aligner.search.folding import folded
from aligner.search.records import Span
from aligner.search.store import Store
from aligner.terms.function_words import function_words
from aligner.text.lexicon import english_words, listed_words, load_lexicon, rendered
from aligner.text.words import english_key, vietnamese_key

_WORD = re.compile(r"[^\W_]+")  # as FTS5's unicode61 cuts
_ENDINGS = (("ies", "i"), ("sses", "ss"), ("ches", "ch"), ("ing", ""), ("ed", ""), ("s", ""))
FUNCTION = 0.5  # weight of a word that says nothing by itself, in a query, beside its rarity's
_STEM = 4  # letters that must stay of an English word without its ending


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, without accents, and the key its forms have in common.

    `written` is the word in small letters, `name` is the same where it begins with a capital or
    a digit, else "": that much can be the same in another language.
    """

    start: int
    end: int
    plain: str
    key: str
    name: str
    written: str


def tokens(text: str, lang: Lang) -> list[Token]:
    """Return the words (English) or syllables (Vietnamese) of a text in NFC."""
    found = []
    for match in _WORD.finditer(folded(text)):
        start, end = match.span()
        word, plain = text[start:end], match.group()
        key = vietnamese_key(word) if lang == "vi" else stem(plain)
        small = word.lower()
        found.append(Token(start, end, plain, key, "" if word[0].islower() else small, small))
    return found


def _function_words(found: Sequence[Token], lang: Lang) -> list[Token]:
    """Return the words among others that say nothing by themselves: who, the, bao nhiêu."""
    stops = function_words(lang)
    if lang == "en":
        return [token for token in found if token.written in stops]
    spans = load_lexicon().spans([token.key for token in found])
    within = {n for start, end in spans if end - start > 1 for n in range(start, end)}
    return [token for n, token in enumerate(found) if token.written in stops and n not in within]


def plain_words(plain: str) -> set[str]:
    """Return the words of a folded text, each once."""
    return set(_WORD.findall(plain))


def _names(text: str) -> list[str]:
    """Return the words of a text in small letters, those that begin with one as blanks."""
    return ["" if word[0].islower() else word.lower() for word in _WORD.findall(text)]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return a folded English word without the ending of its form.

    >>> stem("sanctions"), stem("countries"), stem(folded("country")), stem("lifted")
    ('sanction', 'countri', 'countri', 'lift')
    """
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= _STEM:
            return word.removesuffix(ending) + rest if not word.endswith("ss") else word
    return word


@dataclass(frozen=True)
class Words:
    """The words of a query with their weights: the rarer in the index, the more a word says."""

    lang: Lang
    tokens: Sequence[Token]
    weights: Mapping[str, float]  # by plain word

    @classmethod
    def of(cls, text: str, lang: Lang, store: Store) -> Words:
        """Weigh the words of a query by in how many sentences of its language each stands."""
        found = tokens(text, lang)
        rarities = store.rarities({token.plain for token in found}, lang)
        weights = {word: log(1 + rarity) for word, rarity in rarities.items()}
        small = {token.plain for token in _function_words(found, lang)}
        if len(small) < len(weights):  # "who is who" is made of nothing else
            weights |= {word: FUNCTION * weights[word] for word in small}
        return cls(lang, found, weights)

    def shared(self, text: str, lang: Lang) -> tuple[float, float]:
        """Return how much of the query's words a text in some language has.

        First the weight of the shared words over that of all words of the query, then the same for
        its pairs of neighbouring words.
        """
        theirs = _words(text, lang) if lang == self.lang else _names(text)
        return (
            _share(self._single, self._keys[lang], set(theirs)),
            _share(self._pairs, [*pairwise(self._keys[lang])], set(pairwise(theirs))),
        )

    def rendered(self, text: str) -> float:
        """Return how much of the query's words a text in the other language renders, by weight.

        The word list tells, and names that are written alike.
        """
        names = set(_names(text))
        met = {token.start for token in self.tokens if token.written in names}
        if self.lang == "vi":
            english = english_words(text)
            for start, end in self._listed:
                if rendered(" ".join(self._keys["vi"][start:end]), english):
                    met |= {token.start for token in self.tokens[start:end]}
        else:
            for word in listed_words(text):
                for parts in rendered(word, self._english):
                    met |= {t.start for t in self.tokens if english_key(t.written) in parts}
        there = (token.start in met for token in self.tokens)
        total = sum(self._single)
        return sum(compress(self._single, there)) / total if total else 0.0

    def spans(self, text: str, lang: Lang) -> tuple[Span, ...]:
        """Return where the words of the query stand in a text of some language."""
        ours = set(self._keys[lang])
        return tuple(
            (token.start, token.end)
            for token in tokens(text, lang)
            if (token.key if lang == self.lang else token.name) in ours
        )

    @cached_property
    def _keys(self) -> dict[Lang, list[str]]:
        """What words are compared by: keys, or as they are typed with another language."""
        written = [token.written for token in self.tokens]
        return {other_language(self.lang): written, self.lang: [token.key for token in self.tokens]}

    @cached_property
    def _listed(self) -> list[tuple[int, int]]:
        """Where words of the list stand in a Vietnamese query."""
        return load_lexicon().spans(self._keys["vi"])

    @cached_property
    def _english(self) -> frozenset[str]:
        return frozenset(english_key(token.written) for token in self.tokens)

    @cached_property
    def _single(self) -> list[float]:
        return [self.weights[token.plain] for token in self.tokens]

    @cached_property
    def _pairs(self) -> list[float]:
        return [a + b for a, b in pairwise(self._single)]


def _words(text: str, lang: Lang) -> list[str]:
    """Return the keys of the words of a text."""
    if lang == "vi":
        return [vietnamese_key(word) for word in _WORD.findall(text)]
    return [stem(word) for word in _WORD.findall(folded(text))]


def _share(
    weights: Sequence[float], keys: Sequence[Hashable], there: Collection[Hashable]
) -> float:
    total = sum(weights)
    return sum(compress(weights, map(there.__contains__, keys))) / total if total else 0.0
