"""Understands a query: finds out its language and restores the accents that were left out.

The index itself tells both: the language by the texts in which the words occur, the accents by the
sentences in which the same words stand side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from aligner.errors import QueryError
from aligner.model import LANGS, Lang
from aligner.search.query_words import Words
from aligner.search.store import Store
from aligner.search.words import Token, tokens
from aligner.terms.names.spelling import is_foreign
from aligner.text.language import detect_language
from aligner.text.lexicon import load_lexicon
from aligner.text.marks import find_marks
from aligner.text.normalise import fold, tidy
from aligner.text.words import english_forms, vietnamese_key

READ = 50  # sentences that are read for each word, and each two neighbours, to restore accents
LONGEST = 2_000  # characters of a query that are read
LISTED = 3  # how often two syllables that are a word of the list count as seen together, at least
NEIGHBOUR = 3.0  # weight of two neighbouring syllables against that of single ones

_Alone = dict[str, Counter[str]]  # how often each accented form occurs, by plain word
_Beside = Counter[tuple[str, str]]  # how often two accented forms occur side by side


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is searched: `text` is `typed` with its missing accents restored."""

    typed: str
    text: str
    words: Words

    @property
    def lang(self) -> Lang:
        """The language of the query."""
        return self.words.lang

    @property
    def is_restored(self) -> bool:
        """True if accents were added that nobody typed."""
        return self.text != self.typed


def read_query(typed: str, store: Store) -> Query:
    """Understand what was typed. Raises QueryError if it has neither letters nor digits."""
    text = tidy(typed)[:LONGEST]
    if not any(char.isalnum() for char in text):
        raise QueryError("nothing to search for; type a sentence or a few words")
    lang = _language(text, store)
    is_plain = fold(text) == text.casefold()
    restored = with_accents(text, store) if is_plain and lang == "vi" else text
    words = Words.of(restored, lang, store)
    return Query(text, restored, words)


def _language(text: str, store: Store) -> Lang:
    """Return the language of a query by its accents, or else by where its words occur."""
    if any(kind in ("date", "month") for kind, _ in find_marks(text, "en")):
        return "en"  # "May 12", although may is a Vietnamese syllable too
    lead = 0.0
    if fold(text) == text.casefold() and store.count("vi") and store.count("en"):
        words = [token.plain for token in tokens(text, "en")]
        vi, en = (store.frequencies(words, lang) for lang in LANGS)
        alone = [word for word in words if not vi[word] and is_foreign(word)]
        if any(english_forms(word) or english_forms(word.removesuffix("s")) for word in alone):
            return "en"  # Hoan Kiem Lake, lay-offs: the other words could be syllables
        lead = sum(log((vi[word] + 0.5) / (en[word] + 0.5)) for word in words)
    if not lead:
        return "vi" if detect_language(text) == "vi" else "en"
    return "vi" if lead > 0 else "en"


def with_accents(text: str, store: Store) -> str:
    """Restore the accents of a Vietnamese text that was typed without any.

    Each word gets one of the forms that it has in the index, such that forms and neighbouring
    forms are as frequent as possible (Viterbi). A word that is not in the index stays as it is.
    """
    typed = tokens(text, "vi")
    plain = [token.plain for token in typed]
    return _rewritten(text, typed, _best_path(plain, *_forms_seen(plain, store)))


def _forms_seen(plain: Sequence[str], store: Store) -> tuple[_Alone, _Beside]:
    """Count how often each form of the words, and of two neighbouring words, is in the index."""
    alone: _Alone = {word: Counter() for word in plain}
    beside: _Beside = Counter()
    asked = [*plain, *(f"{a} {b}" for a, b in pairwise(plain))]
    numbers = {n for words in asked for n in store.with_words(f'vi : "{words}"', READ)}
    for sentence in store.sentences(numbers).values():
        read = tokens(sentence.text, "vi")
        for token in read:
            if token.plain in alone:
                alone[token.plain][token.written] += 1
        for a, b in pairwise(read):
            if a.plain in alone and b.plain in alone:
                beside[a.written, b.written] += 1
    return alone, beside


def _best_path(plain: Sequence[str], alone: _Alone, beside: _Beside) -> list[str]:
    """Return one form for each word, such that forms and neighbours are as frequent as possible."""
    forms = [list(alone[word]) or [word] for word in plain]
    scores = {form: (log(1 + alone[plain[0]][form]), [form]) for form in forms[0]}
    for word, choices in zip(plain[1:], forms[1:], strict=True):
        before, scores = scores, {}
        for form in choices:
            usual = log(1 + alone[word][form])
            scores[form] = max(
                (score + usual + NEIGHBOUR * _beside(path[-1], form, beside), [*path, form])
                for score, path in before.values()
            )
    return max(scores.values())[1]


def _beside(left: str, right: str, seen: _Beside) -> float:
    """Score two syllables side by side by how often they were seen; listed words score well."""
    listed = f"{vietnamese_key(left)} {vietnamese_key(right)}" in load_lexicon().entries
    return log(1 + max(seen[left, right], LISTED if listed else 0))


def _rewritten(text: str, typed: Sequence[Token], forms: Sequence[str]) -> str:
    """Return a text with its words replaced by other forms; capitals stay as they were typed."""
    parts, done = [], 0
    for token, form in zip(typed, forms, strict=True):
        written = text[token.start : token.end]
        shown = form.upper() if written.isupper() and len(written) > 1 else form
        first = shown[:1].upper() if written[0].isupper() else shown[:1]
        parts += [text[done : token.start], first, shown[1:]]
        done = token.end
    return "".join([*parts, text[done:]])
