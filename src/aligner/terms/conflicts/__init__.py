"""Finds the conflicts of a glossary, in both directions, and reports each of them once.

Several renderings of one term, or several terms with one rendering, are a conflict unless they are
forms of one word (talk, talks; UN, United Nations). They may belong to different countries, be
synonyms, or be two spellings, one of which may be a typing error.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from aligner.glossary import Glossary
from aligner.model import LANGS, Lang, other_language
from aligner.term_pair import Conflict, ConflictKind, TermPair
from aligner.terms.conflicts.rivals import Rivals, contested
from aligner.terms.conflicts.roles import find_roles, office_key
from aligner.terms.conflicts.spellings import find_spellings
from aligner.terms.conflicts.synonyms import find_synonyms
from aligner.terms.names.offices import split_country
from aligner.terms.names.short_forms import name_key
from aligner.text.words import term_key

# A wrong role is wrong in every text; a typing error is a single word to correct.
_ORDER: tuple[ConflictKind, ...] = ("role", "synonym", "spelling", "error")

_Words = tuple[str, ...]


def find_conflicts(glossary: Glossary) -> list[Conflict]:
    """Return the conflicts of a glossary, the most important and most frequent first.

    Rejected and forbidden pairs take no part, nor do lost ones that no reviewer has decided about.
    Conflicts that the tables of places and offices explain are reported even if they were seen
    once, and others only if they were seen often enough. Each conflict proposes a rendering: the
    preferred one, or else an approved one, the most frequent one, or the most usual one. Of
    conflicts that differ in the same words (Mỹ and Hoa Kỳ, Tổng thống Mỹ and Tổng thống Hoa Kỳ),
    only the shortest is returned.
    """
    live = list(filter(_takes_part, glossary))
    found: list[Rivals] = []
    for lang in LANGS:
        found += find_spellings(live, lang)
        for pairs in contested(live, lang, _concept):
            found += find_roles(pairs, lang)
            found += find_synonyms(pairs, lang)
    conflicts = map(_conflict, _once(found))
    return sorted(conflicts, key=lambda c: (_ORDER.index(c.kind), -_total(c.pairs), c.lang, c.term))


def _takes_part(pair: TermPair) -> bool:
    if pair.status in ("rejected", "forbidden"):
        return False
    return pair.state != "lost" or pair.is_decided


def _concept(term: str, lang: Lang) -> Hashable:
    """Return a key that terms for one thing share: U.S. and United States, names of an office."""
    # A term without letters and digits has no term_key.
    return name_key(term, lang) or office_key(term, lang) or term_key(term, lang) or term


def _once(found: Iterable[Rivals]) -> list[Rivals]:
    """Return the conflicts except those that only repeat shorter or more frequent ones."""
    kept: list[Rivals] = []
    told: set[tuple[Hashable, ...]] = set()
    for rivals in sorted(found, key=_size):
        keys = [term_key(form.text, other_language(rivals.lang)) for form in rivals.forms]
        # What is right for an office in general may be wrong for that of a certain country.
        country = split_country(rivals.term, rivals.lang)[1] if rivals.kind == "role" else ""
        about = rivals.kind, rivals.lang, country
        new = {(*about, _difference(keys[0], key)) for key in keys[1:]}
        if not new <= told:
            kept.append(rivals)
            told |= new
    return kept


def _size(rivals: Rivals) -> tuple[object, ...]:
    words = max(len(form.text.split()) for form in rivals.forms)
    return (
        words,
        _ORDER.index(rivals.kind),
        -_total(rivals.pairs),
        rivals.lang,
        rivals.term,
        rivals.forms[0].text,
    )


def _difference(one: _Words, other: _Words) -> frozenset[_Words]:
    """Return the words in which two terms differ, at least one of each."""
    start, stop = 0, 0
    shorter = min(len(one), len(other)) - 1
    while start < shorter and one[start] == other[start]:
        start += 1
    while stop < shorter - start and one[-1 - stop] == other[-1 - stop]:
        stop += 1
    return frozenset((one[start : len(one) - stop], other[start : len(other) - stop]))


def _conflict(rivals: Rivals) -> Conflict:
    lead, *_ = rivals.forms
    return Conflict(rivals.kind, rivals.lang, rivals.term, rivals.pairs, lead.text, rivals.reason)


def _total(pairs: Iterable[TermPair]) -> int:
    return sum(pair.count for pair in pairs)
