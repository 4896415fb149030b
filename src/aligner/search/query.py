"""What a person typed, understood: its language, and the accents that were left out.

Both are told from the index itself: a language from where its words stand, accents from the
sentences that hold the words of the query side by side.
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
from aligner.terms.spelling import is_foreign
from aligner.text.language import detect_language
from aligner.text.lexicon import load_lexicon
from aligner.text.marks import find_marks, fold
from aligner.text.normalise import tidy
from aligner.text.words import english_forms, vietnamese_key

READ = 50  # sentences with a word, or with two side by side, by which accents are restored
LONGEST = 2_000  # characters of a query that are looked at
LISTED = 3  # times that a word of the list counts as seen side by side, at least
NEIGHBOUR = 3.0  # what a pair seen side by side counts beside single words

_Alone = dict[str, Counter[str]]  # how often each form stands there, by plain word
_Beside = Counter[tuple[str, str]]  # how often two forms stand side by side


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is searched: `text` has the accents that `typed` left out."""

    typed: str
    text: str
    words: Words

    @property
    def lang(self) -> Lang:
        """The language it is in."""
        return self.words.lang

    @property
    def is_restored(self) -> bool:
        """True where accents were put in that nobody typed."""
        return self.text != self.typed


def read_query(typed: str, store: Store) -> Query:
    """Understand what was typed; raises QueryError where there is nothing to look for."""
    text = tidy(typed)[:LONGEST]
    if not any(char.isalnum() for char in text):
        raise QueryError("nothing to search for; type a sentence or a few words")
    lang = _language(text, store)
    is_plain = fold(text) == text.casefold()
    restored = with_accents(text, store) if is_plain and lang == "vi" else text
    words = Words.of(restored, lang, store)
    return Query(text, restored, words)


def _language(text: str, store: Store) -> Lang:
    """Return the language of a query: by its accents, else by where its words stand."""
    if any(kind in ("date", "month") for kind, _ in find_marks(text, "en")):
        return "en"  # "May 12", though may is a syllable too
    lead = 0.0
    if fold(text) == text.casefold() and store.count("vi") and store.count("en"):
        words = [token.plain for token in tokens(text, "en")]
        vi, en = (store.frequencies(words, lang) for lang in LANGS)
        alone = [word for word in words if not vi[word] and is_foreign(word)]
        if any(english_forms(word) or english_forms(word.removesuffix("s")) for word in alone):
            return "en"  # Hoan Kiem Lake, lay-offs, though the other words are syllables
        lead = sum(log((vi[word] + 0.5) / (en[word] + 0.5)) for word in words)
    if not lead:
        return "vi" if detect_language(text) == "vi" else "en"
    return "vi" if lead > 0 else "en"


def with_accents(text: str, store: Store) -> str:
    """Return a Vietnamese text typed without accents with those that its words have in the index.

    The best way through the forms of each word is taken, by how often forms stand alone and side by
    side (Viterbi); a word that is not there stays as it is.
    """
    typed = tokens(text, "vi")
    plain = [token.plain for token in typed]
    return _rewritten(text, typed, _best_path(plain, *_forms_seen(plain, store)))


def _forms_seen(plain: Sequence[str], store: Store) -> tuple[_Alone, _Beside]:
    """Return how often the index has each form of the words, and of two words side by side."""
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
    """Return one form a word, such that single forms and neighbours are as usual as can be."""
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
    """Return how usual two syllables are side by side; a word of the list counts as seen often."""
    listed = f"{vietnamese_key(left)} {vietnamese_key(right)}" in load_lexicon().entries
    return log(1 + max(seen[left, right], LISTED if listed else 0))


def _rewritten(text: str, typed: Sequence[Token], forms: Sequence[str]) -> str:
    """Return a text with its words in other forms, in capitals where they were typed so."""
    parts, done = [], 0
    for token, form in zip(typed, forms, strict=True):
        written = text[token.start : token.end]
        shown = form.upper() if written.isupper() and len(written) > 1 else form
        first = shown[:1].upper() if written[0].isupper() else shown[:1]
        parts += [text[done : token.start], first, shown[1:]]
        done = token.end
    return "".join([*parts, text[done:]])
