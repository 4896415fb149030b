"""A bitext read with a glossary: the terms in its sentences, and the sentences linked to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aligner.glossary import Glossary
from aligner.model import LANGS, Bitext, Lang, Span, other_language
from aligner.settings import TermSettings
from aligner.term_pair import Finding, FindingKind, TermPair
from aligner.terms.finder import TermFinder
from aligner.terms.names.offices import offices_of
from aligner.terms.ranking import rank


@dataclass(frozen=True, slots=True)
class Use:
    """An occurrence of a term, with the numbers of the pairs that it may belong to."""

    start: int
    end: int
    text: str
    pairs: frozenset[int]


class TermIndex:
    """Finds the terms of a glossary in one language, and their variants, in sentences.

    Rejected pairs are left out.
    """

    def __init__(self, pairs: Sequence[TermPair], lang: Lang) -> None:
        self._pairs: defaultdict[str, set[int]] = defaultdict(set)
        for number, pair in enumerate(pairs):
            if pair.status != "rejected":
                for form in pair.spellings(lang):
                    self._pairs[form].add(number)
        self._finder = TermFinder(self._pairs, lang)

    def uses(self, sentence: str) -> list[Use]:
        """Return all terms of a sentence in order; of those that start together, longest first."""
        found: defaultdict[Span, set[int]] = defaultdict(set)
        for term in self._finder.find(sentence):
            found[term.start, term.end] |= self._pairs[term.term]
        spans = sorted(found, key=lambda span: (span[0], -span[1]))
        return [Use(*span, sentence[slice(*span)], frozenset(found[span])) for span in spans]


class Reading:
    """A bitext, the terms in its sentences, and the sentences that are linked to each.

    Beads that are more likely wrong than right link nothing. Sentences and pairs are given by their
    numbers from 0: `opposite` has the sentences linked to each sentence, `uses` has the terms in
    it, and `wanted` are the pairs that a reviewer wants. The text was translated from the language
    `source` into `target`.
    """

    def __init__(self, bitext: Bitext, glossary: Glossary, source: Lang) -> None:
        self.source, self.target = source, other_language(source)
        self.is_translation = bitext.relation == "parallel"
        self.pairs = tuple(glossary)
        self.documents = {lang: bitext.document(lang) for lang in LANGS}
        self.opposite: Mapping[Lang, list[tuple[int, ...]]] = _opposite(bitext)
        self.wanted = frozenset(n for n, pair in enumerate(self.pairs) if pair.is_wanted)
        self._indices = {lang: TermIndex(self.pairs, lang) for lang in LANGS}
        self.uses = {
            lang: [self._indices[lang].uses(s.text) for s in self.documents[lang].sentences]
            for lang in LANGS
        }
        self._held = {
            lang: [_numbers(uses) for uses in sentences] for lang, sentences in self.uses.items()
        }
        # Terms that are in a sentence once its misspelt names are corrected.
        self.corrected: dict[Lang, list[frozenset[int]]] = {
            lang: [frozenset()] * len(self.uses[lang]) for lang in LANGS
        }

    def links(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Yield the sentences of the source and of the translation that are linked, each lot once.

        A lot has all sentences of the source that share one of the translation with its first one.
        """
        for number, opposite in enumerate(self.opposite[self.source]):
            ours = sorted({n for there in opposite for n in self.opposite[self.target][there]})
            if ours and ours[0] == number:
                yield tuple(ours), opposite

    def text(self, lang: Lang, number: int) -> str:
        """Return a sentence by its number from 0."""
        return self.documents[lang].sentences[number].text

    def term(self, number: int, lang: Lang) -> str:
        """Return the term of a pair in one language."""
        return self.pairs[number].term(lang)

    def is_title(self, number: int) -> bool:
        """Return whether a pair is a title or an office."""
        pair = self.pairs[number]
        return pair.kind == "title" or bool(offices_of(pair.vi, "vi"))

    def renderings(self, pairs: Iterable[int]) -> tuple[str, ...]:
        """Return the terms of pairs in the language of the translation, the best first."""
        best = sorted(pairs, key=lambda number: rank(self.pairs[number]))
        return tuple(dict.fromkeys(self.term(number, self.target) for number in best))

    def held(self, lang: Lang, number: int) -> frozenset[int]:
        """Return the pairs whose term is in a sentence."""
        return self._held[lang][number] | self.corrected[lang][number]

    def across(self, lang: Lang, number: int) -> frozenset[int]:
        """Return the pairs whose other term is in the sentences linked to a sentence."""
        there = other_language(lang)
        return frozenset().union(*(self.held(there, n) for n in self.opposite[lang][number]))

    def visible(self, lang: Lang, number: int) -> list[Use]:
        """Return the terms of a sentence without those that are only part of a longer one.

        An approved longer term always hides the shorter ones in it. Any other does only if its
        rendering is in the linked sentences, so a chance phrase never hides an approved term.
        """
        return self._outermost(lang, number, self.wanted | self.across(lang, number))

    def matching(self, lang: Lang, number: int) -> list[Use]:
        """Return the terms of a sentence without those within a longer one that is rendered.

        A longer term that nobody approved does not hide an approved one.
        """
        across = self.across(lang, number)
        kept = self._outermost(lang, number, across)
        approved = self._outermost(lang, number, across & self.wanted)
        return kept + [use for use in approved if use.pairs & self.wanted and use not in kept]

    def _outermost(self, lang: Lang, number: int, hiding: frozenset[int]) -> list[Use]:
        """Return the terms of a sentence that are not within a longer one of the pairs `hiding`."""
        kept, end = [], 0
        for use in self.uses[lang][number]:
            if use.end > end:
                kept.append(use)
            if use.pairs & hiding:
                end = max(end, use.end)
        return kept

    def correct(self, lang: Lang, number: int, start: int, end: int, right: str) -> None:
        """Read a misspelt name as what was meant, so that its terms count as in the sentence."""
        text = self.text(lang, number)
        uses = self._indices[lang].uses(text[:start] + right + text[end:])
        self.corrected[lang][number] |= _numbers(uses) - self._held[lang][number]

    def finding(
        self,
        kind: FindingKind,
        where: tuple[Lang, int],
        span: Span,
        expected: Iterable[str],
        message: str,
    ) -> Finding:
        """Return a finding about a span of a sentence, which is given by language and number."""
        lang, number = where
        text, name = self.text(lang, number), self.documents[lang].name
        start, end = span
        words = text[start:end]
        return Finding(
            kind, lang, name, number + 1, text, start, end, words, tuple(expected), message
        )


def _numbers(uses: Iterable[Use]) -> frozenset[int]:
    return frozenset(number for use in uses for number in use.pairs)


def _opposite(bitext: Bitext) -> dict[Lang, list[tuple[int, ...]]]:
    sides: dict[Lang, list[dict[int, None]]] = {
        "vi": [{} for _ in bitext.vi.sentences],
        "en": [{} for _ in bitext.en.sentences],
    }
    for bead in bitext.links:
        if bead.confidence >= TermSettings().min_bead:
            for i in bead.src:
                sides["vi"][i].update(dict.fromkeys(bead.tgt))
            for j in bead.tgt:
                sides["en"][j].update(dict.fromkeys(bead.src))
    return {
        lang: [tuple(sorted(found)) for found in sentences] for lang, sentences in sides.items()
    }
