"""A first look over the index: the sentences that are worth judging by all of their signs."""

from __future__ import annotations

from collections.abc import Collection
from itertools import accumulate

from aligner.model import Lang
from aligner.search.hits import Candidate
from aligner.search.meaning import Meaning
from aligner.search.query import Query
from aligner.search.records import Scope, languages_in
from aligner.search.relevance import Judge, chance
from aligner.search.store import Store

RARE = 250  # sentences that the rarer words of a query may occur in, in all
FEW = 6  # the most words in a query that is also looked for word for word and by its renderings


class FirstLook:
    """Finds candidates by the vectors and by the words of an index."""

    def __init__(self, store: Store, meaning: Meaning) -> None:
        self._store = store
        self._meaning = meaning

    def candidates(
        self, query: Query, count: int, scope: Scope, sources: Collection[str] | None
    ) -> list[Candidate]:
        """Return the `count` sentences that a first look finds best, with all of their signs.

        The first look covers every sentence that is near the query in meaning or shares words with
        it, and takes into account neither counterparts nor names and numbers.
        """
        judge = Judge.of(query.text, query.words)
        near = self._near(query, count, scope, sources)
        sentences = self._store.sentences(near)
        glances = {
            number: chance(judge.first_signs(near[number], sentence))
            for number, sentence in sentences.items()
        }
        best = sorted(glances, key=lambda number: (-glances[number], number))[:count]
        beads = self._store.beads(best)
        found = []
        for number in best:
            bead = next(iter(beads.get(number, ())), None)
            signs = judge.signs(near[number], sentences[number], bead)
            found.append(Candidate(sentences[number], bead, signs))
        return found

    def _near(
        self, query: Query, count: int, scope: Scope, sources: Collection[str] | None
    ) -> dict[int, float]:
        """Return the sentences that are near a query or share words with it: margins by id."""
        vector = self._meaning.encode(query)
        near: dict[int, float] = {}
        for lang in languages_in(scope):
            only = None if sources is None else self._store.sentence_ids(sources, lang)
            by_meaning = self._meaning.near(vector, query.lang, lang, count, only)
            by_words = self._with_words(query, lang, count)
            if lang != query.lang and len(query.words.units) <= FEW:
                by_words += self._rendering(query, lang)
            if only is not None:
                by_words = sorted(set(by_words).intersection(only))
            # A sentence found by its words alone is no nearer than the last one found by meaning.
            last = min(by_meaning.values(), default=0.0)
            near |= dict.fromkeys(by_words, last) | by_meaning
        return near

    def _with_words(self, query: Query, lang: Lang, count: int) -> list[int]:
        """Return the sentences of a language with the rarer words of a query, the best first.

        If all words of a short query are common, return the sentences that hold it word for word.
        """
        frequencies = self._store.frequencies(query.words.weights, lang)
        known = [word for word in query.words.weights if frequencies[word]]
        known.sort(key=lambda word: -query.words.weights[word])
        read = list(accumulate(frequencies[word] for word in known))
        rare = [f'"{word}"' for word, total in zip(known, read, strict=True) if total <= RARE]
        if rare:
            return self._store.with_words(f"{lang} : ({' OR '.join(rare)})", count, best=True)
        if known and len(query.words.tokens) <= FEW:
            whole = " ".join(token.plain for token in query.words.tokens)
            return self._store.with_words(f'{lang} : "{whole}"', count)
        return []

    def _rendering(self, query: Query, lang: Lang) -> list[int]:
        """Return at most RARE sentences of the other language that may render a query's words."""
        end = "*" if lang == "en" else ""
        rows = query.words.renderings()
        parts = [
            f" {'AND' if end else '+'} ".join(f'"{word}"{end}' for word in row) for row in rows
        ]
        if not parts:
            return []
        return self._store.with_words(f"{lang} : ({' OR '.join(f'({p})' for p in parts)})", RARE)
