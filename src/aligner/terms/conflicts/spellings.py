"""Finds names and words that a glossary spells in several ways, including typing errors."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from aligner.model import Lang, other_language
from aligner.prose import all_of
from aligner.term_pair import TermPair
from aligner.terms.conflicts.rivals import LOOKED_AT, Form, Rivals, contested, forms_of, seen
from aligner.terms.names.offices import place_of, usage_of
from aligner.terms.names.spelling import (
    is_foreign,
    is_misspelling,
    is_one_name,
    is_transposed,
    plain_letters,
)
from aligner.text.normalise import fold
from aligner.text.words import term_key

DOMINANT = 5  # count from which another spelling that was seen once is a typing error


def find_spellings(pairs: Iterable[TermPair], lang: Lang) -> Iterator[Rivals]:
    """Yield the conflicts between the spellings for one term of a language."""
    for group in contested(pairs, lang, _name_key):
        yield from _spelt_apart(group, lang)


def _name_key(term: str, lang: Lang) -> Hashable:
    """Return a key that the usual spellings of a place or foreign name share."""
    if place := place_of(term, lang):
        return place
    is_name = term[:1].isupper() and (lang == "en" or all(map(is_foreign, term.split())))
    return plain_letters(term) if is_name else term_key(term, lang)


def _spelt_apart(pairs: Sequence[TermPair], lang: Lang) -> Iterator[Rivals]:
    term, theirs = pairs[0].term(lang), other_language(lang)
    forms = forms_of(pairs, theirs)[:LOOKED_AT]
    if len(forms) > 1:
        forms.sort(key=lambda form: _order(form, term))
    while forms:
        lead, *rest = forms
        others = [form for form in rest if is_one_name(lead.text, form.text, theirs)]
        errors = [form for form in others if _is_error(form, lead)]
        spellings = [lead, *(form for form in others if form not in errors)]
        if len(spellings) > 1:
            counts = all_of(seen([form]) for form in spellings)
            reason = f"It is spelt {counts}; “{lead.text}” is {_why(spellings)}."
            yield Rivals("spelling", lang, term, spellings, reason)
        for form in errors:
            reason = f"{seen([form])} is probably a typing error for {seen([lead])}."
            yield Rivals("error", lang, term, [lead, form], reason)
        forms = [form for form in rest if form not in others]


def _order(form: Form, term: str) -> tuple[object, ...]:
    """Return a sort key: the rank of a form, then how much it resembles the term."""
    likeness = SequenceMatcher(None, fold(form.text), fold(term), autojunk=False).ratio()
    return form.rank, -likeness, form.text


def _is_error(form: Form, lead: Form) -> bool:
    """Return whether a spelling is a slip rather than another way to spell the name."""
    if form.count > 1 or form.wanted or place_of(form.text, form.lang):
        return False
    is_accent = form.lang == "vi" and fold(form.text) == fold(lead.text)
    if not is_accent and plain_letters(form.text) == plain_letters(lead.text):
        return False  # Sergey beside Sergei
    if is_transposed(form.text, lead.text):
        return True
    is_slip = is_accent or is_misspelling(form.text, lead.text, form.lang)
    return is_slip and lead.count >= DOMINANT


def _why(spellings: Sequence[Form]) -> str:
    lead, *others = spellings
    if lead.wanted:
        return lead.wanted_as
    if all(lead.count > form.count for form in others):
        return "the most frequent"
    if all(usage_of(lead.text, lead.lang) < usage_of(f.text, f.lang) for f in others):
        return "the most usual"
    return "the closest to the other language"
