"""Conflicts of a glossary: several renderings of one term, or several terms with one rendering.

Two renderings of a term can be told apart in five ways. They are one word in two forms (talk,
talks; UN, United Nations) and no conflict at all; they belong to two countries; they are two
spellings; they are synonyms; or one of them is a mistake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from aligner.glossary import Conflict, ConflictKind, Glossary, TermPair
from aligner.model import Lang
from aligner.terms.misspellings import find_spellings
from aligner.terms.offices import ANYWHERE, Office, offices_of, place_of, split_country
from aligner.terms.spelling import is_respelling, is_same_word
from aligner.terms.standing import OTHER, is_settled, listed, rank, side, times, total
from aligner.text.marks import fold
from aligner.text.words import term_key

# A role sends a rendering wrong in every text, a mistake is one row to strike out.
_ORDER: tuple[ConflictKind, ...] = ("role", "synonym", "spelling", "error")
LOOKED_AT = 12  # renderings of one term that are compared, the best ones first
MIN_CONFIDENCE = 0.6  # of a synonym that nobody has approved
MIN_COUNT = 2  # beads that hold such a synonym: what stands together once can be chance
RARE = 8  # times as often as a synonym its rival may be seen
ASTRAY = 4  # times as often the rendering of a synonym may be seen with another term
OVERLAP = 1.3  # sum of two consistencies: above it the two stand together, one is a neighbour
DOMINANT, DOUBTFUL = 5, 0.8  # count beside which what was seen once, less sure than that, is wrong

Key = tuple[str, ...]


def find_conflicts(glossary: Glossary) -> list[Conflict]:
    """Return the conflicts of a glossary, the most important and most frequent first.

    Rejected pairs take no part. Forbidden ones are named where they are still seen.
    """
    book = _Book(glossary)
    spellings = find_spellings(book.live)
    wrong = {pair.id for found in spellings if found.kind == "error" for pair in found.pairs[1:]}
    found = list(spellings)
    for lang in ("vi", "en"):
        found += _roles(book, lang)
        for pairs in book.groups[lang].values():
            found += _synonyms(book, pairs, lang)
            mistakes = [] if len(pairs) < 2 else list(_errors(pairs, lang, wrong))
            wrong |= {mistake.pairs[-1].id for mistake in mistakes}
            found += mistakes
    return sorted(found, key=lambda c: (_ORDER.index(c.kind), -total(c.pairs), c.lang, c.term))


class _Book:
    """The pairs that count, by their terms in either language, best first."""

    def __init__(self, glossary: Glossary) -> None:
        self.live = [p for p in glossary if p.status not in ("rejected", "forbidden")]
        banned = [p for p in glossary if p.status == "forbidden" and (p.count or p.evidence)]
        self.groups = {lang: _by_term(sorted(self.live, key=rank), lang) for lang in OTHER}
        self.forbidden = {lang: _by_term(banned, lang) for lang in OTHER}


def _by_term(pairs: Iterable[TermPair], lang: Lang) -> Mapping[Key, list[TermPair]]:
    groups: defaultdict[Key, list[TermPair]] = defaultdict(list)
    for pair in pairs:
        groups[term_key(side(pair, lang), lang)].append(pair)
    return groups
