"""Finds names and words that a glossary spells in several ways, typing errors among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from aligner.glossary import Conflict, TermPair, same_text
from aligner.model import Lang
from aligner.terms.offices import place_of
from aligner.terms.spelling import is_misspelling, is_respelling, is_transposed, plain_letters
from aligner.terms.standing import OTHER, is_settled, listed, rank, side, times
from aligner.text.marks import fold

LOOKED_AT = 12  # spellings of one name that are compared, the most frequent ones first
DOMINANT = 5  # count beside which a spelling seen once is a typing error


@dataclass(slots=True)
class _Form:
    """A spelling of one side, in the pairs that have it as their term or as a variant."""

    text: str
    count: int = 0
    pairs: list[TermPair] = field(default_factory=list)
    settled: bool = False
    preferred: bool = False


def find_spellings(pairs: Iterable[TermPair]) -> list[Conflict]:
    """Return the conflicts between spellings of one side that share their other side."""
    ranked = sorted(pairs, key=rank)
    found: list[Conflict] = []
    for lang in ("en", "vi"):
        groups: defaultdict[str, list[TermPair]] = defaultdict(list)
        for pair in ranked:
            shared = side(pair, OTHER[lang])
            groups[place_of(shared, OTHER[lang]) or plain_letters(shared) or shared].append(pair)
        for group in groups.values():
            if len(group) > 1 or _variants(group[0], lang):
                found += _conflicts(group, lang)
    return found


def is_one_name(one: str, other: str, lang: Lang) -> bool:
    """Return whether two terms are one name in two spellings, of which one may be wrong."""
    return is_respelling(one, other, lang) or is_misspelling(one, other, lang)


def _conflicts(pairs: Sequence[TermPair], lang: Lang) -> Iterator[Conflict]:
    term = side(pairs[0], OTHER[lang])
    forms = sorted(_forms(pairs, lang), key=lambda form: _order(form, term))[:LOOKED_AT]
    while forms:
        lead = forms[0]
        others = [form for form in forms[1:] if is_one_name(lead.text, form.text, lang)]
        errors = [form for form in others if _is_error(form, lead, lang)]
        spellings = [form for form in others if form not in errors]
        if spellings:
            text = f"It is spelt {listed(map(_seen, (lead, *spellings)))}; {_why(lead, spellings)}."
            yield _conflict("spelling", [lead, *spellings], lang, text)
        for form in errors:
            text = f"{_seen(form)} is probably a slip for {_seen(lead)}."
            yield _conflict("error", [lead, form], lang, text)
        forms = [form for form in forms[1:] if form not in others]
